/** The handle: what code that likes promises hears, and how it ends a window. */

import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { CONNECTION, EVENT, LOADED, SHOP, STRANGER, WIDGET, framesOf, received, say, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { heardAll, openWindow } from './helpers/host-page.ts';
import { traces } from './helpers/traces.ts';
import type { Handle } from '../../www/loader/handle.ts';

const OPTIONS = { key: 'public-key', token: 'company', products: ['auth'] };

declare global {
  interface Window {
    /** The handle of the last opening. */
    handle: Handle;
    /** What came of it. */
    outcome?: unknown;
  }
}

/** Opens a window by `open`, keeps its handle, and writes down everything that is told, by whom. */
async function openKept(page: Page, options: object = {}): Promise<void> {
  await page.evaluate(
    (options) => {
      window.heard = [];
      delete window.outcome;
      const keep = (name: string) => (...given: any[]) => void window.heard.push({ name, given });
      const names = ['onSuccess', 'onClose', 'onError', 'onEvent'];
      const callbacks = Object.fromEntries(names.map((name) => [name, keep(name)]));
      const handle = (window.handle = window.Okra.open({ ...options, ...callbacks } as any));
      for (const name of ['ready', 'success', 'error', 'event', 'close'] as const) handle.on(name, keep(name));
      handle.result.then(
        (outcome) => (window.outcome = outcome),
        ({ name, code, message }) => (window.outcome = { name, code, message }),
      );
    },
    { ...OPTIONS, ...options },
  );
}

async function visit(context: BrowserContext, web = {}): Promise<Page> {
  await serveFakeWeb(context, web);
  return visitShop(context);
}

/** What became of the window, once it is known. */
async function outcome(page: Page): Promise<unknown> {
  await page.waitForFunction(() => window.outcome);
  return page.evaluate(() => window.outcome);
}

test('tells both callbacks and whoever asks the handle, the callbacks first', async ({ context }) => {
  const page = await visit(context);
  await openKept(page);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED, EVENT, { error: 'x' }, CONNECTION, { close: true });
  const once = (callback: string, name: string, ...given: unknown[]) => [{ name: callback, given }, { name, given }];
  await expect.poll(() => page.evaluate(() => window.heard)).toEqual([
    { name: 'ready', given: [] },
    ...once('onEvent', 'event', EVENT),
    ...once('onError', 'error', { error: 'x' }),
    ...once('onSuccess', 'success', CONNECTION),
    ...once('onClose', 'close'),
  ]);
  expect(await outcome(page)).toEqual({ status: 'connected', connection: CONNECTION });
});

test('a window that is closed without a success says so', async ({ context }) => {
  const page = await visit(context);
  await openKept(page);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED, { error: 'x' }, { close: true });
  expect(await outcome(page)).toEqual({ status: 'closed' });
});

test('who does not want to hear any more does not, and one that throws stops nobody', async ({ context }) => {
  const page = await visit(context);
  const thrown: string[] = [];
  page.on('pageerror', ({ message }) => thrown.push(message));
  await openKept(page);
  await page.evaluate(() => {
    const stop = window.handle.on('event', () => void window.heard.push({ name: 'stopped', given: [] }));
    const stopLater = window.handle.on('event', () => {
      stopLater();
      window.heard.push({ name: 'once', given: [] });
      throw new Error('of the host');
    });
    window.handle.on('event', () => void window.heard.push({ name: 'last', given: [] }));
    stop();
    stop();
  });
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED, EVENT, EVENT);
  await expect.poll(() => heardAll(page)).toEqual(['ready', 'onEvent', 'event', 'once', 'last', 'onEvent', 'event', 'last']);
  expect(thrown).toEqual(['of the host']);
});

