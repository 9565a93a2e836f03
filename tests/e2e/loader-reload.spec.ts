/** What survives a reload: of the frame, of the host's page, and with whose loader. */

import { readFile } from 'node:fs/promises';
import { expect, test, type BrowserContext, type Frame, type Page } from '@playwright/test';
import { CONNECTION, LOADED, SHOP, WIDGET, framesOf, received, say, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { builtWith, reloadInside, serveFakeWidget, stored, tells } from './helpers/fake-widget.ts';
import { heard, heardAll, openWindow } from './helpers/host-page.ts';
import config from '../../playwright.config.ts';

const OPTIONS = { key: 'public-key', token: 'company', products: ['auth'], env: 'production' as const, meta: { order: 7 } };

const { launchOptions } = config.use!;
// Playwright switches partitioned storage off, and Chromium then gives a frame of another site none at
// all. What is switched off last counts alone: with this the browser is again as customers have it.
test.use({ launchOptions: { ...launchOptions, args: [...launchOptions!.args!, '--disable-features=Translate'] } });

async function open(context: BrowserContext): Promise<Page> {
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  return visitShop(context);
}

/** Opens the window and waits for its widget. */
async function openFrame(page: Page, options: object = OPTIONS): Promise<Frame> {
  await openWindow(page, options);
  const [frame] = await framesOf(page, WIDGET);
  await builtWith(frame!);
  return frame!;
}

/** What the window's origin keeps, seen from another page of it in the same tab. */
async function storedByNow(page: Page): Promise<Record<string, string>> {
  await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), `${WIDGET}/look`);
  const [frame] = await framesOf(page, WIDGET);
  return stored(frame!);
}

/** Reloads the page inside the frame and gives what the next widget is given. */
async function reload(frame: Frame): Promise<Record<string, any>> {
  await reloadInside(frame);
  return builtWith(frame);
}

test('a reloaded window is sent the options again, and takes no focus', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED);
  await received(widget!);
  await page.locator('dialog').focus();
  await reloadInside(widget!);
  await say(widget!, LOADED);
  expect((await received(widget!))[0]!.data).toMatchObject(OPTIONS);
  await expect(page.locator('dialog')).toBeFocused();
  expect(await heard(page)).toEqual([]);
});

test('every frame has a name of its own', async ({ context }) => {
  const page = await open(context);
  await openWindow(page, OPTIONS);
  await openWindow(page, OPTIONS);
  const frames = await framesOf(page, WIDGET, 2);
  const names = await Promise.all(frames.map((frame) => frame.evaluate(() => window.name)));
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(/^egusi-[a-z0-9]{6,}-\d+$/);
});

test('a reload inside the frame goes on with the session', async ({ context }) => {
  const page = await open(context);
  const frame = await openFrame(page);
  await tells(frame, 'onSession', 'token-1');
  expect((await reload(frame)).resumeToken).toBe('token-1');
  expect(await heard(page)).toEqual([]);
});

test('a telephone that was turned meanwhile asks for the same', async ({ context }) => {
  const page = await open(context);
  const frame = await openFrame(page);
  await tells(frame, 'onSession', 'token-1');
  const client = await context.newCDPSession(page);
  await client.send('Emulation.setSafeAreaInsetsOverride', { insets: { left: 47, bottom: 21 } });
  expect((await reload(frame)).resumeToken).toBe('token-1');
  expect(await frame.evaluate(() => document.documentElement.style.getPropertyValue('--safe-left'))).toBe('47px');
});

test('a reload of the host page goes on with the session, if it asks for the same', async ({ context }) => {
  const page = await open(context);
  await tells(await openFrame(page), 'onSession', 'token-1');
  await page.reload();
  expect((await builtWith(await openFrame(page, { ...OPTIONS, meta: { order: 8 } }))).resumeToken).toBeUndefined();
  await page.reload();
  expect((await builtWith(await openFrame(page, { ...OPTIONS, source: 'wordpress' }))).resumeToken).toBe('token-1');
});

test('a session that is over is forgotten', async ({ context }) => {
  const page = await open(context);
  const frame = await openFrame(page);
  await tells(frame, 'onSession', 'token-1');
  await tells(frame, 'onSession', undefined);
  expect(await stored(frame)).toEqual({});
  expect((await reload(frame)).resumeToken).toBeUndefined();
});

test('the same frame shows its success again, and the host hears of it once', async ({ context }) => {
  const page = await open(context);
  const frame = await openFrame(page);
  await tells(frame, 'onSession', 'token-1');
  await tells(frame, 'onSuccess', CONNECTION);
  expect((await reload(frame)).resumeToken).toBe('token-1');
  // Our loader would tell a second success to nobody; okra-js would.
  await frame.evaluate(() => {
    const post = MessagePort.prototype.postMessage;
    window.received = [];
    MessagePort.prototype.postMessage = function (this: MessagePort, data: any) {
      window.received.push({ data, origin: '' });
      post.call(this, data);
    } as typeof post;
  });
  await tells(frame, 'onSuccess', CONNECTION);
  await tells(frame, 'onEvent', { event_name: 'RESUMED' });
  await expect.poll(() => heardAll(page)).toEqual(['onSuccess', 'onEvent']);
  expect((await received(frame)).map(({ data }) => data)).toEqual([{ event: true, event_name: 'RESUMED' }]);
});

