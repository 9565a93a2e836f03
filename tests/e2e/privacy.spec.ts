/** What a customer types and sees stays between them and their bank: no stranger is asked, and nothing is left. */

import type { FrameLocator, Locator, Page } from '@playwright/test';
import { BANK, CODE, PASSWORD, account, agree, button, chooseBank, connected, finish, inside, openWith, share, walkToBank } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

/** What a page reads that the customer lets read it. */
async function copied(page: Page): Promise<string> {
  // Only who has the focus may read it.
  await page.getByRole('heading').first().click();
  return page.evaluate(() => navigator.clipboard.readText());
}

async function pasteInto(page: Page, field: Locator, text: string): Promise<void> {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await field.click();
  await field.press('Control+V');
  await expect(field).toHaveValue(text);
}

/** For each field that can be typed into, what the browser is told that it is for. */
async function purposes(window: FrameLocator): Promise<Record<string, string | null>> {
  const found = await window
    .locator('input:not([type=checkbox], [type=radio], [type=hidden]), select, textarea')
    .evaluateAll((fields) =>
      fields.map((field) => [(field as HTMLInputElement).labels?.[0]?.textContent?.trim() || field.getAttribute('aria-label'), field.getAttribute('autocomplete')]),
    );
  return Object.fromEntries(found);
}

test('a whole connection asks nobody but the shop and the server, and leaves nothing', async ({ page, world, context }) => {
  const hosts = new Set<string>();
  const strangers: string[] = [];
  const ours = [world.shop.url, world.egusi.url].map((url) => new URL(url).host);
  context.on('request', (request) => {
    const { host, protocol } = new URL(request.url());
    hosts.add(host);
    if (protocol !== 'data:' && !ours.includes(host)) strangers.push(request.url());
  });
  // The sockets that are no requests.
  page.on('websocket', (socket) => void strangers.push(socket.url()));
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openWith(page, world, {});
  await page.evaluate(() => navigator.clipboard.writeText('what was copied before'));
  await walkToBank(page, 'user_otp');
  await inside(page).getByLabel('One-time code').fill(CODE);
  await button(page, 'Continue').click();
  await expect(account(page, /Everyday Current/)).toBeVisible();
  const [, frame] = page.frames();
  const kept = await frame!.evaluate(() => ({ session: Object.keys(sessionStorage), local: Object.keys(localStorage) }));
  expect(kept).toEqual({ session: ['egusi'], local: [] });
  expect(await frame!.evaluate(() => sessionStorage.getItem('egusi'))).not.toMatch(new RegExp(`user_otp|${PASSWORD}|${CODE}|Everyday`));
  expect(await frame!.evaluate(async () => (await indexedDB.databases()).length + (await caches.keys()).length)).toBe(0);
  await share(page, /Everyday Current/);
  await connected(page);
  // Every picture and every face that there could be is on the screen by now.
  expect(await frame!.evaluate(() => [...document.fonts].length)).toBe(0);
  await finish(page);
  await page.locator('iframe').waitFor({ state: 'detached' });
  expect(strangers).toEqual([]);
  expect([...hosts].filter(Boolean).sort()).toEqual(ours.sort());
  expect(await context.cookies()).toEqual([]);
  expect(await page.evaluate(() => ({ ...sessionStorage, ...localStorage }))).toEqual({});
  expect(await copied(page)).toBe('what was copied before');
});

test('fields say what they are for, and take what is pasted', async ({ page, world, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openWith(page, world, {});
  const window = inside(page);
  await agree(page);
  await expect(window.getByRole('searchbox')).toBeVisible();
  expect(await purposes(window)).toMatchObject({ 'Search banks': 'off' });
  await chooseBank(page, BANK);
  const [username, password] = ['Username', 'Password'].map((name) => window.getByLabel(name, { exact: true }));
  await expect(username!).toBeVisible();
  expect(await purposes(window)).toMatchObject({ Username: 'username', Password: 'current-password' });
  await pasteInto(page, username!, 'user_otp');
  await pasteInto(page, password!, PASSWORD);
  await button(page, 'Sign in').click();
  const code = window.getByLabel('One-time code');
  await expect(code).toBeVisible();
  expect(await purposes(window)).toMatchObject({ 'One-time code': 'one-time-code' });
  await pasteInto(page, code, CODE);
  await button(page, 'Continue').click();
  await expect(account(page, /Everyday Current/)).toBeVisible();
  // Nothing of the window was copied.
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(CODE);
});

test('a PIN is offered to no browser to keep', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_pin');
  await expect(inside(page).getByLabel('PIN', { exact: true })).toBeVisible();
  expect(await purposes(inside(page))).toMatchObject({ PIN: 'off' });
});
