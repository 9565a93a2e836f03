/** A network that goes while the window is open: nobody is held behind a page that is not there. */

import { expect, test, type BrowserContext, type Frame, type Page } from '@playwright/test';
import { CONNECTION, WIDGET, framesOf, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { builtWith, reloadInside, serveFakeWidget, tells } from './helpers/fake-widget.ts';
import { heard, heardAll, openWindow } from './helpers/host-page.ts';
import { traces } from './helpers/traces.ts';

const OPTIONS = { key: 'public-key', token: 'company', products: ['auth'] };
const inside = (page: Page) => page.frameLocator('iframe');
const again = (page: Page) => inside(page).getByRole('button', { name: 'Try again' });

interface Network {
  isDown: boolean;
}

/** The window's page, and the network to it. */
async function serve(context: BrowserContext): Promise<Network> {
  const network = { isDown: false };
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  await context.route(`${WIDGET}/**`, (route) => (network.isDown ? route.abort('internetdisconnected') : route.fallback()));
  return network;
}

/** Opens the window, on a page whose clock the test turns. */
async function open(context: BrowserContext) {
  const page = await visitShop(context);
  await page.clock.install();
  const before = await traces(page);
  await openWindow(page, OPTIONS);
  const [frame] = await framesOf(page, WIDGET);
  await builtWith(frame!);
  await expect(page.locator('iframe')).toBeFocused();
  return { page, frame: frame!, before };
}

/** Reloads the window into the browser's own page that says so. */
async function lose(page: Page, frame: Frame, network: Network): Promise<void> {
  network.isDown = true;
  await frame.evaluate(() => void setTimeout(() => location.reload()));
  await page.clock.runFor(10);
  // That page hears no Escape, so ours must.
  await expect(page.locator('dialog')).toBeFocused();
}

test('a window that is lost is given up after 15 seconds, and the host hears why', async ({ context }) => {
  const network = await serve(context);
  const { page, frame, before } = await open(context);
  await lose(page, frame, network);
  expect(await heard(page)).toEqual([]);
  await page.clock.runFor(15_000);
  expect(await heard(page)).toEqual([
    { name: 'onError', given: [{ code: 'load_failed', error: expect.stringContaining(WIDGET) }] },
    { name: 'onClose', given: [] },
  ]);
  expect({ ...(await traces(page)), history: 0 }).toEqual({ ...before, history: 0 });
});

test('Escape takes a lost window away at once', async ({ context }) => {
  const network = await serve(context);
  const { page, frame, before } = await open(context);
  await lose(page, frame, network);
  await page.keyboard.press('Escape');
  await expect.poll(() => heardAll(page)).toEqual(['onClose']);
  expect({ ...(await traces(page)), history: 0 }).toEqual({ ...before, history: 0 });
});

test('what was connected before stays so', async ({ context }) => {
  const network = await serve(context);
  const page = await visitShop(context);
  await page.clock.install();
  await page.evaluate((options) => {
    window.heard = [];
    const handle = window.Okra.open(options);
    handle.result.then((given) => window.heard.push({ name: 'result', given: [given] }), () => {});
  }, OPTIONS);
  const [frame] = await framesOf(page, WIDGET);
  await builtWith(frame!);
  await tells(frame!, 'onSuccess', CONNECTION);
  await lose(page, frame!, network);
  await page.clock.runFor(15_000);
  await expect.poll(() => heard(page)).toEqual([{ name: 'result', given: [{ status: 'connected', connection: CONNECTION }] }]);
});

test('a window that was reloaded and is there again is never given up', async ({ context }) => {
  await serve(context);
  const { page, frame } = await open(context);
  for (let at = 0; at < 3; at++) {
    await reloadInside(frame);
    await builtWith(frame);
  }
  await page.clock.runFor(3_600_000);
  expect(await heard(page)).toEqual([]);
  await expect(inside(page).locator('body')).toBeAttached();
});

test('to try again without a network leaves the window where it was, and with one it opens', async ({ context }) => {
  const network = await serve(context);
  await context.route(`${WIDGET}/assets/main.js`, (route) => route.abort(), { times: 1 });
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  await expect(again(page)).toBeVisible();
  network.isDown = true;
  const failed = page.waitForEvent('requestfailed');
  await again(page).click();
  await failed;
  await expect(inside(page).getByText('Check your network and try again')).toBeVisible();
  network.isDown = false;
  await again(page).click();
  const [frame] = await framesOf(page, WIDGET);
  expect(await builtWith(frame!)).toMatchObject(OPTIONS);
});

test('without a network the customer can close what cannot be tried again', async ({ context }) => {
  const network = await serve(context);
  await context.route(`${WIDGET}/assets/main.js`, (route) => route.abort());
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  await expect(again(page)).toBeVisible();
  network.isDown = true;
  const failed = page.waitForEvent('requestfailed');
  await again(page).click();
  await failed;
  await inside(page).getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => heardAll(page)).toEqual(['onClose']);
});
