/** What the loader does not believe, and what it says when it cannot work. */

import { expect, test, type Page } from '@playwright/test';
import { CONNECTION, EVENT, LOADED, SHOP, STRANGER, WIDGET, framesOf, received, say, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { heard, heardAll, openWindow } from './helpers/host-page.ts';
import { traces } from './helpers/traces.ts';

const OPTIONS = { key: 'public-key', token: 'company', products: ['auth'] };

/** Adds a frame of a site to the page, as an advertisement would. */
async function addFrameOf(page: Page, origin: string) {
  await page.evaluate((src) => {
    const iframe = document.createElement('iframe');
    iframe.src = src;
    document.body.append(iframe);
  }, `${origin}/advertisement`);
}

/** Lets the page count every message that reaches it, whoever sent it. */
async function watchMessages(page: Page) {
  await page.evaluate(() => {
    window.received = [];
    addEventListener('message', ({ data, origin }) => window.received.push({ data, origin }));
  });
}

/** Messages of another process arrive when they arrive; what they did can be judged from then on. */
async function arrived(page: Page, count: number) {
  await expect.poll(() => page.evaluate(() => window.received.length)).toBe(count);
}

test('hears only its own window at its own origin', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await addFrameOf(page, STRANGER);
  // A second page of the right origin, in a window that is not ours.
  await addFrameOf(page, WIDGET);
  const [stranger] = await framesOf(page, STRANGER);
  const [sibling] = await framesOf(page, WIDGET);
  await openWindow(page, OPTIONS);
  const [, widget] = await framesOf(page, WIDGET, 2);

  const lies = [CONNECTION, { close: true }, LOADED, { error: 'x' }, EVENT];
  await watchMessages(page);
  await say(stranger!, ...lies);
  await say(sibling!, ...lies);
  // The page may talk to itself, and pretend to be anyone but the browser.
  await page.evaluate((lies) => {
    for (const lie of lies) {
      window.postMessage(lie, '*');
      window.dispatchEvent(new MessageEvent('message', { data: lie, origin: 'https://connect.example' }));
      window.dispatchEvent(new MessageEvent('message', { data: lie, origin: 'null', source: window }));
    }
  }, lies);
  await arrived(page, 5 * lies.length);
  // Not even the window itself is heard beside its line.
  await say(widget!, ...lies.filter((lie) => lie !== LOADED));
  await arrived(page, 6 * lies.length - 1);
  expect(await widget!.evaluate(() => window.received)).toEqual([]);
  const real = { event: true, event_name: 'the real one' };
  await say(widget!, LOADED, real);
  await expect.poll(() => heard(page)).toEqual([{ name: 'onEvent', given: [real] }]);
  expect(await stranger!.evaluate(() => window.received)).toEqual([]);
  expect(await sibling!.evaluate(() => window.received)).toEqual([]);
  expect(await received(widget!)).toHaveLength(1);
  expect(errors).toEqual([]);
});

test('a window that went to another origin is not heard any more, and is sent nothing', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  await watchMessages(page);
  await openWindow(page, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await widget!.goto(`${STRANGER}/elsewhere`);
  await say(widget!, LOADED, CONNECTION, { close: true });
  await arrived(page, 3);
  expect(await heard(page)).toEqual([]);
  expect(await widget!.evaluate(() => window.received)).toEqual([]);
});

/** The right words, but not as they must look. */
const UNSHAPELY = [
  { success: true },
  { ...CONNECTION, record: 7 },
  { ...CONNECTION, accounts: 'a1' },
  { ...CONNECTION, accounts: [null] },
  { ...CONNECTION, accounts: [{ id: 1 }] },
  { ...CONNECTION, success: 1 },
  { error: true },
  { error: { message: 'x' } },
  { error: 'x', code: 7 },
  { event: true },
  { event: 'OPENED', event_name: 'OPENED' },
  { beforeClose: 1 },
  { close: 1 },
  { redirect: true },
  { redirect: 'javascript:alert(1)' },
  { redirect: '/here' },
];

test('nonsense from its own window changes nothing', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await openWindow(page, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  const nonsense = [null, 0, 1, '', 'close', 'success', '{"close":true}', true, [], ['close'], {}, { type: 'close' }];
  const falsy = [{ close: false }, { success: 0 }, { error: '' }, { ifameLoaded: null }, { Close: true }];
  await say(widget!, LOADED);
  await say(widget!, undefined, ...nonsense, ...falsy, { nested: { close: true } }, 'x'.repeat(100_000));
  await widget!.evaluate(() => {
    for (const odd of [new Date(), new Map([['close', true]]), /close/, 10n, new Uint8Array(4), NaN]) {
      window.parent.postMessage(odd, '*');
      window.line!.postMessage(odd);
    }
  });
  await say(widget!, ...UNSHAPELY, EVENT);
  await expect.poll(() => heardAll(page)).toEqual(['onEvent']);
  expect(await received(widget!)).toHaveLength(1);
  await expect(page.locator('iframe')).toHaveCount(1);
  expect(errors).toEqual([]);
});

