/** Escape and the back gesture out in the host page: nothing half done is thrown away unasked. */

import { expect, test, type BrowserContext } from '@playwright/test';
import { EVENT, LOADED, WIDGET, framesOf, received, say, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { heard, heardAll, openWindow } from './helpers/host-page.ts';
import { traces } from './helpers/traces.ts';

const OPTIONS = { key: 'public-key', token: 'company', products: ['auth'] };

/** Opens the window as a customer does, by a click, and lets it say that it is there. */
async function openByClick(context: BrowserContext) {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  await page.locator('#pay').click();
  const before = await traces(page);
  await openWindow(page, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED);
  await received(widget!);
  // The customer is out there, as the back gesture of a phone always is.
  await page.locator('dialog').focus();
  return { page, widget: widget!, before };
}

test('the window is asked, and goes on until it says close', async ({ context }) => {
  const { page, widget, before } = await openByClick(context);
  await page.keyboard.press('Escape');
  const [, wish] = await received(widget, 2);
  expect(wish).toEqual({ origin: '', data: { cancel: true } });
  await expect(page.locator('iframe')).toHaveCount(1);
  expect(await heard(page)).toEqual([]);
  await say(widget, { beforeClose: true }, { close: true });
  await expect.poll(() => heardAll(page)).toEqual(['beforeClose', 'onClose']);
  expect(await traces(page)).toEqual(before);
});

test('a browser that closes it all the same leaves nothing behind', async ({ context }) => {
  const { page, before } = await openByClick(context);
  await page.keyboard.press('Escape');
  // Nobody is held against their will: the second time, the browser asks nobody.
  await page.keyboard.press('Escape');
  await expect.poll(() => heard(page)).toEqual([{ name: 'onClose', given: [] }]);
  expect(await traces(page)).toEqual(before);
});

test('the wish reaches the right origin or nobody', async ({ context }) => {
  const { page, widget } = await openByClick(context);
  await widget.goto('https://stranger.example/elsewhere');
  await page.locator('dialog').focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect.poll(() => heardAll(page)).toEqual(['onClose']);
  expect(await widget.evaluate(() => window.received).catch(() => [])).toEqual([]);
});

test('the handle of the host page does not ask', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  await page.evaluate((options) => {
    window.heard = [];
    const handle = window.Okra.buildWithOptions({
      ...options,
      onEvent: () => handle.close(),
      onClose: (...given: unknown[]) => void window.heard.push({ name: 'onClose', given }),
    });
  }, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED, EVENT);
  await expect.poll(() => heardAll(page)).toEqual(['onClose']);
  await expect(page.locator('iframe')).toHaveCount(0);
});
