/** The customer's way through the window, by the names a customer reads. */

import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';
import { heard, openWindow } from './host-page.ts';
import type { World } from './world.ts';

export const BANK = 'Sterling Bank';
export const PASSWORD = 'pass_good';
export const CODE = '123456';

/** The inside of the window; a frame that only warms up is seen by nobody. */
export function inside(page: Page): FrameLocator {
  return page.frameLocator('iframe:not([aria-hidden])');
}

export function dialog(page: Page): Locator {
  return inside(page).getByRole('dialog', { name: /Moringa Market/ });
}

export function button(page: Page, name: string): Locator {
  return inside(page).getByRole('button', { name, exact: true });
}

/** The one sentence that says what is wrong. */
export function alert(page: Page): Locator {
  return inside(page).getByRole('alert').filter({ hasText: /./ });
}

export function heading(page: Page, name: string | RegExp): Locator {
  return inside(page).getByRole('heading', { level: 1, name });
}

export function account(page: Page, name: RegExp): Locator {
  return inside(page).getByRole('checkbox', { name });
}

/** Opens the window as the shop's customer does. */
export async function openFromShop(page: Page, world: World, path = '/'): Promise<void> {
  await page.goto(`${world.shop.url}${path}`);
  await page.getByRole('button', { name: 'Connect your bank' }).click();
}

/** Opens the window from the shop's page, with other options than the shop's. */
export async function openWith(page: Page, world: World, options: object): Promise<void> {
  await page.goto(`${world.shop.url}/`);
  await page.getByRole('button', { name: 'Connect your bank' }).and(page.locator(':enabled')).waitFor();
  await openWindow(page, { ...world.options, ...options });
}

export async function agree(page: Page): Promise<void> {
  await button(page, 'Continue').click();
}

/** A driver that has not been answered for so long will not be. */
const UNANSWERED = { timeout: 5_000 };

/**
 * Types into a field. The driver's text goes where the browser believes the focus to be, which follows a frame
 * in a process of its own a moment late, and sometimes the browser never says that it has arrived; a customer
 * would see that nothing stands there, tap the field, and type again.
 */
async function type(field: Locator, text: string): Promise<void> {
  let again = false;
  await expect(async () => {
    if (again) await field.click(UNANSWERED);
    again = true;
    await field.fill(text, UNANSWERED);
    expect(await field.inputValue(UNANSWERED)).toBe(text);
  }).toPass();
}

export async function chooseBank(page: Page, name = BANK): Promise<void> {
  await type(inside(page).getByRole('searchbox', { name: 'Search banks' }), name);
  await inside(page).getByRole('button', { name: new RegExp(`^${name}`) }).click();
}

export async function signIn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await type(inside(page).getByLabel('Username', { exact: true }), username);
  await type(inside(page).getByLabel('Password', { exact: true }), password);
  await button(page, 'Sign in').click();
}

/** The common part of every story: from consent to the signed-in customer. */
export async function walkToBank(page: Page, username: string, password?: string): Promise<void> {
  await agree(page);
  await chooseBank(page);
  await signIn(page, username, password);
}

export async function answerCode(page: Page, code = CODE): Promise<void> {
  await type(inside(page).getByLabel('One-time code'), code);
  await button(page, 'Continue').click();
}

/** Ticks one account and shares it. */
export async function share(page: Page, name: RegExp): Promise<void> {
  await account(page, name).check();
  await button(page, 'Connect').click();
}

/** Waits until the window says that the customer is connected. */
export async function connected(page: Page): Promise<void> {
  await expect(heading(page, 'You are connected')).toBeVisible();
}

/**
 * Presses the button with which the window goes. A frame in a process of its own can be gone before
 * the browser says that the press has arrived, and the driver would wait for that for ever.
 */
export async function pressLast(page: Page, name: string, within = button(page, name)): Promise<void> {
  const pressed = within.click();
  // It ends with the test, if the browser never says it.
  pressed.catch(() => {});
  await Promise.race([pressed, page.locator('iframe:not([aria-hidden])').waitFor({ state: 'detached' })]);
}

export async function finish(page: Page): Promise<void> {
  await pressLast(page, 'Done');
}

/** A whole connection in one step, for stories about what comes after; gives what the host heard. */
export async function connect(page: Page, world: World, username = 'user_good', options = {}): Promise<any> {
  await openWith(page, world, options);
  await walkToBank(page, username);
  await share(page, /Current/);
  await finish(page);
  await page.locator('iframe').waitFor({ state: 'detached' });
  return (await heard(page)).find(({ name }) => name === 'onSuccess')?.given[0];
}