test('a success that was told is not told again to a page that was loaded anew', async ({ context }) => {
  const page = await open(context);
  const frame = await openFrame(page);
  await tells(frame, 'onSession', 'token-1');
  await tells(frame, 'onSuccess', CONNECTION);
  await page.reload();
  const next = await openFrame(page);
  expect((await builtWith(next)).resumeToken).toBeUndefined();
  expect(await stored(next)).toEqual({});
  // The next customer is news.
  await tells(next, 'onSession', 'token-2');
  await tells(next, 'onSuccess', CONNECTION);
  await expect.poll(() => heardAll(page)).toEqual(['onSuccess']);
});

test('a window that the page took away is not gone on with in the next one', async ({ context }) => {
  const page = await open(context);
  await page.evaluate((options) => {
    const handle = window.Okra.buildWithOptions(options);
    addEventListener('take-away', () => handle.close());
  }, OPTIONS);
  const [frame] = await framesOf(page, WIDGET);
  await builtWith(frame!);
  await tells(frame!, 'onSession', 'token-1');
  await page.evaluate(() => dispatchEvent(new Event('take-away')));
  await expect(page.locator('iframe')).toHaveCount(0);
  // Somebody else may sit there now.
  const next = await openFrame(page);
  expect((await builtWith(next)).resumeToken).toBeUndefined();
  expect(await stored(next)).toEqual({});
});

test('after success and close nothing is left, here or in the host page', async ({ context }) => {
  const page = await open(context);
  const frame = await openFrame(page);
  await tells(frame, 'onSession', 'token-1');
  expect(Object.keys(await stored(frame))).toEqual(['egusi']);
  await tells(frame, 'onSuccess', CONNECTION);
  await tells(frame, 'onClose');
  await expect.poll(() => heardAll(page)).toEqual(['onSuccess', 'onClose']);
  expect(await storedByNow(page)).toEqual({});
  expect(await page.evaluate(() => [{ ...sessionStorage }, { ...localStorage }, document.cookie])).toEqual([{}, {}, '']);
});

test('what is kept says nothing of the options, and two windows do not forget for each other', async ({ context }) => {
  const page = await open(context);
  const first = await openFrame(page, { ...OPTIONS, customer: { bvn: '22000000001' } });
  await tells(first, 'onSession', 'token-1');
  expect(JSON.stringify(await stored(first))).not.toMatch(/22000000001|public-key|company/);
  await openWindow(page, OPTIONS);
  const [, second] = await framesOf(page, WIDGET, 2);
  await builtWith(second!);
  await tells(second!, 'onSession', 'token-2');
  await tells(first, 'onClose');
  await expect(page.locator('iframe')).toHaveCount(1);
  expect(JSON.parse((await stored(second!)).egusi!)).toMatchObject({ token: 'token-2' });
});

test('without storage the window opens all the same, and begins anew', async ({ context }) => {
  await context.addInitScript(() => {
    if (window === window.top) return;
    const blocked = { get: () => { throw new DOMException('blocked', 'SecurityError'); } };
    Object.defineProperty(window, 'sessionStorage', blocked);
  });
  const page = await open(context);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const frame = await openFrame(page);
  await tells(frame, 'onSession', 'token-1');
  await tells(frame, 'onSuccess', CONNECTION);
  expect((await reload(frame)).resumeToken).toBeUndefined();
  await tells(frame, 'onClose');
  await expect.poll(() => heardAll(page)).toEqual(['onSuccess', 'onClose']);
  expect(errors).toEqual([]);
});

test('with okra-js the options come again too; what it throws then harms nobody', async ({ context }) => {
  const page = await open(context);
  const okraJs = await readFile('node_modules/okra-js/dist/bundle.js', 'utf8');
  await context.route(`${SHOP}/okra.js`, (route) => route.fulfill({ contentType: 'text/javascript', body: okraJs }));
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.evaluate(async (baseUrl) => {
    // In place of ours, which a page of a customer of Okra does not have.
    delete (window as { Okra?: unknown }).Okra;
    const script = document.createElement('script');
    script.src = '/okra.js';
    await new Promise((loaded) => document.head.append(Object.assign(script, { onload: loaded })));
    window.Okra.baseUrl = baseUrl;
  }, WIDGET);
  const frame = await openFrame(page);
  await tells(frame, 'onSession', 'token-1');
  expect((await reload(frame)).resumeToken).toBe('token-1');
  expect(errors).toEqual([expect.stringContaining('outerHTML')]);
  await tells(frame, 'onSuccess', CONNECTION);
  await tells(frame, 'onClose');
  await expect.poll(() => heardAll(page)).toEqual(['onSuccess', 'onClose']);
  await expect(page.locator('iframe, [id^=okra-base]')).toHaveCount(0);
});
