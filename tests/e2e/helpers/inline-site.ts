/** A site whose operator runs Egusi behind its own address: the window stands in the page itself. */

import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { readdir, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { Locator, Page } from '@playwright/test';
import type { Handle, InlineOptions } from '../../../www/inline/index.ts';
import type { Call } from './host-page.ts';
import { BANK, PASSWORD } from './walk.ts';
import type { World } from './world.ts';

/** No more than docs/inline.md says that a page needs. */
export const POLICY =
  `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:; style-src 'none'; ` +
  `base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;

const HEAD = `<!doctype html><html lang="en"><title>Savings club</title><link rel="icon" href="data:,">
  <script type="module" src="/host.js"></script><body>`;

const PAGE = '<h1>Savings club</h1><button id="pay">Pay</button>';

const HOST = `import * as inline from '/inline/inline.mjs'; window.inline = inline;`;

declare global {
  interface Window {
    inline: typeof import('../../../www/inline/index.ts');
    /** The window that was opened last. */
    handle: Handle;
  }
}

let bundle: Promise<string> | undefined;

/** The module as a page gets it. */
function inlineModule(): Promise<string> {
  return (bundle ??= build({
    entryPoints: ['www/inline/index.ts'],
    alias: { 'egusi-wasm': resolve('target/bound/glue.js'), 'egusi-texts': resolve('target/bound/texts.js') },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    write: false,
  }).then((result) => result.outputFiles[0]!.text));
}

async function wasm(): Promise<Buffer> {
  const folder = 'target/dist/widget/assets';
  const name = (await readdir(folder)).find((name) => name.endsWith('.wasm'));
  return readFile(`${folder}/${name}`);
}

export interface InlineSite {
  url: string;
  /** The WebAssembly is answered with 503 until it is called again. */
  breakWasm(isBroken: boolean): void;
  close(): void;
}

/** Serves the page and the module, and hands everything else on to the server. */
export async function serveInlineSite(world: World, page = PAGE): Promise<InlineSite> {
  const files: Record<string, [type: string, body: string | Buffer]> = {
    '/': ['text/html; charset=utf-8', HEAD + page],
    '/host.js': ['text/javascript', HOST],
    '/inline/inline.mjs': ['text/javascript', await inlineModule()],
    '/inline/egusi.wasm': ['application/wasm', await wasm()],
  };
  let isBroken = false;
  const server = createServer((asked, answer) => {
    const file = files[asked.url!];
    if (!file) return handOn(world.egusi.url, asked, answer);
    const [type, body] = file;
    const status = isBroken && type === 'application/wasm' ? 503 : 200;
    answer.writeHead(status, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    breakWasm: (broken) => void (isBroken = broken),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Answers as the server at another address does. */
export function handOn(origin: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { method, headers } = asked;
  const onward = request(new URL(asked.url!, origin), { method, headers }, (got) => {
    answer.writeHead(got.statusCode!, got.headers);
    got.pipe(answer);
  });
  onward.on('error', () => answer.writeHead(502).end());
  asked.pipe(onward);
}

/** Opens the page and waits until its module is there. */
export async function visitInline(page: Page, site: InlineSite): Promise<void> {
  await page.goto(`${site.url}/`);
  await page.waitForFunction(() => window.inline);
  await page.locator('#pay').focus();
}

/** Opens the window in the page. Resolves to what was thrown, or to null. */
export function openInline(page: Page, options: object): Promise<{ message: string; code?: string } | null> {
  return page.evaluate((options) => {
    window.heard = [] as Call[];
    const names = ['onSuccess', 'onClose', 'onError', 'onEvent', 'beforeClose'];
    const keep = (name: string) => [name, (...given: any[]) => void window.heard.push({ name, given })];
    try {
      window.handle = window.inline.open({ ...options, ...Object.fromEntries(names.map(keep)) } as InlineOptions);
      return null;
    } catch (thrown) {
      const { message, code } = thrown as { message: string; code?: string };
      return { message, ...(code && { code }) };
    }
  }, options);
}

/** The widget's dialog; without a name there is the dialog of the page too, which it stands in. */
export function widgetIn(page: Page): Locator {
  return page.locator('egusi-widget');
}

const press = (page: Page, name: string) => widgetIn(page).getByRole('button', { name, exact: true }).click();

/** From the consent to the list of accounts. */
export async function signInInline(page: Page, username: string): Promise<void> {
  const widget = widgetIn(page);
  await press(page, 'Continue');
  await widget.getByRole('searchbox', { name: 'Search banks' }).fill(BANK);
  await widget.getByRole('button', { name: new RegExp(`^${BANK}`) }).click();
  await widget.getByLabel('Username', { exact: true }).fill(username);
  await widget.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await press(page, 'Sign in');
}

/** From the consent to the last screen, and off it. */
export async function connectInline(page: Page, username = 'user_good'): Promise<void> {
  await signInInline(page, username);
  await widgetIn(page).getByRole('checkbox', { name: /Current/ }).first().check();
  await press(page, 'Connect');
  await press(page, 'Done');
}
