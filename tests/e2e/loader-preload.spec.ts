/** What is fetched before the customer asks, and when: never unasked, never twice, never for long. */

import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { STRANGER, WIDGET, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { openWindow } from './helpers/host-page.ts';
import { traces } from './helpers/traces.ts';

/** The shop's page, and what was asked of other sites once the loader was there. */
async function visit(context: BrowserContext): Promise<{ page: Page; asked: string[] }> {
  await serveFakeWeb(context);
  const asked: string[] = [];
  const page = await visitShop(context);
  context.on('request', (request) => asked.push(request.url()));
  return { page, asked };
}

test('without a word nothing is fetched', async ({ context }) => {
  const { page, asked } = await visit(context);
  await page.locator('#pay').hover();
  await page.locator('#pay').focus();
  await page.waitForLoadState('networkidle');
  expect(asked).toEqual([]);
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('one frame that nobody sees fetches the files, and goes by itself', async ({ context }) => {
  const { page, asked } = await visit(context);
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
  const before = await traces(page);
  await page.evaluate(() => {
    window.Okra.preload();
    window.Okra.preload();
    const { preload } = window.Okra;
    preload('https://connect.example');
  });
  const iframe = page.locator('iframe');
  await expect(iframe).toHaveCount(1);
  await expect(iframe).toBeHidden();
  for (const [name, value] of Object.entries({
    src: `${WIDGET}/warm`,
    tabindex: '-1',
    'aria-hidden': 'true',
    allow: '',
    referrerpolicy: 'strict-origin',
    sandbox: 'allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  })) {
    await expect(iframe).toHaveAttribute(name, value);
  }
  await expect.poll(() => asked).toEqual([`${WIDGET}/warm`]);
  expect((await traces(page)).focused).toBe(before.focused);
  await page.clock.runFor(29_000);
  await expect(iframe).toHaveCount(1);
  await page.clock.runFor(2_000);
  await expect(iframe).toHaveCount(0);
  expect(await traces(page)).toEqual(before);
  // It was done; a page that is used for hours does not do it again.
  await page.evaluate(() => window.Okra.preload());
  await expect(iframe).toHaveCount(0);
});

test('each server is asked for itself, and the window opens beside it', async ({ context }) => {
  const { page } = await visit(context);
  await page.evaluate((other) => {
    window.Okra.preload();
    window.Okra.preload(other);
  }, STRANGER);
  await expect(page.locator('iframe[src$="/warm"]')).toHaveCount(2);
  expect(await openWindow(page, { key: 'k', token: 't' })).toBeNull();
  await expect(page.locator('dialog iframe')).toHaveCount(1);
});

test('what cannot be fetched from throws nothing and adds nothing', async ({ context }) => {
  const { page, asked } = await visit(context);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.evaluate(() => {
    for (const odd of ['', 'connect.example', 'https://connect.example/path', 'javascript:1', null, 7, {}]) {
      window.Okra.preload(odd as string);
    }
    window.Okra.baseUrl = '';
    window.Okra.preload();
  });
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(asked).toEqual([]);
  expect(errors).toEqual([]);
});
