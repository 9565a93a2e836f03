/** Every scenario of the sandbox from the first word to the last, without a mouse. */

import type { Page } from '@playwright/test';
import { heardNames } from '../helpers/host-page.ts';
import { arrive, focused, press, pressLast, tabTo, write } from '../helpers/keyboard.ts';
import { alert, inside, openWith, PASSWORD } from '../helpers/walk.ts';
import { expect, test } from '../helpers/world.ts';

const BANK = 'Sterling Bank';

async function toBank(page: Page, bank = BANK): Promise<void> {
  await arrive(page, /asks to see your bank account/);
  await press(page, 'Continue');
  await chooseBank(page, bank);
}

async function chooseBank(page: Page, bank = BANK): Promise<void> {
  await arrive(page, 'Choose your bank');
  await write(page, 'Search banks', bank);
  await press(page, new RegExp(`^${bank}`));
  await arrive(page, /^Sign in to/);
}

async function signIn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await write(page, 'Username', username);
  await write(page, 'Password', password);
  // As most people do: from the field, without looking for the button.
  await page.keyboard.press('Enter');
}

async function begin(page: Page, world: any, username: string, options: object = {}): Promise<void> {
  await openWith(page, world, options);
  await toBank(page);
  await signIn(page, username);
}

async function share(page: Page, name: RegExp): Promise<void> {
  await arrive(page, 'Choose accounts to share');
  await tabTo(page, name);
  await page.keyboard.press('Space');
  await press(page, 'Connect', 'Space');
  await end(page);
}

async function end(page: Page): Promise<void> {
  await arrive(page, 'You are connected');
  await pressLast(page, 'Done');
  await expect(page.locator('iframe:not([aria-hidden])')).toHaveCount(0);
  expect(await heardNames(page)).toEqual(['onSuccess', 'onClose']);
}

async function code(page: Page): Promise<void> {
  await arrive(page, 'Enter the code');
  await write(page, 'One-time code', '123456');
  await page.keyboard.press('Enter');
}

for (const username of ['user_good', 'user_single', 'user_noavailable', 'user_ledgeronly', 'user_slow', 'user_expired', 'user_push']) {
  test(`${username} by keyboard`, async ({ page, world }) => {
    await begin(page, world, username);
    if (username === 'user_push') await arrive(page, "Approve in your bank's app");
    await share(page, /ending \d{4}/);
  });
}

test('user_otp by keyboard: a wrong code, then the right one', async ({ page, world }) => {
  await begin(page, world, 'user_otp');
  await arrive(page, 'Enter the code');
  await write(page, 'One-time code', '000000');
  await page.keyboard.press('Enter');
  await expect(alert(page)).toContainText('2 tries left');
  // The field that is wrong has the focus, so that one can type at once.
  await expect.poll(async () => (await focused(page)).name).toBe('One-time code');
  await page.keyboard.type('123456');
  await page.keyboard.press('Enter');
  await share(page, /Everyday Current/);
});

test('a wrong password by keyboard', async ({ page, world }) => {
  await openWith(page, world, {});
  await toBank(page);
  await signIn(page, 'user_good', 'pass_wrong');
  await expect(alert(page)).toContainText('did not accept');
  await expect.poll(async () => (await focused(page)).name).toBe('Password');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await share(page, /Everyday Current/);
});

test('user_question by keyboard', async ({ page, world }) => {
  await begin(page, world, 'user_question');
  for (const [question, answer] of [['In which city were you born?', 'lagos'], ["What is your mother's first name?", 'amara']]) {
    await expect(inside(page).getByLabel(question!)).toBeVisible();
    await arrive(page, 'One question from your bank');
    await write(page, question!, answer!);
    await page.keyboard.press('Enter');
  }
  await share(page, /Everyday Current/);
});

test('user_pin by keyboard', async ({ page, world }) => {
  await begin(page, world, 'user_pin');
  await arrive(page, 'Enter your PIN');
  await write(page, 'PIN', '1234');
  await page.keyboard.press('Enter');
  await share(page, /Everyday Current/);
});

for (const [username, heading] of [['user_device', 'Choose a device'], ['user_choice', 'Choose one']] as const) {
  test(`${username} by keyboard: arrows choose`, async ({ page, world }) => {
    await begin(page, world, username);
    await arrive(page, heading);
    const names = await inside(page).locator('.account').allInnerTexts();
    await tabTo(page, names[0]!.trim());
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await expect(inside(page).locator('.account').nth(1).getByRole('radio')).toBeChecked();
    if (username === 'user_choice') await page.keyboard.press('ArrowUp');
    await press(page, 'Continue');
    await code(page);
    await share(page, /Everyday Current/);
  });
}

