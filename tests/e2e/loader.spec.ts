/** The loader alone, against a widget made of ten lines: what it adds, hears, tells and removes. */

import { expect, test } from '@playwright/test';
import { CONNECTION, EVENT, LOADED, SHOP, WIDGET, framesOf, received, say, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { heard, heardAll, openWindow } from './helpers/host-page.ts';
import { pixel } from './helpers/pixel.ts';
import { traces } from './helpers/traces.ts';

const OPTIONS = { key: 'public-key', token: 'company', name: 'Shop', products: ['auth'], nested: { deep: [1, null] } };
const MARKS = { source: 'integration', hideCardOnExit: true, iframeData: true };
/** What is between the loader and the page in the frame, and goes no further. */
const BETWEEN = { egusi: expect.stringMatching(/^[0-9a-f]{32}$/), safeArea: '0px' };

test('opens one frame, and posts the options only when asked and only to the exact origin', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  expect(await openWindow(page, OPTIONS)).toBeNull();

  const iframe = page.locator('iframe');
  await expect(iframe).toHaveCount(1);
  await expect(iframe).toHaveAttribute('title', 'Connect your bank');
  await expect(iframe).toHaveAttribute('referrerpolicy', 'strict-origin');
  await expect(iframe).toHaveAttribute('allow', '');
  const allowed = 'allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox';
  await expect(iframe).toHaveAttribute('sandbox', allowed);
  await expect(iframe).toHaveAttribute('src', /^https:\/\/connect\.example\/\?isIframe=true&withOptions=true#egusi=[0-9a-f]{32}$/);
  expect(await iframe.boundingBox()).toEqual({ x: 0, y: 0, ...page.viewportSize() });

  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED, EVENT);
  await expect.poll(() => heardAll(page)).toEqual(['onEvent']);
  expect(await received(widget!)).toEqual([
    {
      origin: SHOP,
      data: { ...OPTIONS, ...MARKS, ...BETWEEN, withOptions: true },
    },
  ]);
  await expect(iframe).toBeFocused();
});

test('marks a quick return, and sends a short url as okra-js does', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  await openWindow(page, { ...OPTIONS, reauth_account: '0000000001', reauth_bank: 'test-bank', source: 'wordpress' });
  await openWindow(page, { short_url: 'tT-short' }, 'buildWithShortUrl');

  const [quick, short] = await framesOf(page, WIDGET, 2);
  expect(quick!.url().split('#')[0]).toBe(`${WIDGET}/?isIframe=true&withOptions=true&isQuickRUX=true`);
  expect(short!.url().split('#')[0]).toBe(`${WIDGET}/?withOptions=true&isIframe=true`);
  await say(quick!, LOADED);
  await say(short!, LOADED);
  expect((await received(quick!))[0]!.data).toMatchObject({ source: 'wordpress', reauth_bank: 'test-bank' });
  expect((await received(short!))[0]!.data).toEqual({
    ref: 'tT-short',
    withShortURL: true,
    ...MARKS,
    ...BETWEEN,
  });
});

test('tells what the window says: success once, close last and without an argument', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  const before = await traces(page);
  await openWindow(page, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED, EVENT, CONNECTION, CONNECTION);
  await say(widget!, { error: 'a sentence' }, { beforeClose: true }, { close: true }, CONNECTION);

  await expect.poll(() => heard(page)).toEqual([
    { name: 'onEvent', given: [EVENT] },
    { name: 'onSuccess', given: [CONNECTION] },
    { name: 'onError', given: [{ error: 'a sentence' }] },
    { name: 'beforeClose', given: [{ beforeClose: true }] },
    { name: 'onClose', given: [] },
  ]);
  expect(await traces(page)).toEqual(before);
});

test('locks the page behind, and gives back scroll, styles and focus', async ({ context }) => {
  await serveFakeWeb(context, { root: 'dir="ltr"' });
  const page = await visitShop(context);
  await page.evaluate(() => {
    document.documentElement.style.setProperty('overflow', 'auto', 'important');
    document.body.style.height = '5000px';
    window.scrollTo(0, 300);
  });
  const before = await traces(page);
  await openWindow(page, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED);
  await expect(page.locator('iframe')).toBeFocused();
  await page.mouse.wheel(0, 400);
  expect(await page.evaluate(() => [getComputedStyle(document.documentElement).overflow, window.scrollY])).toEqual([
    'hidden',
    300,
  ]);
  await say(widget!, { close: true });
  await expect.poll(() => heardAll(page)).toEqual(['onClose']);
  expect(await traces(page)).toEqual(before);
  expect(await page.evaluate(() => window.scrollY)).toBe(300);
});

