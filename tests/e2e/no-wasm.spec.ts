/** A browser without WebAssembly: the widget's page says so, and the same session goes on as HTML forms. */

import { chromium, type Browser, type FrameLocator, type Page } from '@playwright/test';
import { expectConnection } from './helpers/connection.ts';
import { events, heard, heardNames, openWindow } from './helpers/host-page.ts';
import { BANK, CODE, PASSWORD, pressLast } from './helpers/walk.ts';
import { expect, test as base, type World } from './helpers/world.ts';

/**
 * The browser of the other tests, started without WebAssembly: what is compiled at run time is switched off
 * as a whole, as hardened browsers do.
 */
const test = base.extend<{}, { without: Browser }>({
  without: [
    async ({}, use, { project }) => {
      const { launchOptions } = project.use;
      const without = await chromium.launch({ ...launchOptions, args: [...(launchOptions?.args ?? []), '--js-flags=--jitless'] });
      await use(without);
      await without.close();
    },
    { scope: 'worker' },
  ],
});

const SIMPLE = 'Continue in the simple version';

/** The pages in the frame within the window's frame. */
const within = (page: Page): FrameLocator => page.frameLocator('iframe').frameLocator('iframe[name=egusi-plain]');

async function open(browser: Browser, world: World, more: object = {}): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${world.shop.url}/`);
  await page.getByRole('button', { name: 'Connect your bank' }).and(page.locator(':enabled')).waitFor();
  await openWindow(page, { ...world.options, ...more });
  return page;
}

async function toTheForm(window: FrameLocator, username: string): Promise<void> {
  await window.getByRole('button', { name: 'Continue' }).click();
  await window.getByRole('searchbox', { name: 'Search banks' }).fill(BANK);
  await window.getByRole('button', { name: 'Search', exact: true }).click();
  await window.getByRole('button', { name: BANK }).click();
  await window.getByLabel('Username', { exact: true }).fill(username);
  await window.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await window.getByRole('button', { name: 'Sign in' }).click();
}

async function finish(page: Page, window: FrameLocator): Promise<void> {
  await window.getByRole('checkbox', { name: /Everyday Current/ }).check();
  await window.getByRole('button', { name: 'Connect' }).click();
  await expect(window.getByRole('heading', { name: 'You are connected' })).toBeVisible();
  await pressLast(page, 'Done', window.getByRole('button', { name: 'Done' }));
}

test('without WebAssembly: said in plain words, and a bank is connected by forms', async ({ without, world }) => {
  const page = await open(without, world);
  expect(await page.evaluate(() => typeof WebAssembly)).toBe('undefined');
  await page.frameLocator('iframe').getByRole('button', { name: SIMPLE }).click();
  const window = within(page);
  await toTheForm(window, 'user_otp');
  await window.getByLabel('One-time code').fill(CODE);
  await window.getByRole('button', { name: 'Continue' }).click();
  await finish(page, window);
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(await heardNames(page)).toEqual(['onSuccess', 'onClose']);
  const calls = await heard(page);
  expectConnection(calls.find(({ name }) => name === 'onSuccess')?.given[0]);
  const told = (await events(page)).map(({ event_name }) => event_name);
  expect(told).toEqual([
    'OPENED', 'CONSENT_GIVEN', 'INSTITUTION_SELECTED', 'CREDENTIALS_SUBMITTED', 'CHALLENGE_SHOWN',
    'CHALLENGE_ANSWERED', 'ACCOUNTS_SHOWN', 'ACCOUNTS_SUBMITTED', 'CONNECTED', 'CLOSED',
  ]);
  await page.close();
});

test('without WebAssembly: the page of the bank has a tab, and the window is looked at again', async ({ without, world }) => {
  const page = await open(without, world);
  await page.frameLocator('iframe').getByRole('button', { name: SIMPLE }).click();
  const window = within(page);
  await toTheForm(window, 'user_redirect');
  const link = window.getByRole('link', { name: `Continue to ${BANK}` });
  const [bank] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await bank.getByRole('button', { name: 'Approve' }).click();
  await expect(bank.getByRole('heading', { name: 'You are signed in' })).toBeVisible();
  await bank.close();
  await window.getByRole('button', { name: 'Check again' }).click();
  await finish(page, window);
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(await heardNames(page)).toEqual(['onSuccess', 'onClose']);
  await page.close();
});

test('without WebAssembly: whoever leaves in the middle is asked first', async ({ without, world }) => {
  const page = await open(without, world);
  await page.frameLocator('iframe').getByRole('button', { name: SIMPLE }).click();
  const window = within(page);
  await toTheForm(window, 'user_otp');
  await window.getByRole('button', { name: 'Close' }).click();
  await window.getByRole('button', { name: 'Stay' }).click();
  await expect(window.getByRole('heading', { name: 'Enter the code' })).toBeVisible();
  await window.getByRole('button', { name: 'Close' }).click();
  await pressLast(page, 'Leave', window.getByRole('button', { name: 'Leave', exact: true }));
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(await heardNames(page)).toEqual(['onClose']);
  await page.close();
});

test('where the program does not arrive, trying again and the simple version are both offered', async ({ page, world }) => {
  await page.route(/\.wasm$/, (route) => route.abort());
  await page.goto(`${world.shop.url}/`);
  await page.getByRole('button', { name: 'Connect your bank' }).click();
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('button', { name: 'Try again' })).toBeVisible();
  await frame.getByRole('button', { name: SIMPLE }).click();
  await expect(within(page).getByRole('heading', { level: 1 })).toContainText('asks to see your bank account');
});

test('a link in a browser without any script: its page leads to the forms', async ({ browser, world }) => {
  const answer = await fetch(`${world.egusi.url}/v3/apps`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.company.sandbox.secret_key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Shop', options: { name: 'Moringa Market', products: ['auth', 'balance'] } }),
  });
  const { short } = await answer.json();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${world.egusi.url}/${short}`);
  await page.getByRole('button', { name: SIMPLE }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Moringa Market asks to see your bank account');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('searchbox', { name: 'Search banks' })).toBeVisible();
  await context.close();
});