test('user_image by keyboard: who cannot see it goes back', async ({ page, world }) => {
  await begin(page, world, 'user_image');
  await arrive(page, 'Look at the picture');
  await tabTo(page, 'Back', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await arrive(page, /^Sign in to/);
});

test('user_many by keyboard: figures are hidden, two of twelve are ticked', async ({ page, world }) => {
  await begin(page, world, 'user_many');
  await arrive(page, 'Choose accounts to share');
  await press(page, 'Hide figures', 'Space');
  for (const name of [/Dollar Domiciliary/, /حساب التوفير/]) {
    await tabTo(page, name);
    await page.keyboard.press('Space');
  }
  await expect(inside(page).locator('input:checked')).toHaveCount(2);
  await press(page, 'Connect');
  await end(page);
});

test('user_many by keyboard: one account where the host wants one', async ({ page, world }) => {
  await begin(page, world, 'user_many', { selection_type: 'single' });
  await arrive(page, 'Choose accounts to share');
  await tabTo(page, /ending 1051/);
  await page.keyboard.press('ArrowDown');
  await expect(inside(page).locator('input:checked')).toHaveCount(1);
  await press(page, 'Connect');
  await end(page);
});

test('user_low by keyboard', async ({ page, world }) => {
  await begin(page, world, 'user_low', { charge: { amount: 50_000, currency: 'NGN' } });
  await share(page, /Everyday Current/);
});

test('user_redirect by keyboard: the page of the bank opens, and the window goes on', async ({ page, world }) => {
  await begin(page, world, 'user_redirect');
  await arrive(page, /asks you itself/);
  const opening = page.waitForEvent('popup');
  await press(page, /^Continue to/);
  const bank = await opening;
  await bank.getByRole('button', { name: /approve|allow/i }).press('Enter');
  await share(page, /Everyday Current/);
});

test('a bank that is dialled, by keyboard', async ({ page, world }) => {
  await openWith(page, world, {});
  await toBank(page, 'Zenith Bank');
  await press(page, 'Dial a code', 'Space');
  await tabTo(page, 'Username');
  await page.keyboard.type('user_good');
  await page.keyboard.press('Enter');
  await arrive(page, 'Dial the code on your phone');
  await share(page, /Everyday Current/);
});

for (const [username, sentence, way, heading] of [
  ['user_noaccounts', 'no account at', 'Choose another bank', 'Choose your bank'],
  ['user_corporate', 'business account', 'Sign in again', /^Sign in to/],
  ['user_locked', 'has locked', 'Choose another bank', 'Choose your bank'],
  ['error_down', 'not answering', 'Choose another bank', 'Choose your bank'],
  ['error_maintenance', 'maintenance', 'Try again', /^Sign in to/],
  ['error_malformed', 'could not be read', 'Try again', /^Sign in to/],
  ['error_timeout', 'took too long', 'Try again', /^Sign in to/],
] as const) {
  test(`${username} by keyboard: told, and a way on`, async ({ page, world }) => {
    await begin(page, world, username);
    await arrive(page, 'That did not work');
    await expect(alert(page)).toContainText(sentence);
    await press(page, way);
    await arrive(page, heading);
  });
}

test('error_flaky by keyboard: the third try gets through', async ({ page, ownWorld: world }) => {
  await begin(page, world, 'error_flaky');
  for (let again = 0; again < 2; again++) {
    await arrive(page, 'That did not work');
    await press(page, 'Try again');
    await arrive(page, /^Sign in to/);
    await write(page, 'Password', PASSWORD);
    await page.keyboard.press('Enter');
  }
  await share(page, /ending \d{4}/);
});

test('a bank that is down, then a degraded one, by keyboard', async ({ page, world }) => {
  await openWith(page, world, {});
  await arrive(page, /asks to see your bank account/);
  await press(page, 'Continue');
  await arrive(page, 'Choose your bank');
  await write(page, 'Search banks', 'Egusi D');
  await press(page, /^Egusi Down Bank/);
  await expect(alert(page)).toContainText('Egusi Down Bank');
  await tabTo(page, 'Search banks', 'Shift+Tab');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Egusi Degraded');
  await press(page, /^Egusi Degraded Bank/);
  await arrive(page, /^Sign in to/);
  await signIn(page, 'user_good');
  await share(page, /Everyday Current/);
});

test('Escape asks, takes the question back, and ends where nothing is lost; the focus goes home', async ({ page, world }) => {
  await page.goto(`${world.shop.url}/`);
  const opener = page.getByRole('button', { name: 'Connect your bank' });
  await opener.and(page.locator(':enabled')).waitFor();
  await opener.focus();
  await page.keyboard.press('Enter');
  await toBank(page);
  await signIn(page, 'user_otp');
  await arrive(page, 'Enter the code');
  await page.keyboard.press('Escape');
  await arrive(page, 'Leave now?');
  // What lies beneath cannot be reached.
  await tabTo(page, 'Stay');
  await tabTo(page, 'Leave');
  await page.keyboard.press('Escape');
  await arrive(page, 'Enter the code');
  await page.keyboard.press('Escape');
  await arrive(page, 'Leave now?');
  await pressLast(page, 'Leave');
  await expect(page.locator('iframe:not([aria-hidden])')).toHaveCount(0);
  await expect(opener).toBeFocused();
});
