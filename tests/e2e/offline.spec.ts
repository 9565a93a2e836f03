/** The device loses its network: the window says so, and goes on by itself when it is back. */

import type { Page } from '@playwright/test';
import { heardNames, events } from './helpers/host-page.ts';
import {
  account, agree, button, chooseBank, connected, finish, heading, inside, openWith, share, signIn,
} from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

const OFFLINE = 'You are offline. It goes on by itself when the network is back.';

/** It is said where a reader of the screen listens already. */
async function isOffline(page: Page): Promise<void> {
  await expect(inside(page).getByRole('status').filter({ hasText: OFFLINE })).toBeVisible();
}

async function isOnline(page: Page): Promise<void> {
  await expect(inside(page).getByText(OFFLINE)).toHaveCount(0);
}

/** Calls of that path come to nothing until the network is back. */
async function cutOff(page: Page, path: string): Promise<() => Promise<void>> {
  await page.route(path, (route) => route.abort());
  return async () => {
    await page.unroute(path);
    await page.context().setOffline(false);
  };
}

test('an opening without a network opens when it is back', async ({ page, world }) => {
  const back = await cutOff(page, '**/connect/v1/sessions');
  await openWith(page, world, {});
  await page.waitForRequest('**/connect/v1/sessions');
  await page.context().setOffline(true);
  await isOffline(page);
  await back();
  await agree(page);
  await expect(heading(page, 'Choose your bank')).toBeVisible();
  await isOnline(page);
});

test('on the consent it is said, and nothing else changes', async ({ page, world }) => {
  await openWith(page, world, {});
  await expect.poll(async () => (await events(page)).map(({ event_name }) => event_name)).toEqual(['OPENED']);
  await page.context().setOffline(true);
  await isOffline(page);
  await expect(heading(page, 'Moringa Market asks to see your bank account')).toBeVisible();
  await page.context().setOffline(false);
  await isOnline(page);
  await agree(page);
  await expect(heading(page, 'Choose your bank')).toBeVisible();
  const told = (await events(page)).map(({ event_name }) => event_name);
  expect(told).toEqual(['OPENED', 'CONNECTION_LOST', 'CONNECTION_RESTORED', 'CONSENT_GIVEN']);
});

test('the list of banks comes when the network is back', async ({ page, world }) => {
  const back = await cutOff(page, '**/connect/v1/institutions*');
  await openWith(page, world, {});
  await agree(page);
  await expect(heading(page, 'Choose your bank')).toBeVisible();
  await page.context().setOffline(true);
  await isOffline(page);
  await back();
  await chooseBank(page);
  await expect(heading(page, 'Sign in to Sterling Bank')).toBeVisible();
});

test('a sign-in whose answer was lost goes on when the network is back, and is sent once', async ({ page, world }) => {
  await openWith(page, world, {});
  await agree(page);
  await chooseBank(page);
  let sent = 0;
  await page.route('**/connect/v1/session/form', async (route) => {
    sent += 1;
    await route.fetch();
    await page.context().setOffline(true);
    await route.abort();
  });
  await signIn(page, 'user_good');
  await isOffline(page);
  await expect(button(page, 'Signing in')).toBeDisabled();
  await page.context().setOffline(false);
  await expect(account(page, /Current/)).toBeVisible();
  expect(sent).toBe(1);
  await share(page, /Current/);
  await connected(page);
  await finish(page);
  await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
});

test('a sign-in that did not get out is kept and sent by the customer', async ({ page, world }) => {
  await openWith(page, world, {});
  await agree(page);
  await chooseBank(page);
  await page.context().setOffline(true);
  await signIn(page, 'user_good');
  await isOffline(page);
  await page.context().setOffline(false);
  await expect(inside(page).getByRole('alert').filter({ hasText: 'The connection was lost' })).toBeVisible();
  await expect(inside(page).getByLabel('Username', { exact: true })).toHaveValue('user_good');
  await signIn(page, 'user_good');
  await expect(account(page, /Current/)).toBeVisible();
});
