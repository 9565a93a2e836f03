/** What comes with the options and after the end: a logo, a redirect, and a customer without a mouse. */

import type { Page } from '@playwright/test';
import { heardNames } from './helpers/host-page.ts';
import { BANK, PASSWORD, dialog, finish, inside, openWith, pressLast, share, walkToBank } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

const DOT =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('done sends the browser to the redirect url, after the host was told', async ({ page, world }) => {
  const next = `${world.shop.url}/module.html?from=bank`;
  await openWith(page, world, { redirect_url: next });
  await walkToBank(page, 'user_good');
  await share(page, /Everyday Current/);
  await expect.poll(() => heardNames(page)).toEqual(['onSuccess']);
  expect(page.url()).not.toBe(next);
  await finish(page);
  await page.waitForURL(next);
});

test('closing early goes nowhere', async ({ page, world }) => {
  await openWith(page, world, { redirect_url: `${world.shop.url}/module.html` });
  const before = page.url();
  await pressLast(page, 'Close');
  await expect.poll(() => heardNames(page)).toEqual(['onClose']);
  expect(page.url()).toBe(before);
});

test("the host's logo is shown, and without one a letter", async ({ page, world }) => {
  await openWith(page, world, { logo: DOT });
  const logo = dialog(page).locator('img');
  await expect(logo).toHaveAttribute('src', DOT);
  expect(await logo.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(1);
  await pressLast(page, 'Close');
  await openWith(page, world, {});
  await expect(dialog(page)).toBeVisible();
  await expect(dialog(page).locator('img')).toHaveCount(0);
});

/** Presses Tab until the thing of that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let tabs = 0; tabs < 40; tabs++) {
    await page.keyboard.press('Tab');
    // The last, because the element around a shadow root counts as focused with what is inside it.
    const focused = inside(page).locator(':focus').last();
    if ((await focused.count()) && (await focused.evaluate(nameOf)).includes(name)) return;
  }
  throw new Error(`40 tabs did not reach ${name}`);
}

/** What the focused thing is called, by the ways this window names things. */
function nameOf(element: Element): string {
  const labels = (element as HTMLInputElement).labels;
  return element.getAttribute('aria-label') ?? (labels?.length ? labels[0]!.innerText : (element as HTMLElement).innerText);
}

test('the whole way without a mouse', async ({ page, world }) => {
  const { keyboard } = page;
  await openWith(page, world, {});
  const heading = (name: RegExp) => expect(inside(page).getByRole('heading', { level: 1, name })).toBeFocused();
  await heading(/asks to see/);
  await tabTo(page, 'Continue');
  await keyboard.press('Enter');
  await heading(/Choose your bank/);
  await tabTo(page, 'Search banks');
  await keyboard.type(BANK);
  await tabTo(page, BANK);
  await keyboard.press('Enter');
  await heading(/Sign in to/);
  await tabTo(page, 'Username');
  await keyboard.type('user_otp');
  await tabTo(page, 'Password');
  await keyboard.type(PASSWORD);
  await keyboard.press('Enter');
  await heading(/Enter the code/);
  await tabTo(page, 'One-time code');
  await keyboard.type('123456');
  await keyboard.press('Enter');
  await heading(/Choose accounts/);
  await tabTo(page, 'Everyday Current');
  await keyboard.press('Space');
  await tabTo(page, 'Connect');
  await keyboard.press('Enter');
  await heading(/You are connected/);
  await keyboard.press('Escape');
  await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
});
