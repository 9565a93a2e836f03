// Makes a static site of what `cargo xtask dist` built, for a harness that measures widgets side by
// side in one browser: the loader and the page as they are, and a server that answers in the page.
//
//   node tests/bench/peers/build.mjs <folder to write>
//
// Changed are addresses alone: the harness serves the site below /ours/, where a server of ours has
// its page at / and its files at /assets/.

import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '../../../target/dist');

/** Replaces every occurrence; if there is none, what is measured would not be what was meant. */
function replaced(text, from, to) {
  if (!text.includes(from)) throw new Error(`expected ${JSON.stringify(from)} in what was built, and it is not there`);
  return text.replaceAll(from, () => to);
}

export function build(out) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'frame'), { recursive: true });
  cpSync(join(dist, 'widget/assets'), join(out, 'frame/assets'), {
    recursive: true,
    filter: (path) => !path.endsWith('.br'),
  });
  const loader = readFileSync(join(dist, 'embed/egusi.js'), 'utf8');
  const site = (file) => readFileSync(join(here, 'site', file), 'utf8');
  // As docs/embedding.md says for pages that are in a hurry: the loader stands in the page itself, and a page of
  // the same site has the browser fetch the program beside the window.
  const assets = readdirSync(join(out, 'frame/assets')).filter((file) => /^egusi-.*\.(wasm|js)$/.test(file));
  const early = assets.map((file) =>
    file.endsWith('.js')
      ? `<link rel="modulepreload" href="frame/assets/${file}">`
      : `<link rel="preload" as="fetch" type="application/wasm" crossorigin href="frame/assets/${file}">`,
  );
  const inline = (script) => `<script>${script}</script>`;
  const host = replaced(site('index.html'), '<!--early-->', early.join(''));
  const scripts = inline(replaced(loader, '/?$', '/ours/frame/?$')) + inline(site('host.js'));
  writeFileSync(join(out, 'index.html'), replaced(host, '<!--scripts-->', scripts));
  // What the server writes into the page, and a server that answers in it.
  const facts = '<script type="application/json" id="facts">{"operator":"Egusi","consent_days":180}</script>';
  const page = replaced(readFileSync(join(dist, 'widget/index.en.html'), 'utf8'), '"/assets/', '"assets/');
  const framed = replaced(replaced(page, '<!--facts-->', facts), '<script>', inline(site('server.js')) + '<script>');
  writeFileSync(join(out, 'frame/index.html'), framed);
}

const [, script, out] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  if (!out) throw new Error('expected the folder to write, got nothing');
  build(out);
}