test('Escape closes a window that is still loading', async ({ context }) => {
  await serveFakeWeb(context, { widget: null });
  const page = await visitShop(context);
  const before = await traces(page);
  await openWindow(page, OPTIONS);
  await page.keyboard.press('Escape');
  await expect.poll(() => heard(page)).toEqual([{ name: 'onClose', given: [] }]);
  expect(await traces(page)).toEqual(before);
});

test('the handle closes once, from outside and from within a callback', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  await page.evaluate((options) => {
    window.heard = [];
    const { buildWithOptions } = window.Okra;
    const handle = buildWithOptions({
      ...options,
      onSuccess: () => handle.close(),
      onClose: (...given: unknown[]) => void window.heard.push({ name: 'onClose', given }),
    });
  }, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED, CONNECTION, { close: true });
  await expect.poll(() => heard(page)).toEqual([{ name: 'onClose', given: [] }]);
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('a callback of the host that throws is reported and stops nothing', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  const before = await traces(page);
  const reported: string[] = [];
  page.on('pageerror', ({ message }) => reported.push(message));
  await page.evaluate((options) => {
    const fail = (name: string) => () => {
      throw new Error(`${name} of the host`);
    };
    const callbacks = ['onSuccess', 'onError', 'onEvent', 'onClose'].map((name) => [name, fail(name)]);
    window.Okra.buildWithOptions({ ...options, ...Object.fromEntries(callbacks) });
  }, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED, EVENT, { error: 'x' }, CONNECTION, { close: true });
  const names = ['onEvent', 'onError', 'onSuccess', 'onClose'];
  await expect.poll(() => reported).toEqual(names.map((name) => `${name} of the host`));
  expect(await traces(page)).toEqual(before);
});

test('callbacks may be junk, and what the host does to its object later changes nothing', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const untouched = await page.evaluate((options) => {
    window.heard = [];
    const mine: any = Object.freeze({ ...options, nested: { kept: true }, onEvent: 'null', onError: null, onSuccess: {} });
    window.Okra.buildWithOptions(mine);
    mine.nested.kept = false;
    return mine;
  }, OPTIONS);
  expect(Object.keys(untouched)).toEqual([...Object.keys(OPTIONS), 'onEvent', 'onError', 'onSuccess']);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED, EVENT, { error: 'x' }, CONNECTION, { close: true });
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('two windows do not know each other, and the last one gives the page back', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  const before = await traces(page);
  await openWindow(page, { ...OPTIONS, name: 'first' });
  await openWindow(page, { ...OPTIONS, name: 'second' });
  const [first, second] = await framesOf(page, WIDGET, 2);
  await say(second!, LOADED);
  await say(first!, LOADED);
  expect((await received(first!))[0]!.data).toMatchObject({ name: 'first' });
  expect((await received(second!))[0]!.data).toMatchObject({ name: 'second' });

  await say(first!, { close: true });
  await expect(page.locator('iframe')).toHaveCount(1);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).overflow)).toBe('hidden');
  await say(second!, CONNECTION, { close: true });
  await expect.poll(() => heardAll(page)).toEqual(['onClose', 'onSuccess', 'onClose']);
  expect(await traces(page)).toEqual(before);
});

for (const hostScheme of ['light', 'dark', 'light dark']) {
  test(`the page shows through the frame, host ${hostScheme}, system dark`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme: 'dark', viewport: { width: 200, height: 200 } });
    await serveFakeWeb(context);
    const page = await visitShop(context);
    await page.evaluate((scheme) => {
      document.documentElement.style.colorScheme = scheme;
      document.body.style.background = 'rgb(0, 200, 0)';
    }, hostScheme);
    await openWindow(page, OPTIONS);
    await framesOf(page, WIDGET);
    const [, green] = await pixel(page, 100, 150);
    // The browser's own backdrop takes a tenth of the light.
    expect(green).toBeGreaterThan(170);
    expect(green).toBeLessThan(201);
    await context.close();
  });
}
