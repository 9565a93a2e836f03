/** The window goes on in a tab of its own, where the customer sees its address; the page hears of the end once. */

import type { Page } from '@playwright/test';
import { heardNames } from './helpers/host-page.ts';
import {
  BANK, PASSWORD, button, chooseBank, connected, finish, heading, inside, openWith, share, signIn,
} from './helpers/walk.ts';
import { expect, test, type World } from './helpers/world.ts';

const OPEN = 'Open in its own tab, to check the address';
const GO_ON = 'Go on in the other tab';
const HERE = 'Go on here instead';

async function openTab(page: Page, press = () => button(page, OPEN).click()): Promise<Page> {
  const [tab] = await Promise.all([page.waitForEvent('popup'), press()]);
  await expect(heading(page, GO_ON)).toBeVisible();
  return tab;
}

async function inTab(page: Page, world: World): Promise<Page> {
  await openWith(page, world, {});
  return openTab(page);
}

/** In the tab, as far as the sign-in form. */
async function toForm(tab: Page): Promise<void> {
  await tab.getByRole('button', { name: 'Continue', exact: true }).click();
  await tab.getByRole('searchbox', { name: 'Search banks' }).fill(BANK);
  await tab.getByRole('button', { name: new RegExp(`^${BANK}`) }).click();
  await expect(tab.getByRole('heading', { name: `Sign in to ${BANK}` })).toBeVisible();
}

async function connectIn(tab: Page): Promise<void> {
  await toForm(tab);
  await tab.getByLabel('Username', { exact: true }).fill('user_good');
  await tab.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
  await tab.getByRole('checkbox', { name: /Current/ }).check();
  await tab.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(tab.getByRole('heading', { name: 'You are connected' })).toBeVisible();
}

/** In the frame, from the sign-in form to the end. */
async function connectHere(page: Page): Promise<void> {
  await signIn(page, 'user_good');
  await share(page, /Current/);
  await connected(page);
  await finish(page);
  await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
}

test('whoever finishes in the tab is connected, and the page hears of it once', async ({ page, world }) => {
  const tab = await inTab(page, world);
  // Nothing of the session is in the address.
  expect(tab.url()).toBe(`${world.egusi.url}/tab?language=en`);
  await expect(inside(page).getByText(new URL(world.egusi.url).host)).toBeVisible();
  await expect(tab.getByRole('heading', { name: 'Moringa Market asks to see your bank account' })).toBeVisible();
  await expect(tab.getByRole('button', { name: OPEN })).toHaveCount(0);
  await connectIn(tab);
  await connected(page);
  expect(await heardNames(page)).toEqual(['onSuccess']);
  await tab.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(tab.getByRole('heading', { name: 'You can close this page' })).toBeVisible();
  await finish(page);
  await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
});

test('where the page goes on to is its own affair: the tab stays', async ({ page, world }) => {
  await openWith(page, world, { redirect_url: `${world.shop.url}/thanks` });
  const tab = await openTab(page);
  await connectIn(tab);
  await tab.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(tab.getByRole('heading', { name: 'You can close this page' })).toBeVisible();
  await connected(page);
  await button(page, 'Done').click();
  await page.waitForURL(`${world.shop.url}/thanks`);
});

test('the customer comes back in the middle and goes on where the session stands', async ({ page, world }) => {
  const tab = await inTab(page, world);
  await toForm(tab);
  await button(page, HERE).click();
  await expect(heading(page, `Sign in to ${BANK}`)).toBeVisible();
  await connectHere(page);
});

test('a tab that is closed in the middle loses nothing', async ({ page, world }) => {
  const tab = await inTab(page, world);
  await toForm(tab);
  await tab.close();
  await button(page, HERE).click();
  await expect(heading(page, `Sign in to ${BANK}`)).toBeVisible();
  await connectHere(page);
});

test('a tab that is loaded anew asks again', async ({ page, world }) => {
  const tab = await inTab(page, world);
  await toForm(tab);
  await tab.reload();
  await expect(tab.getByRole('heading', { name: `Sign in to ${BANK}` })).toBeVisible();
});

test('whoever leaves in the tab can begin anew here', async ({ page, world }) => {
  const tab = await inTab(page, world);
  await toForm(tab);
  await tab.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(tab.getByRole('heading', { name: 'You can close this page' })).toBeVisible();
  await expect(inside(page).getByRole('alert').filter({ hasText: 'start again' })).toBeVisible();
  await button(page, 'Start again').click();
  await button(page, 'Continue').click();
  await chooseBank(page);
  await connectHere(page);
});

test('where the browser lets no tab open, a link does the same', async ({ page, world }) => {
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await openWith(page, world, {});
  await button(page, OPEN).click();
  await expect(inside(page).getByRole('alert').filter({ hasText: 'If no new page opened' })).toBeVisible();
  const tab = await openTab(page, () => inside(page).getByRole('link', { name: OPEN }).click());
  await connectIn(tab);
  await connected(page);
});

test('a tab that nobody opened says so', async ({ page, world }) => {
  await page.goto(`${world.egusi.url}/tab`);
  await expect(page.getByText('It opens from a page that asks to connect your bank, not by itself.')).toBeVisible();
});

/** It would have a way to the tab, but not to the session: that is given to pages of one origin alone. */
test('a tab that another site opens is told nothing', async ({ page, world }) => {
  await openWith(page, world, {});
  await expect(button(page, OPEN)).toBeVisible();
  const [tab] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate((url) => void open(url), `${world.egusi.url}/tab`),
  ]);
  await expect(tab.getByText('It could not be loaded.')).toBeVisible({ timeout: 20_000 });
});
