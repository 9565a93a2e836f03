/** What a page does with the handle that the element and the React hook give it. */

import { build, type BuildOptions } from 'esbuild';
import { resolve } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { LOADED, SHOP, WIDGET, framesOf, say, serveFakeWeb } from './helpers/fake-web.ts';
import { heardNames } from './helpers/host-page.ts';

declare global {
  interface Window {
    /** How many times `onClose` opens the window once more. */
    timesAgain: number;
    miss(): void;
    find(): void;
  }
}

// The scripts are put into the page by the test.
test.use({ bypassCSP: true });

const OPTIONS = { key: 'public-key', token: 'company', products: ['auth'] };

async function bundled(file: string, more: BuildOptions): Promise<string> {
  const result = await build({ entryPoints: [file], bundle: true, write: false, ...more });
  return result.outputFiles![0]!.text;
}

/** A page with one element on it. */
async function visitElement(context: BrowserContext): Promise<Page> {
  await serveFakeWeb(context);
  const page = await context.newPage();
  await page.goto(`${SHOP}/`);
  await page.addScriptTag({ content: await bundled('www/npm/script.ts', { format: 'iife' }) });
  await page.evaluate(
    ({ options, baseUrl }) => {
      window.heard = [];
      window.timesAgain = 0;
      const element = document.createElement('egusi-connect');
      element.options = {
        ...options,
        baseUrl,
        onClose: () => {
          window.heard.push({ name: 'onClose', given: [] });
          if (window.timesAgain-- > 0) window.handle = element.open();
        },
      };
      element.addEventListener('egusi-close', () => window.heard.push({ name: 'egusi-close', given: [] }));
      element.textContent = 'Link an account';
      document.body.append(element);
    },
    { options: OPTIONS, baseUrl: WIDGET },
  );
  return page;
}

/** The page of the shop that is built with React. */
async function visitReact(context: BrowserContext, hash = '', mode = 'development'): Promise<Page> {
  await serveFakeWeb(context);
  const script = await bundled('tests/e2e/fixtures/vite/src/handle.tsx', {
    format: 'esm',
    jsx: 'automatic',
    alias: { 'egusi/react': resolve('www/npm/react.ts') },
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
  });
  await context.route(`${SHOP}/config.json`, (route) => route.fulfill({ json: { baseUrl: WIDGET, options: OPTIONS } }));
  await context.route(`${SHOP}/react`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><html lang="en"><title>Shop</title><div id="root"></div>' }),
  );
  const page = await context.newPage();
  await page.goto(`${SHOP}/react${hash}`);
  await page.addScriptTag({ content: script, type: 'module' });
  await expect(state(page)).toBeAttached();
  return page;
}

const state = (page: Page) => page.locator('output');
const press = (page: Page) => page.getByRole('button', { name: 'Link an account' }).click();
const isOpen = (page: Page) => page.evaluate(() => document.querySelector('egusi-connect')!.isOpen);

test('the element opens again after its handle was destroyed', async ({ context }) => {
  const page = await visitElement(context);
  const old = await page.evaluateHandle(() => document.querySelector('egusi-connect')!.open());
  await old.evaluate((handle) => handle.destroy());
  expect(await isOpen(page)).toBe(false);
  await press(page);
  await expect(page.locator('dialog')).toHaveCount(1);
  // The handle of a window that is gone says nothing about the next one.
  await old.evaluate((handle) => (handle.destroy(), handle.close()));
  expect(await isOpen(page)).toBe(true);
  await expect(page.locator('dialog')).toHaveCount(1);
  expect(await heardNames(page)).toEqual([]);
});

test('the element opens again from onClose', async ({ context }) => {
  const page = await visitElement(context);
  await press(page);
  // Before it is the one that warms up.
  const [, first] = await framesOf(page, WIDGET, 2);
  await page.evaluate(() => (window.timesAgain = 1));
  await say(first!, LOADED, { close: true });
  await expect.poll(() => heardNames(page)).toEqual(['onClose', 'egusi-close']);
  await expect(page.locator('dialog')).toHaveCount(1);
  expect(await isOpen(page)).toBe(true);
  await page.evaluate(() => document.querySelector('egusi-connect')!.close());
  await expect(page.locator('dialog')).toHaveCount(0);
  expect(await isOpen(page)).toBe(false);
});

test('the hook opens again after its handle was destroyed', async ({ context }) => {
  const page = await visitReact(context);
  await press(page);
  await expect(state(page)).toHaveText('open');
  await page.evaluate(() => window.handle.destroy());
  await expect(state(page)).toHaveText('closed');
  await press(page);
  await expect(state(page)).toHaveText('open');
  await expect(page.locator('dialog')).toHaveCount(1);
  expect(await heardNames(page)).toEqual([]);
});

test('the hook opens again from onClose', async ({ context }) => {
  const page = await visitReact(context);
  await press(page);
  const [first] = await framesOf(page, WIDGET);
  await page.evaluate(() => (window.timesAgain = 1));
  await say(first!, LOADED, { close: true });
  await expect.poll(() => heardNames(page)).toEqual(['onClose']);
  await expect(page.locator('dialog')).toHaveCount(1);
  await expect(state(page)).toHaveText('open');
  await page.evaluate(() => window.handle.close());
  await expect(state(page)).toHaveText('closed');
  await expect(page.locator('dialog')).toHaveCount(0);
});

// In development strict mode takes away and puts back once more what was hidden.
for (const mode of ['development', 'production']) {
  test(`a part of the page that is not there yet takes no window away, with React for ${mode}`, async ({ context }) => {
    const page = await visitReact(context, '', mode);
    await press(page);
    const [first] = await framesOf(page, WIDGET);
    await page.evaluate(() => window.miss());
    await expect(page.getByText('One moment')).toBeVisible();
    await expect(page.locator('dialog')).toHaveCount(1);
    await page.evaluate(() => window.find());
    await expect(page.getByText('One moment')).toHaveCount(0);
    await expect(state(page)).toHaveText('open');
    await say(first!, LOADED, { close: true });
    await expect(state(page)).toHaveText('closed');
    expect(await heardNames(page)).toEqual(['onClose']);
  });
}

test('a page that opens the window as soon as it is drawn has one, in strict mode too', async ({ context }) => {
  const page = await visitReact(context, '#at-once');
  await expect(state(page)).toHaveText('open');
  await expect(page.locator('dialog')).toHaveCount(1);
  await page.evaluate(() => window.handle.close());
  await expect(state(page)).toHaveText('closed');
  await expect(page.locator('dialog')).toHaveCount(0);
  expect(await heardNames(page)).toEqual(['onClose']);
});
