// Measures the widget beside others, with a harness that is a folder of its own.
//
//   npm run bench:peers -- <the harness's folder> [its own options, such as --peers ours,preact-limit]
//
// The folder has its packages installed and its pages built, and can be written to.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const [harness, ...options] = process.argv.slice(2);
if (!harness || !existsSync(join(harness, 'bench.mjs'))) {
  throw new Error(`expected the folder of the harness, with its bench.mjs, got ${harness ?? 'nothing'}`);
}
const site = mkdtempSync(join(tmpdir(), 'egusi-peers-'));
try {
  build(site);
  const adapter = join(dirname(fileURLToPath(import.meta.url)), 'adapter.mjs');
  const env = { ...process.env, OURS_DIR: site, OURS_ADAPTER: adapter };
  const { status } = spawnSync('node', ['bench.mjs', ...options], { cwd: resolve(harness), env, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(site, { recursive: true, force: true });
}
