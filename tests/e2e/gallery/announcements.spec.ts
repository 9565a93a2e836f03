/** What a screen reader is told while the customer goes through the window, in a real browser. */

import type { Page } from '@playwright/test';
import { arrive } from '../helpers/keyboard.ts';
import { account, agree, alert, button, inside, openWith, signIn } from '../helpers/walk.ts';
import { expect, test } from '../helpers/world.ts';

/** One announcement: what was said, and where. */
interface Told {
  text: string;
  role: string;
  /** Whether a reader could have been listening there before. */
  wasThere: boolean;
  isHeard: boolean;
}

declare global {
  interface Window {
    announced: Told[];
  }
}

/** Keeps what the live regions say from now on. A region that comes together with its text is told of as such. */
async function listen(page: Page): Promise<void> {
  await expect(inside(page).getByRole('heading', { level: 1 })).toBeVisible();
  const frame = page.frames().find((frame) => frame !== page.mainFrame())!;
  await frame.evaluate(() => {
    window.announced = [];
    const root = document.querySelector('egusi-widget')!.shadowRoot!;
    const LIVE = '[role=alert], [role=status]';
    const known = new Set(root.querySelectorAll(LIVE));
    const said = new Map<Element, string>();
    const note = (): void => {
      for (const region of root.querySelectorAll(LIVE)) {
        const text = region.textContent!.trim() || (region.getAttribute('aria-label') ?? '');
        if (text && said.get(region) !== text) {
          const { display, visibility } = getComputedStyle(region);
          const isHeard = display !== 'none' && visibility === 'visible' && !region.closest('[aria-hidden=true], [inert]');
          window.announced.push({ text, role: region.getAttribute('role')!, wasThere: known.has(region), isHeard });
        }
        said.set(region, text);
        known.add(region);
      }
    };
    note();
    new MutationObserver(note).observe(root, { childList: true, characterData: true, subtree: true, attributes: true });
  });
}

async function announced(page: Page): Promise<Told[]> {
  return page.frames().find((frame) => frame !== page.mainFrame())!.evaluate(() => window.announced);
}

/** Waits until it was said, where a reader could hear it. */
async function hears(page: Page, text: RegExp, role: string): Promise<void> {
  const said = async () => (await announced(page)).filter((told) => text.test(told.text));
  await expect.poll(said, { message: `${text} is announced`, timeout: 20_000 }).not.toEqual([]);
  expect.soft((await said())[0]).toMatchObject({ role, wasThere: true, isHeard: true });
}

test('each step is told: by its heading, which has the focus, and by what changes on it', async ({ page, world }) => {
  await openWith(page, world, {});
  await arrive(page, /asks to see your bank account/);
  await listen(page);
  await agree(page);
  await arrive(page, 'Choose your bank');
  await inside(page).getByRole('searchbox').fill('sterl');
  await hears(page, /^\d+ banks? found$/, 'status');
  await inside(page).getByRole('searchbox').fill('qqqqqq');
  await hears(page, /No bank by that name/, 'status');
  await inside(page).getByRole('searchbox').fill('Sterling');
  await inside(page).getByRole('button', { name: /^Sterling Bank/ }).click();

  await arrive(page, 'Sign in to Sterling Bank');
  await signIn(page, 'user_otp', 'pass_wrong');
  await hears(page, /did not accept these details/, 'alert');
  await expect(inside(page).getByLabel('Password', { exact: true })).toBeFocused();
  const described = inside(page).getByLabel('Password', { exact: true });
  await expect(described).toHaveAccessibleDescription(/did not accept these details/);

  await signIn(page, 'user_otp');
  await arrive(page, 'Enter the code');
  await inside(page).getByLabel('One-time code').fill('000000');
  await button(page, 'Continue').click();
  await hears(page, /That was not the right answer\. 2 tries left/, 'alert');
  await expect(inside(page).getByLabel('One-time code')).toHaveAccessibleDescription(/2 tries left/);
  await inside(page).getByLabel('One-time code').fill('123456');
  await button(page, 'Continue').click();

  await arrive(page, 'Choose accounts to share');
  await account(page, /Everyday Current/).check();
  await button(page, 'Connect').click();
  await arrive(page, 'You are connected');
});

test('a bank that takes its time is told of where a reader listens already', async ({ page, world }) => {
  await openWith(page, world, {});
  await arrive(page, /asks to see your bank account/);
  await listen(page);
  await agree(page);
  await inside(page).getByRole('searchbox').fill('Sterling');
  await inside(page).getByRole('button', { name: /^Sterling Bank/ }).click();
  await signIn(page, 'error_timeout');
  await hears(page, /takes longer than usual/, 'status');
  await arrive(page, 'That did not work');
  await expect(alert(page)).toContainText('took too long');
});

test('what a picked account means is told when it is picked', async ({ page, world }) => {
  await openWith(page, world, { charge: { amount: 50_000, currency: 'NGN' } });
  await arrive(page, /asks to see your bank account/);
  await listen(page);
  await agree(page);
  await inside(page).getByRole('searchbox').fill('Sterling');
  await inside(page).getByRole('button', { name: /^Sterling Bank/ }).click();
  await signIn(page, 'user_low');
  await account(page, /Everyday Current/).check();
  await hears(page, /holds less than NGN 500\.00/, 'status');
});