test('with several kinds in one message the first of okra-js counts', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED, { ...EVENT, error: 'x', ...CONNECTION }, { ...EVENT, error: 'x' }, { ...EVENT, beforeClose: true });
  await say(widget!, { ...CONNECTION, ...EVENT, close: true });
  await expect.poll(() => heardAll(page)).toEqual(['onSuccess', 'onError', 'beforeClose', 'onClose']);
});

test('a window that never says it is there is given up after 15 seconds', async ({ context }) => {
  await serveFakeWeb(context, { widget: { status: 502 } });
  const page = await visitShop(context);
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
  const before = await traces(page);
  await openWindow(page, OPTIONS);
  await framesOf(page, WIDGET);
  await page.clock.runFor(14_900);
  expect(await heard(page)).toEqual([]);
  await page.clock.runFor(200);
  expect(await heard(page)).toEqual([
    { name: 'onError', given: [{ code: 'load_failed', error: expect.stringMatching(/connect\.example.*15 s.*frame-src/) }] },
    { name: 'onClose', given: [] },
  ]);
  expect(await traces(page)).toEqual(before);
});

test('a window that greeted in time is never given up', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  await page.clock.install();
  await openWindow(page, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED);
  await received(widget!);
  await page.clock.runFor(3_600_000);
  expect(await heard(page)).toEqual([]);
  await expect(page.locator('iframe')).toHaveCount(1);
});

for (const [what, change] of Object.entries({
  missing: (): void => void delete (HTMLDialogElement.prototype as { showModal?: unknown }).showModal,
  broken: (): void => {
    HTMLDialogElement.prototype.showModal = () => {
      throw new Error('not today');
    };
  },
})) {
  test(`where a modal dialog is ${what} the host hears so, and nothing is left`, async ({ context }) => {
    await serveFakeWeb(context);
    const page = await visitShop(context);
    await page.evaluate(change);
    const before = await traces(page);
    const thrown = await openWindow(page, OPTIONS);
    expect(thrown).toMatchObject({ code: 'load_failed', message: expect.stringContaining('showModal') });
    expect(await heard(page)).toEqual([{ name: 'onError', given: [{ code: thrown!.code, error: thrown!.message }] }]);
    expect(await traces(page)).toEqual(before);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).overflow)).toBe('visible');
  });
}

const NOT_ORIGINS = ['', 'connect.example', `${WIDGET}/v2`, `${WIDGET}/?a`, 'https://a:b@connect.example', 'file:///x', null, 7];

for (const baseUrl of NOT_ORIGINS) {
  test(`baseUrl ${JSON.stringify(baseUrl)} is refused, thrown and told`, async ({ context }) => {
    await serveFakeWeb(context);
    const page = await visitShop(context);
    const before = await traces(page);
    await page.evaluate((baseUrl) => void ((window.Okra.baseUrl as unknown) = baseUrl), baseUrl);
    const thrown = await openWindow(page, OPTIONS);
    expect(thrown).toMatchObject({ code: 'invalid_base_url' });
    expect(thrown!.message).toMatch(/expected baseUrl to be the origin/);
    expect(thrown!.message).toContain(`got ${JSON.stringify(baseUrl)}`);
    expect(await heard(page)).toEqual([{ name: 'onError', given: [{ code: thrown!.code, error: thrown!.message }] }]);
    expect(await traces(page)).toEqual(before);
  });
}

test('options that are none, or that cannot be copied, are refused before anything opens', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  const before = await traces(page);
  const thrown = await page.evaluate(() => {
    const circular: any = {};
    circular.self = circular;
    return [undefined, null, 'text', circular, { amount: 10n }].map((options: any) => {
      try {
        return window.Okra.buildWithOptions(options);
      } catch (error) {
        return (error as { code?: string }).code;
      }
    });
  });
  expect(thrown).toEqual(Array(5).fill('invalid_options'));
  expect(await traces(page)).toEqual(before);
});

test('the module finds its server, unless it was bundled or copied', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  const baseUrls = await page.evaluate(async ([shop, widget]) => {
    const found = [];
    for (const url of [`${widget}/embed/egusi.mjs?v=1`, `${shop}/assets/index.mjs`, `${shop}/x/embed/egusi.mjs`]) {
      found.push((await import(url)).default.baseUrl);
    }
    return found;
  }, [SHOP, WIDGET]);
  expect(baseUrls).toEqual([WIDGET, '', '']);
});

test('may be imported where there is no page', async () => {
  const { default: Okra } = await import('../../www/loader/module.ts');
  const told: unknown[] = [];
  expect(Okra.baseUrl).toBe('');
  const open = () => Okra.buildWithOptions({ ...OPTIONS, onError: (problem) => told.push(problem) });
  expect(open).toThrow(/expected a web page/);
  expect(told).toEqual([{ code: 'no_document', error: expect.stringContaining('web page') }]);
});