test('destroy takes everything away at once, and nothing is called any more', async ({ context }) => {
  const page = await visit(context);
  const before = await traces(page);
  await openKept(page);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED, EVENT);
  await expect.poll(() => heardAll(page)).toEqual(['ready', 'onEvent', 'event']);
  await page.evaluate(() => {
    window.handle.destroy();
    window.handle.destroy();
    window.handle.close();
    window.handle.on('close', () => void window.heard.push({ name: 'late', given: [] }));
  });
  expect(await traces(page)).toEqual(before);
  expect(await heardAll(page)).toEqual(['ready', 'onEvent', 'event']);
  expect(await outcome(page)).toEqual({ status: 'closed' });
});

test('destroyed while it tells, it tells nobody else; the success it told is its outcome', async ({ context }) => {
  const page = await visit(context);
  await page.evaluate((options) => {
    window.heard = [];
    const keep = (name: string) => (...given: any[]) => void window.heard.push({ name, given });
    const handle = window.Okra.open({ ...options, onSuccess: () => handle.destroy(), onClose: keep('onClose') } as any);
    handle.on('success', keep('success'));
    handle.on('close', keep('close'));
    void handle.result.then((outcome) => (window.outcome = outcome));
  }, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED, CONNECTION, { close: true });
  expect(await outcome(page)).toEqual({ status: 'connected', connection: CONNECTION });
  expect(await heardAll(page)).toEqual([]);
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('destroyed within onClose, the others do not hear of it', async ({ context }) => {
  const page = await visit(context);
  await page.evaluate((options) => {
    window.heard = [];
    const handle = window.Okra.open({ ...options, onClose: () => handle.destroy() } as any);
    handle.on('close', () => void window.heard.push({ name: 'close', given: [] }));
    handle.close();
  }, OPTIONS);
  expect(await heardAll(page)).toEqual([]);
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('a window that never came rejects, tells, leaves nothing, and the next try works', async ({ context }) => {
  const page = await visit(context, { widget: { status: 502 } });
  const unhandled: string[] = [];
  page.on('pageerror', ({ message }) => unhandled.push(message));
  await page.clock.install({ time: 0 });
  const before = await traces(page);
  await openKept(page);
  await framesOf(page, WIDGET);
  await page.clock.runFor(15_100);
  const failed = { code: 'load_failed', message: expect.stringContaining(WIDGET) };
  expect(await outcome(page)).toMatchObject(failed);
  expect(await heardAll(page)).toEqual(['onError', 'error', 'onClose', 'close']);
  expect(await traces(page)).toEqual(before);
  // Whoever works with callbacks alone has no promise to look after.
  await openWindow(page, OPTIONS);
  await page.clock.runFor(15_100);
  expect(unhandled).toEqual([]);

  await context.unroute('**/*');
  await serveFakeWeb(context);
  await openKept(page);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED, CONNECTION, { close: true });
  expect(await outcome(page)).toMatchObject({ status: 'connected' });
  expect(await traces(page)).toEqual(before);
});

test('what the loader reads itself does not leave the page', async ({ context }) => {
  const page = await visit(context);
  await openKept(page, { baseUrl: WIDGET, zIndex: 7, nested: { zIndex: 1 } });
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED);
  const data = (await received(widget!))[0]!.data as Record<string, unknown>;
  expect(Object.keys(data).sort()).toEqual(
    [...Object.keys(OPTIONS), 'nested', 'source', 'hideCardOnExit', 'iframeData', 'withOptions', 'egusi', 'safeArea'].sort(),
  );
  expect(data.nested).toEqual({ zIndex: 1 });
});

test('open takes a saved configuration as well', async ({ context }) => {
  const page = await visit(context);
  await page.evaluate(() => void window.Okra.open({ short_url: 'tT-short' }));
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED);
  expect((await received(widget!))[0]!.data).toMatchObject({ ref: 'tT-short', withShortURL: true });
});

test('windows of two servers stand in one page and do not know each other', async ({ context }) => {
  const page = await visit(context);
  const before = await traces(page);
  await openKept(page, { name: 'ours' });
  await page.evaluate(([options, baseUrl]) => {
    window.Okra.open({ ...(options as any), baseUrl, name: 'theirs', onSuccess: () => void window.heard.push({ name: 'theirs', given: [] }) });
  }, [OPTIONS, STRANGER] as const);
  const [ours] = await framesOf(page, WIDGET);
  const [theirs] = await framesOf(page, STRANGER);
  await say(theirs!, LOADED);
  await say(ours!, LOADED);
  expect((await received(theirs!))[0]!.data).toMatchObject({ name: 'theirs' });
  expect((await received(ours!))[0]!.data).toMatchObject({ name: 'ours' });
  await say(theirs!, CONNECTION, { close: true });
  await say(ours!, EVENT, { close: true });
  await expect.poll(() => heardAll(page)).toEqual(['ready', 'theirs', 'onEvent', 'event', 'onClose', 'close']);
  expect(await traces(page)).toEqual(before);
  expect(await page.evaluate(() => window.Okra.baseUrl)).toBe(WIDGET);
});

test('the module has the same functions, which work by themselves', async ({ context }) => {
  const page = await visit(context);
  const names = await page.evaluate(async (url) => {
    const egusi = await import(url);
    const handle = egusi.open({ key: 'k', token: 't' });
    handle.destroy();
    return [Object.keys(egusi).sort(), Object.keys(egusi.default).sort(), egusi.open === egusi.default.open];
  }, `${WIDGET}/embed/egusi.mjs`);
  expect(names).toEqual([
    ['LoaderError', 'default', 'open', 'preload'],
    ['baseUrl', 'buildWithOptions', 'buildWithShortUrl', 'open', 'preload'],
    true,
  ]);
});

test.describe('height', () => {
  /** Adds a box of the host's over the whole page, at this height. */
  const cover = (page: Page, zIndex: number) =>
    page.evaluate((zIndex) => {
      const box = Object.assign(document.createElement('div'), { id: 'host-box' });
      box.style.cssText = `position:fixed;inset:0;z-index:${zIndex}`;
      document.body.append(box);
    }, zIndex);
  const onTop = (page: Page) => page.evaluate(() => document.elementFromPoint(50, 50)!.tagName);

  test('by default the window is above everything, whatever the host has', async ({ context }) => {
    const page = await visit(context);
    await cover(page, 2_147_483_647);
    await openKept(page);
    await cover(page, 2_147_483_647);
    expect(await onTop(page)).toBe('IFRAME');
    expect(await page.evaluate(() => document.querySelector('dialog')!.matches(':modal'))).toBe(true);
  });

  test('with zIndex it stands where it is told to, and Escape closes it while it loads', async ({ context }) => {
    const page = await visit(context, { widget: null });
    const before = await traces(page);
    await openKept(page, { zIndex: 50 });
    expect(await onTop(page)).toBe('IFRAME');
    expect(await page.locator('iframe').boundingBox()).toEqual({ x: 0, y: 0, ...page.viewportSize() });
    await cover(page, 49);
    expect(await onTop(page)).toBe('IFRAME');
    await page.evaluate(() => document.getElementById('host-box')!.remove());
    await cover(page, 51);
    expect(await onTop(page)).toBe('DIV');
    await page.evaluate(() => document.getElementById('host-box')!.remove());
    await page.keyboard.press('Escape');
    await expect.poll(() => heardAll(page)).toEqual(['onClose', 'close']);
    expect(await traces(page)).toEqual(before);
  });

  test('with zIndex too, Escape outside asks the window', async ({ context }) => {
    const page = await visit(context);
    await openKept(page, { zIndex: 50 });
    const [widget] = await framesOf(page, WIDGET);
    await say(widget!, LOADED);
    await received(widget!);
    await page.locator('dialog').focus();
    await page.keyboard.press('Escape');
    expect((await received(widget!, 2))[1]!.data).toEqual({ cancel: true });
    expect(await heardAll(page)).toEqual(['ready']);
  });
});

test('where there is no page, open says so and preload says nothing', async () => {
  const { open, preload } = await import('../../www/loader/module.ts');
  expect(() => open({ ...OPTIONS, baseUrl: SHOP })).toThrow(/expected a web page/);
  expect(() => preload(SHOP)).not.toThrow();
  expect(() => preload(7 as never)).not.toThrow();
});
