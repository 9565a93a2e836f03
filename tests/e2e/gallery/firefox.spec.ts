/** The main story in Firefox, in the real window, by keyboard alone, each screen looked at by axe. */

import type { Browser, Frame, Page } from 'puppeteer-core';
import { axeIn, focusedIn, startFirefox, windowOf } from '../helpers/firefox.ts';
import { expect, test } from '../helpers/world.ts';

let firefox: Browser;
test.beforeAll(async () => {
  firefox = await startFirefox();
});
test.afterAll(async () => {
  await firefox?.close();
});

/** Waits until what has the focus is called so. */
async function arrive(frame: Frame, name: RegExp): Promise<void> {
  await expect.poll(() => focusedIn(frame), { timeout: 20_000 }).toMatch(name);
}

async function tabTo(page: Page, frame: Frame, name: RegExp): Promise<void> {
  const met: string[] = [];
  for (let pressed = 0; pressed < 60; pressed++) {
    await page.keyboard.press('Tab');
    const now = await focusedIn(frame);
    if (name.test(now)) return;
    met.push(now);
  }
  throw new Error(`Tab never came to ${name}; it went ${met.join(', ')}`);
}

async function screen(frame: Frame, name: string): Promise<void> {
  const { faults, passes } = await axeIn(frame);
  expect.soft(faults, `axe in Firefox on ${name}`).toEqual([]);
  expect.soft(passes).toBeGreaterThan(5);
}

test('the main story in Firefox, by keyboard', async ({ world }) => {
  test.setTimeout(120_000);
  const page = await firefox.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(`${world.shop.url}/`);
  const opener = await page.waitForSelector('button:not([disabled])');
  await opener!.focus();
  await page.keyboard.press('Enter');
  const frame = await windowOf(page);
  await arrive(frame, /^h1 Moringa Market asks to see/);
  await screen(frame, 'consent');
  await tabTo(page, frame, /^button Continue$/);
  await page.keyboard.press('Enter');

  await arrive(frame, /^h1 Choose your bank/);
  await screen(frame, 'banks');
  await tabTo(page, frame, /^input Search banks/);
  await page.keyboard.type('Sterling');
  await tabTo(page, frame, /^button Sterling Bank/);
  await page.keyboard.press('Enter');

  await arrive(frame, /^h1 Sign in to Sterling Bank/);
  await screen(frame, 'sign-in');
  await tabTo(page, frame, /^input Username/);
  await page.keyboard.type('user_otp');
  await tabTo(page, frame, /^input Password/);
  await page.keyboard.type('pass_good');
  await page.keyboard.press('Enter');

  await arrive(frame, /^h1 Enter the code/);
  await tabTo(page, frame, /^input One-time code/);
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  // The field that is wrong has the focus again, and is described by what is wrong.
  await frame.waitForFunction(() => {
    const root = document.querySelector('egusi-widget')!.shadowRoot!;
    const field = root.activeElement;
    const why = root.getElementById(field?.getAttribute('aria-describedby')?.split(' ').at(-1) ?? '');
    return field?.getAttribute('aria-invalid') === 'true' && why?.textContent?.includes('2 tries left');
  });
  await screen(frame, 'a wrong code');
  await page.keyboard.type('123456');
  await page.keyboard.press('Enter');

  await arrive(frame, /^h1 Choose accounts to share/);
  await screen(frame, 'accounts');
  await tabTo(page, frame, /^input .*Everyday Current/);
  await page.keyboard.press(' ');
  await tabTo(page, frame, /^button Connect$/);
  await page.keyboard.press('Enter');

  await arrive(frame, /^h1 You are connected/);
  await screen(frame, 'done');
  await tabTo(page, frame, /^button Done$/);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.querySelector('iframe:not([aria-hidden])'));
  const home = await page.evaluate(() => document.activeElement?.textContent?.trim());
  expect(home, 'the focus is back where it came from').toBe('Connect your bank');
});
