/** The receipt: from the last screen to a page that can be kept, and the sharing stopped from there. */

import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { v3 } from './helpers/backend.ts';
import { heard } from './helpers/host-page.ts';
import { picture } from './helpers/pictures.ts';
import { receive } from './helpers/receiver.ts';
import { button, connected, finish, inside, openWith, share, walkToBank } from './helpers/walk.ts';
import { expect, test, type World } from './helpers/world.ts';

const RECEIPT = 'Your receipt, and how to stop sharing';
const NUMBER = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/;

const title = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

/** What stands beside a word of the receipt. */
const fact = (page: Page, word: string) => page.locator('dl div').filter({ has: page.getByText(word, { exact: true }) });

/** Presses the button on the last screen; gives the tab that opens. */
async function receiptOf(page: Page): Promise<Page> {
  const [tab] = await Promise.all([page.waitForEvent('popup'), button(page, RECEIPT).click()]);
  await title(tab, 'What you share').waitFor();
  return tab;
}

/** Asks for a look as the company's server does. */
function refresh(world: World, record: string): Promise<Response> {
  return fetch(`${world.egusi.url}/v3/records/${record}/refresh`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.company.sandbox.secret_key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ what: 'balances' }),
  });
}

/** The looks of a page, on both sorts of screens and in both lights. */
async function pictures(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [screen, width, height] of [['phone', 360, 640], ['desktop', 1280, 800]] as const) {
      await page.setViewportSize({ width, height });
      await picture(page, 'receipt', `${name}-${screen}-${colorScheme}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${name} is no wider than a ${screen}`).toBeLessThanOrEqual(0);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

test('a customer keeps the receipt, and stops the sharing with it', async ({ page, world }) => {
  const receiver = await receive();
  await openWith(page, world, { callback_url: receiver.url });
  await walkToBank(page, 'user_good');
  await share(page, /Current/);
  await connected(page);
  await picture(page, 'receipt', 'done');

  const tab = await receiptOf(page);
  expect(new URL(tab.url()).pathname + new URL(tab.url()).search).toBe('/consent');
  await expect(fact(tab, 'Who may read')).toContainText('Moringa Market');
  await expect(fact(tab, 'Bank')).toContainText('Sterling Bank');
  await expect(fact(tab, 'Accounts')).toContainText(/Current NGN, ending \d{4}/);
  await expect(fact(tab, 'What is read')).toContainText('Their balances');
  await expect(fact(tab, 'Ends by itself on')).toContainText(/\d{4}/);
  const number = await tab.locator('.number strong').innerText();
  expect(number).toMatch(NUMBER);
  await pictures(tab, 'receipt');

  const [download] = await Promise.all([
    tab.waitForEvent('download'),
    tab.getByRole('button', { name: 'Save the receipt' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('receipt.html');
  const path = await download.path();
  expect(await readFile(path, 'utf8')).toContain(number);
  const file = await tab.context().newPage();
  await file.route('file://**', async (route) => route.fulfill({ contentType: 'text/html', body: await readFile(path) }));
  await file.goto('file:///receipt.html');
  await expect(file.getByText(number)).toBeVisible();
  await expect(file.getByText(`${world.egusi.url}/consent`)).toBeVisible();
  await expect(file.getByRole('button')).toHaveCount(0);
  await pictures(file, 'file');
  await file.close();

  await tab.getByRole('button', { name: 'Stop sharing' }).click();
  await expect(title(tab, 'Stop sharing with Moringa Market?')).toBeVisible();
  await pictures(tab, 'sure');
  await tab.getByRole('button', { name: 'Go on sharing' }).click();
  await expect(title(tab, 'What you share')).toBeVisible();

  await finish(page);
  await page.locator('iframe').waitFor({ state: 'detached' });
  const connection = (await heard(page)).find(({ name }) => name === 'onSuccess')?.given[0];
  expect(JSON.stringify(await heard(page)), 'the shop learns no number').not.toContain(number);
  expect((await refresh(world, connection.record)).status).toBe(202);

  await tab.getByRole('button', { name: 'Stop sharing' }).click();
  await tab.getByRole('button', { name: 'Yes, stop sharing' }).click();
  await expect(title(tab, 'This sharing has ended')).toBeVisible();
  await expect(fact(tab, 'Stopped on')).toContainText(/\d{4}/);
  await expect(tab.getByRole('button', { name: 'Stop sharing' })).toHaveCount(0);
  await pictures(tab, 'stopped');

  await expect.poll(() => receiver.arrivals.map(({ body }) => body.code)).toContain('CONSENT_REVOKED');
  const told = receiver.arrivals.find(({ body }) => body.code === 'CONSENT_REVOKED')!;
  expect(told.body).toMatchObject({ record: connection.record, status: 'is_success' });
  expect(told.headers['egusi-event']).toBe('record.revoked');
  const refused = await refresh(world, connection.record);
  expect([refused.status, (await refused.json()).code]).toEqual([409, 'consent_revoked']);
  const record = await v3(world.egusi.url, world.company.sandbox.secret_key, `records/${connection.record}`);
  expect(record).toMatchObject({ status: 'revoked', revoked_at: expect.stringMatching(/^\d{4}-/) });
  expect(receiver.arrivals.map(({ text }) => text).join(), 'nor does the company').not.toContain(number);
  expect(world.egusi.output()).not.toContain(number);
  expect(world.egusi.output()).not.toContain(number.replaceAll('-', ''));
  await receiver.stop();
});

test('months later, on another device and without script, the number is enough', async ({ page, browser, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_good');
  await share(page, /Current/);
  await connected(page);
  const tab = await receiptOf(page);
  const number = await tab.locator('.number strong').innerText();
  await tab.close();
  await expect(inside(page).getByRole('button', { name: RECEIPT }), 'the window stays').toBeVisible();

  const context = await browser.newContext({ javaScriptEnabled: false });
  const device = await context.newPage();
  await device.goto(`${world.egusi.url}/consent`);
  const field = device.getByLabel('Receipt number');
  await expect(field).toBeFocused();
  await field.fill('0000-0000-0000-0000');
  await device.keyboard.press('Enter');
  await expect(device.getByRole('alert')).toHaveText('There is no receipt with this number. Check it and try again.');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field, 'it is there to be mended').toHaveValue('0000-0000-0000-0000');
  await field.fill(number.replaceAll('-', ' ').toLowerCase());
  await device.keyboard.press('Enter');
  await expect(title(device, 'What you share')).toBeVisible();
  expect(await context.cookies()).toEqual([]);
  await context.close();
});

test('whoever comes without a number, or with a wrong one, is asked for it', async ({ page, world }) => {
  await page.goto(`${world.egusi.url}/consent`);
  await pictures(page, 'ask');
  await page.getByLabel('Receipt number').fill('not a number');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByRole('alert')).toContainText('There is no receipt with this number.');
  await pictures(page, 'wrong');
});

test('the sign-in says what is shared and for how long, beside where the password goes', async ({ page, world }) => {
  await openWith(page, world, {});
  await button(page, 'Continue').click();
  await inside(page).getByRole('searchbox', { name: 'Search banks' }).fill('Sterling Bank');
  await inside(page).getByRole('button', { name: /^Sterling Bank/ }).click();
  await expect(button(page, 'Sign in')).toBeVisible();
  await expect(inside(page).getByText('What you type goes to Sterling Bank. Moringa Market never sees it.')).toBeVisible();
  const reads = 'Moringa Market will see the accounts you choose, for 180 days.';
  await expect(inside(page).getByText(reads)).toBeVisible();
  await picture(page, 'receipt', 'sign-in');
});
