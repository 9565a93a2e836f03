/** A bank that asks on its own page: in a window of its own, in the same tab, and when windows are blocked. */

import type { Page } from '@playwright/test';
import { events } from './helpers/host-page.ts';
import { picture } from './helpers/pictures.ts';
import { alert, button, connected, heading, inside, openFromShop, openWith, share, walkToBank } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

const GO = 'Continue to Sterling Bank';

/** The link to the bank's page, whatever it is called now. */
const link = (page: Page, name = GO) => inside(page).getByRole('link', { name });

/** Goes to the bank's page in a window of its own. */
async function goToBank(page: Page): Promise<Page> {
  const [bank] = await Promise.all([page.context().waitForEvent('page'), link(page).click()]);
  await expect(bank.getByRole('heading', { level: 1 })).toContainText('Sterling Bank');
  return bank;
}

test('user_redirect: approved on the page of the bank, and the window goes on by itself', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_redirect');
  await expect(heading(page, 'Sterling Bank asks you itself')).toBeVisible();
  await picture(page, 'user_redirect', 'before');
  const bank = await goToBank(page);
  expect(await bank.evaluate(() => window.opener)).toBeNull();
  await expect(inside(page).getByText('Waiting for you to finish')).toBeVisible();
  await picture(bank, 'user_redirect', 'bank');
  await bank.getByRole('button', { name: 'Approve' }).click();
  await share(page, /Current/);
  await connected(page);
  const told = (await events(page)).map(({ event_name }) => event_name);
  expect(told).toContain('WINDOW_OPENED');
});

test('user_redirect: denied, and both ways on are offered', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_redirect');
  const bank = await goToBank(page);
  await bank.getByRole('button', { name: 'Deny' }).click();
  await expect(alert(page)).toContainText('You said no on the page of Sterling Bank');
  await picture(page, 'user_redirect', 'denied');
  await expect(button(page, 'Choose another bank')).toBeVisible();
  await button(page, 'Try again').click();
  await expect(inside(page).getByLabel('Username')).toHaveValue('user_redirect');
});

test('a browser that blocks windows gets a link that it follows itself', async ({ page, world }) => {
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await openWith(page, world, {});
  await walkToBank(page, 'user_redirect');
  await link(page).click();
  await expect(alert(page)).toContainText('If no new page opened, try the button below.');
  await picture(page, 'user_redirect', 'blocked');
  const bank = await goToBank(page);
  await bank.getByRole('button', { name: 'Approve' }).click();
  await share(page, /Current/);
  await connected(page);
  expect((await events(page)).map(({ event_name }) => event_name)).toContain('WINDOW_BLOCKED');
});

test('in the same tab: the bank sends back, and the same session goes on', async ({ page, world }) => {
  await openFromShop(page, world);
  await walkToBank(page, 'user_redirect');
  const there = await link(page).getAttribute('href');
  const shop = page.url();
  await page.goto(new URL(there!, world.egusi.url).href);
  await page.getByRole('button', { name: 'Approve' }).click();
  const back = page.getByRole('link', { name: /Back to Moringa Market/ });
  await expect(back).toBeVisible();
  await picture(page, 'user_redirect', 'returned');
  await back.click();
  expect(new URL(page.url()).origin).toBe(new URL(shop).origin);
  await page.getByRole('button', { name: 'Connect your bank' }).click();
  await share(page, /Current/);
  await connected(page);
});

test('the address the bank sends back to works once', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_redirect');
  const bank = await goToBank(page);
  const returned = bank.waitForRequest(/\/connect\/v1\/return/);
  await bank.getByRole('button', { name: 'Approve' }).click();
  const address = (await returned).url();
  await expect(inside(page).getByRole('checkbox').first()).toBeVisible();
  const again = await page.request.get(address);
  expect(again.status()).toBe(400);
  await expect(inside(page).getByRole('checkbox').first()).toBeVisible();
});
