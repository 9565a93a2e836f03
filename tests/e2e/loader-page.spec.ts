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
  await tells(frame!, 'onEvent', { ...event, success: true, error: 'x', close: true, beforeClose: true, redirect: 'https://x.example', ifameLoaded: true });
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
  // Somebody else's wish is none: by the frame itself, or by whoever in the host's page is not the loader.
  await frame!.evaluate(() => window.postMessage({ cancel: true }, '*'));
  await page.evaluate(() => {
    const content = document.querySelector('iframe')!.contentWindow!;
    for (const odd of [null, 1, 'cancel', { cancel: 'yes' }, { close: true }, { cancel: true }]) content.postMessage(odd, '*');
    document.querySelector('dialog')!.focus();
  });
  await page.keyboard.press('Escape');
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
  await page.locator('dialog').focus();
  await page.keyboard.press('Escape');
  await expect.poll(() => heardAll(page)).toEqual(['onClose']);
});

test('a browser of 2020 is understood', async ({ context }) => {
  await context.addInitScript(() => delete (Object as { hasOwn?: unknown }).hasOwn);
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  const [frame] = await framesOf(page, WIDGET);
  expect(await builtWith(frame!)).toMatchObject(OPTIONS);
});

test.describe('a program that arrives and does not work', () => {
  const why = 'Your browser does not run the program behind this window';

  test('is nobody else\'s fault: the host hears of it, and the customer gets both ways on', async ({ context }) => {
    // As Safari 15 at a style sheet that is made by hand.
    await context.addInitScript(() => {
      window.building = () => {
        document.body.append(document.createElement('egusi-widget'));
        throw new TypeError('Illegal constructor');
      };
    });
    await serveFakeWeb(context);
    await serveFakeWidget(context);
    await context.route(`${WIDGET}/plain/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Plain page</h1>' }));
    const page = await visitShop(context);
    await openWindow(page, OPTIONS);
    const frame = page.frameLocator('iframe');
    await expect(frame.getByText(why)).toBeVisible();
    await expect(frame.getByText('set it up')).toHaveCount(0);
    await expect(frame.locator('egusi-widget')).toHaveCount(0);
    const told = { code: 'load_failed', error: expect.stringContaining('Illegal constructor') };
    await expect.poll(() => heard(page)).toEqual([{ name: 'onError', given: [told] }]);
    await frame.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => heardAll(page)).toEqual(['onError', 'onError']);
    await frame.getByRole('button', { name: 'Continue in the simple version' }).click();
    await expect(frame.frameLocator('iframe').getByText('Plain page')).toBeVisible();
  });

  test('is told from an option that cannot be used', async ({ context }) => {
    await context.addInitScript(() => {
      window.building = () => {
        throw Object.assign(new Error('key: expected a UUID'), { code: 'invalid_option' });
      };
    });
    await serveFakeWeb(context);
    await serveFakeWidget(context);
    const page = await visitShop(context);
    await openWindow(page, OPTIONS);
    const frame = page.frameLocator('iframe');
    await expect(frame.getByText('has not set it up correctly')).toBeVisible();
    await expect(frame.getByText('For its makers: key: expected a UUID')).toBeVisible();
    await expect(frame.getByRole('button', { name: 'Try again' })).toBeHidden();
  });
});
