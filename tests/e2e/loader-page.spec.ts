/** What the page in the frame carries between the host and the widget. */

import { expect, test } from '@playwright/test';
import { WIDGET, framesOf, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { builtWith, serveFakeWidget, tells } from './helpers/fake-widget.ts';
import { heard, heardAll, openWindow } from './helpers/host-page.ts';

const OPTIONS = { key: 'public-key', token: 'company', products: ['auth'], env: 'production' as const };

test('the widget is given what the host asked for, and nothing the host may not give', async ({ context }) => {
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  const page = await visitShop(context);
  const given = { ...OPTIONS, name: 'Shop', nested: { deep: [1, null] }, onSession: 'mine', resumeToken: 'of the host' };
  const before = structuredClone(given);
  await openWindow(page, given);
  const [frame] = await framesOf(page, WIDGET);
  const built = await builtWith(frame!);
  expect(built).toMatchObject({ ...OPTIONS, name: 'Shop', nested: { deep: [1, null] }, hostOrigin: 'https://shop.example' });
  // A page that could name the session would see what its customer does in it.
  expect(built.resumeToken).toBeUndefined();
  expect(await frame!.evaluate(() => typeof window.built.onSession)).toBe('function');
  expect(given).toEqual(before);
});

test('the options object of the host is the same afterwards, to the last key', async ({ context }) => {
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  const page = await visitShop(context);
  const same = await page.evaluate((options) => {
    const given: any = { ...options, nested: { deep: [1] }, onClose: () => {} };
    const before = JSON.stringify(given) + Object.keys(given);
    window.Okra.buildWithOptions(given);
    return before === JSON.stringify(given) + Object.keys(given);
  }, OPTIONS);
  expect(same).toBe(true);
});

test('an event arrives with all its keys and can never be taken for an end', async ({ context }) => {
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  const [frame] = await framesOf(page, WIDGET);
  await builtWith(frame!);
  const event = { event_name: 'PROBLEM_SHOWN', step: 'problem', problem: 'wrong_credentials', accounts: null };
  await tells(frame!, 'onEvent', { ...event, success: true, error: 'x', close: true, beforeClose: true, ifameLoaded: true });
  await tells(frame!, 'beforeClose');
  await tells(frame!, 'onClose');
  await expect.poll(() => heard(page)).toEqual([
    { name: 'onEvent', given: [{ ...event, event: true }] },
    { name: 'beforeClose', given: [{ beforeClose: true }] },
    { name: 'onClose', given: [] },
  ]);
});

test('BeforeClose, as Okra wrote it in its README, is heard as well', async ({ context }) => {
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  const page = await visitShop(context);
  await page.evaluate((options) => {
    window.heard = [];
    const keep = (name: string) => (...given: unknown[]) => void window.heard.push({ name, given });
    window.Okra.buildWithOptions({ ...options, BeforeClose: keep('BeforeClose'), onClose: keep('onClose') });
  }, OPTIONS);
  const [frame] = await framesOf(page, WIDGET);
  await builtWith(frame!);
  await tells(frame!, 'beforeClose');
  await tells(frame!, 'onClose');
  await expect.poll(() => heardAll(page)).toEqual(['BeforeClose', 'onClose']);
});

test('the wish to leave becomes the question of the widget, if it comes from the host', async ({ context }) => {
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  const [frame] = await framesOf(page, WIDGET);
  await builtWith(frame!);
  // Somebody else's wish, by the frame itself and by one inside it, is none.
  await frame!.evaluate(() => window.postMessage({ cancel: true }, '*'));
  await page.evaluate(() => {
    const content = document.querySelector('iframe')!.contentWindow!;
    for (const odd of [null, 1, 'cancel', { cancel: 'yes' }, { close: true }]) content.postMessage(odd, '*');
    content.postMessage({ cancel: true }, '*');
  });
  await frame!.waitForFunction(() => window.closings.length > 0);
  expect(await frame!.evaluate(() => window.closings)).toEqual([[true]]);
  expect(await heard(page)).toEqual([]);
});

test('before the widget is there, the wish to leave closes at once', async ({ context }) => {
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  // The page's script never arrives.
  await context.route(`${WIDGET}/assets/main.js`, () => {});
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  await page.waitForFunction(() => document.activeElement?.tagName === 'IFRAME');
  await page.evaluate(() => document.querySelector('iframe')!.contentWindow!.postMessage({ cancel: true }, '*'));
  await expect.poll(() => heardAll(page)).toEqual(['onClose']);
});
