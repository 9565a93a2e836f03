/** The npm package as it would be published, installed into a shop's project on its own, and built there. */

import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { handOn } from './inline-site.ts';

const TEMPLATE = 'tests/e2e/fixtures/vite';
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund'];

export interface Installed {
  /** The shop's project. */
  folder: string;
  /** What was packed, by its paths in the package. */
  packed: string[];
  /** Runs a program in the project; what it prints. Fails with what it printed. */
  run(program: string, ...given: string[]): Promise<string>;
  remove(): Promise<void>;
}

async function runIn(cwd: string, program: string, ...given: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, given, { cwd, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (failed) {
    const { stdout, stderr } = failed as { stdout: string; stderr: string };
    throw new Error(`${program} ${given.join(' ')} failed:\n${stdout}${stderr}`);
  }
}

/** Packs what `cargo xtask dist` made, installs the file as anybody would, and builds the project with both Reacts. */
export async function install(): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'egusi-npm-'));
  const run = (program: string, ...given: string[]) => runIn(folder, program, ...given);
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await cp(TEMPLATE, folder, { recursive: true, filter: (path) => !path.endsWith('node_modules') });
    const [pack] = JSON.parse(await runIn('.', 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
    await run('npm', 'ci', ...QUIET);
    await run('npm', 'ci', ...QUIET, '--prefix', 'old-react');
    await run('npm', 'install', ...QUIET, `./${pack.filename}`);
    await run('node_modules/.bin/vite', 'build');
    await run('node_modules/.bin/vite', 'build', '--mode', 'old-react', '--outDir', 'dist-old-react');
    return { folder, packed: pack.files.map(({ path }: { path: string }) => path), run, remove };
  } catch (failed) {
    await remove();
    throw failed;
  }
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export interface Shop {
  url: string;
  close(): void;
}

/** Serves a folder as a shop does, its keys at `/config.json`, and its Egusi server's calls under its own address. */
export async function serveShop(folder: string, config: { baseUrl: string; options: object }): Promise<Shop> {
  const answer: RequestListener = async (request, response) => {
    const path = new URL(request.url!, 'http://shop.example').pathname;
    if (path.startsWith('/connect/')) return handOn(config.baseUrl, request, response);
    const headers = { 'content-type': TYPES[extname(path)] ?? 'text/plain' };
    if (path === '/config.json') return void response.writeHead(200, headers).end(JSON.stringify(config));
    const file = resolve(folder, `.${path}`);
    const found = file.startsWith(resolve(folder) + sep) ? await readFile(file).catch(() => undefined) : undefined;
    if (found) response.writeHead(200, headers).end(found);
    else response.writeHead(404).end();
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}

/** Every file under a folder. */
export async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
