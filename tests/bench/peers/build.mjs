// Makes a static site of what `cargo xtask dist` built, for a harness that measures widgets side by
// side in one browser: the loader and the page as they are, and a server that answers in the page.
//
//   node tests/bench/peers/build.mjs <folder to write>
//
// Changed are addresses alone: the harness serves the site below /ours/, where a server of ours has
// its page at / and its files at /assets/.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '../../../target/dist');

/** Replaces every occurrence; if there is none, what is measured would not be what was meant. */
function replaced(text, from, to) {
  if (!text.includes(from)) throw new Error(`expected ${JSON.stringify(from)} in what was built, and it is not there`);
  return text.replaceAll(from, to);
}

export function build(out) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'frame'), { recursive: true });
  cpSync(join(dist, 'widget/assets'), join(out, 'frame/assets'), {
    recursive: true,
    filter: (path) => !path.endsWith('.br'),
  });
  const loader = readFileSync(join(dist, 'embed/egusi.js'), 'utf8');
  writeFileSync(join(out, 'egusi.js'), replaced(loader, '/?$', '/ours/frame/?$'));
  const page = replaced(readFileSync(join(dist, 'widget/index.html'), 'utf8'), '"/assets/', '"assets/');
  writeFileSync(join(out, 'frame/index.html'), replaced(page, '<script>', '<script src="server.js"></script><script>'));
  for (const [from, to] of [['index.html', 'index.html'], ['host.js', 'host.js'], ['server.js', 'frame/server.js']]) {
    cpSync(join(here, 'site', from), join(out, to));
  }
}

const [, script, out] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  if (!out) throw new Error('expected the folder to write, got nothing');
  build(out);
}
