/** The npm package: packed, installed into fresh projects, built there, and opened in a browser. */

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { heard } from './helpers/host-page.ts';
import { filesUnder, install, serveShop, type Installed, type Shop } from './helpers/installed.ts';
import { button, connected, finish, inside, share, walkToBank } from './helpers/walk.ts';
import { expect, test as base, type World } from './helpers/world.ts';

/** Installing and building takes its time; it is done once. */
const test = base.extend<{}, { shop: Installed }>({
  shop: [
    async ({}, use) => {
      const installed = await install();
      await use(installed);
      await installed.remove();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});
test.describe.configure({ mode: 'serial', timeout: 120_000 });

const serving: Shop[] = [];
test.afterEach(() => serving.splice(0).forEach((shop) => shop.close()));

async function serve(world: World, folder: string): Promise<string> {
  const shop = await serveShop(folder, { baseUrl: world.egusi.url, options: world.options });
  serving.push(shop);
  return shop.url;
}

const named = async (page: Page) => (await heard(page)).map(({ name }) => name);

/** From the open window to its end. */
async function connectAccount(page: Page): Promise<void> {
  await walkToBank(page, 'user_good');
  await share(page, /Everyday Current/);
  await connected(page);
  await finish(page);
  await expect(page.locator('dialog')).toHaveCount(0);
}

/** Nothing is loaded before somebody comes near; then it is, by a frame that nobody sees. */
async function warmsUp(page: Page, near: () => Promise<void>): Promise<void> {
  await expect(page.locator('iframe')).toHaveCount(0);
  await near();
  await expect(page.locator('iframe[aria-hidden][src$="/warm"]')).toHaveCount(1);
}

test('nothing is packed but what is published, and nothing depends on anything', async ({ shop }) => {
  const { folder, packed } = shop;
  const strange = packed.filter((path) => !/^(target\/dist\/npm\/|package\.json$|README\.md$|LICENSE)/.test(path));
  expect(strange).toEqual([]);
  const description = JSON.parse(await readFile(join(folder, 'node_modules/egusi/package.json'), 'utf8'));
  expect(description).toMatchObject({ name: 'egusi', license: 'MIT OR Apache-2.0' });
  // The scripts are nothing but what they do; nothing else does anything when it is imported.
  const scripts = ['egusi.js', 'egusi-element.js'];
  expect(description.sideEffects).toEqual(scripts.map((name) => description.exports[`./${name}`]));
  expect(description.dependencies).toBeUndefined();
  expect(description.peerDependenciesMeta).toEqual({ react: { optional: true } });
  // What `exports` name is there, with the types first.
  const targets: string[] = [];
  const collect = (entry: unknown): void => {
    if (typeof entry === 'string') return void targets.push(entry);
    const conditions = Object.keys(entry as object);
    if (conditions.includes('types')) expect(conditions[0]).toBe('types');
    Object.values(entry as object).forEach(collect);
  };
  Object.values(description.exports).forEach(collect);
  expect(targets.map((target) => target.slice(2)).filter((target) => !packed.includes(target))).toEqual([]);
});

for (const compiler of ['node_modules/.bin/tsc', resolve('node_modules/.bin/tsc')]) {
  test(`its types are good and strict for ${compiler.startsWith('/') ? 'the newest' : 'an older'} TypeScript`, async ({ shop }) => {
    await shop.run('cp', '-r', resolve('tests/types'), 'types');
    for (const way of ['bundler', 'node16', 'nodenext']) await shop.run(compiler, '-p', `types/tsconfig.${way}.json`);
  });
}

test('it is imported and required where there is no page, and does nothing there', async ({ shop }) => {
  const said = `console.log(JSON.stringify([typeof window, before === Object.keys(globalThis).join(), Okra.baseUrl, typeof Okra.buildWithShortUrl, typeof open, typeof preload, new LoaderError('load_failed', 'late') instanceof Error]));`;
  const refused = `try { Okra.buildWithOptions({}) } catch ({ code }) { console.log(code) }`;
  const module = `const before = Object.keys(globalThis).join();
    const { default: Okra, open, preload, LoaderError } = await import('egusi');
    await Promise.all(['egusi/element', 'egusi/react', 'egusi/inline'].map((entry) => import(entry)));
    (await import('egusi/element')).defineEgusi(); ${said} ${refused}`;
  const commonjs = `const before = Object.keys(globalThis).join();
    const Okra = require('egusi'); const { open, preload, LoaderError } = Okra;
    if (Okra.default !== Okra) throw new Error('not itself'); ${said} ${refused}`;
  const expected = `["undefined",true,"","function","function","function",true]\nno_document\n`;
  expect(await shop.run('node', '--input-type=module', '-e', module)).toBe(expected);
  expect(await shop.run('node', '--input-type=commonjs', '-e', commonjs)).toBe(expected);
});

test('React draws it on a server', async ({ shop }) => {
  const draw = `import { createElement } from 'react'; import { renderToString } from 'react-dom/server';
    import { EgusiButton } from 'egusi/react';
    console.error = (...words) => console.log('complained', ...words);
    console.log(renderToString(createElement(EgusiButton, { options: { key: 'k', token: 't' }, className: 'primary' })));`;
  const html = '<button type="button" aria-haspopup="dialog" class="primary">Connect your bank</button>\n';
  expect(await shop.run('node', '--input-type=module', '-e', draw)).toBe(html);
  expect(await readFile(join(shop.folder, 'node_modules/egusi/target/dist/npm/react.mjs'), 'utf8')).toMatch(/^"use client";\n/);
});

test('a Vite project type-checks and builds with it, and carries only what it uses', async ({ shop }) => {
  await shop.run('node_modules/.bin/tsc');
  const files = await filesUnder(join(shop.folder, 'dist/assets'));
  const wasm = files.filter((file) => file.endsWith('.wasm'));
  expect(wasm).toHaveLength(1);
  const chunk = async (name: string) => readFile(files.find((file) => file.includes(`/${name}-`) && file.endsWith('.js'))!, 'utf8');
  // Only the page that shows the window in itself knows the WebAssembly, and only one defines an element.
  expect(await chunk('inline')).toContain('.wasm');
  expect(await chunk('main')).not.toMatch(/\.wasm|customElements|CSSStyleSheet/);
  expect(await chunk('react')).not.toMatch(/\.wasm|customElements/);
  // A script that is imported for what it does is not left out.
  expect(await chunk('script')).toContain('customElements');
});

test('the main entry connects an account, as okra-js did and with a promise', async ({ page, shop, world }) => {
  await page.goto(`${await serve(world, join(shop.folder, 'dist'))}/main.html`);
  await page.getByRole('button', { name: 'As with okra-js' }).click();
  await connectAccount(page);
  await expect.poll(() => named(page)).toEqual(['onSuccess', 'onClose']);
  await page.getByRole('button', { name: 'With a promise' }).click();
  await connectAccount(page);
  await expect.poll(() => named(page)).toEqual(['onSuccess', 'onClose', 'success', 'result']);
  const [, , success, result] = await heard(page);
  expect(result!.given[0]).toMatchObject({ status: 'connected', connection: { record_id: success!.given[0] } });
});

for (const [react, folder] of [['19', 'dist'], ['18', 'dist-old-react']] as const) {
  test(`the hook and the button of React ${react} connect an account`, async ({ page, shop, world }) => {
    const complaints: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    page.on('pageerror', (error) => void complaints.push(error.message));
    await page.goto(`${await serve(world, join(shop.folder, folder))}/react.html`);
    const state = page.locator('output');
    await expect(state).toHaveText('closed, well, 0');

    await warmsUp(page, () => page.getByRole('button', { name: 'With the hook' }).focus());
    await page.keyboard.press('Enter');
    await expect(state).toHaveText('open, well, 0');
    await walkToBank(page, 'user_good');
    // The page draws itself anew behind the window: what is called then is what it gave last.
    await page.evaluate(() => (window as any).count());
    await page.evaluate(() => (window as any).count());
    await share(page, /Everyday Current/);
    await finish(page);
    await expect(state).toHaveText('closed, well, 2');
    await expect.poll(() => heard(page)).toEqual([{ name: 'onSuccess', given: [2] }, { name: 'onClose', given: [2] }]);
    await expect(page.getByRole('button', { name: 'With the hook' })).toBeFocused();

    await page.getByRole('button', { name: 'Set up wrongly' }).click();
    await expect.poll(async () => (await heard(page)).at(-1)).toEqual({ name: 'onError', given: ['invalid_base_url'] });

    await page.getByRole('button', { name: 'Connect your bank' }).click();
    await expect(button(page, 'Continue')).toBeVisible();
    // What takes the component away takes the window away, and nothing more is heard.
    await page.evaluate(() => (window as any).unmount());
    await expect(page.locator('dialog')).toHaveCount(0);
    expect(await named(page)).toEqual(['onSuccess', 'onClose', 'onError']);
    // The one that is set up wrongly says so, where its maker looks.
    expect(complaints).toEqual([]);
  });
}

for (const [react, folder] of [['19', 'dist'], ['18', 'dist-old-react']] as const) {
  test(`the hook of React ${react} gives a new window after destroy(), and keeps the one behind which the page waits`, async ({
    page,
    shop,
    world,
  }) => {
    await page.goto(`${await serve(world, join(shop.folder, folder))}/handle.html`);
    const state = page.locator('output');
    const press = () => page.getByRole('button', { name: 'Link an account' }).click();
    await press();
    await expect(state).toHaveText('open');
    await page.evaluate(() => window.handle.destroy());
    await expect(state).toHaveText('closed');
    await press();
    await expect(button(page, 'Continue')).toBeVisible();
    await page.evaluate(() => (window as any).miss());
    await expect(page.getByText('One moment')).toBeVisible();
    await expect(button(page, 'Continue')).toBeVisible();
    await page.evaluate(() => (window as any).find());
    await expect(page.getByText('One moment')).toHaveCount(0);
    await expect(state).toHaveText('open');
    await page.evaluate(() => window.handle.close());
    await expect(page.locator('dialog')).toHaveCount(0);
    expect(await named(page)).toEqual(['onClose']);
  });
}

test('the window in the page itself is bundled with its WebAssembly, and opens', async ({ page, shop, world }) => {
  await page.goto(`${await serve(world, join(shop.folder, 'dist'))}/inline.html`);
  await page.getByRole('button', { name: 'In this page' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('searchbox', { name: 'Search banks' })).toBeVisible();
  await expect(page.locator('iframe')).toHaveCount(0);
  await page.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => heard(page)).toEqual([{ name: 'result', given: [{ status: 'closed' }] }]);
  await expect(page.locator('dialog')).toHaveCount(0);
});

test('the custom element of the package takes options that came before it was defined', async ({ page, shop, world }) => {
  await page.goto(`${await serve(world, join(shop.folder, 'dist'))}/element.html`);
  await page.getByRole('button', { name: 'Link an account' }).click();
  await connectAccount(page);
  await expect.poll(() => heard(page)).toEqual([
    { name: 'egusi-success', given: ['plain', expect.objectContaining({ success: true })] },
    { name: 'egusi-close', given: ['plain', null] },
  ]);
});

test('the custom element in a component of Vue connects an account', async ({ page, shop, world }) => {
  await page.goto(`${await serve(world, join(shop.folder, 'dist'))}/vue.html`);
  await warmsUp(page, () => page.getByRole('button', { name: 'Link an account' }).hover());
  await page.getByRole('button', { name: 'Link an account' }).click();
  await connectAccount(page);
  await expect.poll(() => named(page)).toEqual(['egusi-success', 'egusi-close']);
});

test('the script of the package runs on a plain page that checks its hash', async ({ page, shop, world }) => {
  const own = join(shop.folder, 'node_modules/egusi/target/dist/npm');
  const { embed } = JSON.parse(await readFile(join(own, 'integrity.json'), 'utf8'));
  const script = await readFile(join(own, 'egusi.js'));
  expect(embed['egusi.js']).toBe(`sha384-${createHash('sha384').update(script).digest('base64')}`);
  const url = await serve(world, shop.folder);
  const html = (integrity: string) => `<!doctype html><html lang="en"><title>Shop</title><body>
    <script src="/node_modules/egusi/target/dist/npm/egusi.js" integrity="${integrity}"></script>`;
  await writeFile(join(shop.folder, 'plain.html'), html(embed['egusi.js']));
  await writeFile(join(shop.folder, 'other.html'), html(embed['egusi-element.js']));
  await page.goto(`${url}/other.html`);
  expect(await page.evaluate(() => typeof window.Okra)).toBe('undefined');
  await page.goto(`${url}/plain.html`);
  await page.evaluate(
    ({ baseUrl, options }) => {
      window.heard = [];
      // Nothing here says where the server is: the page does.
      if (window.Okra.baseUrl !== '') throw new Error(`expected no base, got ${window.Okra.baseUrl}`);
      window.Okra.baseUrl = baseUrl;
      window.Okra.buildWithOptions({ ...options, onClose: () => void window.heard.push({ name: 'onClose', given: [] }) });
    },
    { baseUrl: world.egusi.url, options: { ...world.options, env: 'production-sandbox' as const } },
  );
  await expect(inside(page).getByRole('dialog')).toBeVisible();
  await connectAccount(page);
  await expect.poll(() => named(page)).toEqual(['onClose']);
});
