/** Every scenario of the sandbox, as a customer meets it, on a desktop and on a telephone. */

import { events, heardNames } from './helpers/host-page.ts';
import { picture } from './helpers/pictures.ts';
import { account, agree, alert, answerCode, button, chooseBank, connected, finish, heading, inside } from './helpers/walk.ts';
import { openWith, share, signIn, walkToBank } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

test('user_good: two accounts, and every step is told', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_good');
  await expect(account(page, /Rainy Day Savings.*ending 1002/)).toBeVisible();
  await share(page, /Everyday Current/);
  await connected(page);
  await picture(page, 'user_good', 'done');
  await finish(page);
  await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
  expect((await events(page)).map(({ event_name }) => event_name)).toEqual([
    'OPENED', 'CONSENT_GIVEN', 'INSTITUTION_SELECTED', 'CREDENTIALS_SUBMITTED', 'ACCOUNTS_SHOWN', 'ACCOUNTS_SUBMITTED',
    'CONNECTED', 'CLOSED',
  ]);
});

test('user_otp: a wrong code says how many tries are left, a new one can be asked for later', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_otp');
  await expect(inside(page).getByRole('button', { name: /New code in 0:/ })).toBeDisabled();
  await answerCode(page, '000000');
  await expect(alert(page)).toContainText('2 tries left');
  await picture(page, 'user_otp', 'wrong-code');
  await answerCode(page, '123 456');
  await share(page, /Everyday Current/);
  await connected(page);
});

test('user_otp: three wrong codes end the attempt, and the way back keeps the username', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_otp');
  for (const code of ['000000', '111111', '222222']) await answerCode(page, code);
  await expect(alert(page)).toContainText('tried too often');
  await picture(page, 'user_otp', 'too-many');
  await button(page, 'Sign in again').click();
  await expect(inside(page).getByLabel('Username')).toHaveValue('user_otp');
  await expect(inside(page).getByLabel('Password')).toHaveValue('');
  await signIn(page, 'user_otp');
  await answerCode(page);
  await share(page, /Everyday Current/);
  await connected(page);
});

test('user_question: two questions, one after the other', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_question');
  await inside(page).getByLabel('In which city were you born?').fill('Lagos');
  await picture(page, 'user_question', 'first');
  await button(page, 'Continue').click();
  const second = inside(page).getByLabel("What is your mother's first name?");
  await expect(second).toHaveValue('');
  await expect(inside(page).getByRole('heading', { level: 1 })).toBeFocused();
  await second.fill('amara');
  await button(page, 'Continue').click();
  await share(page, /Everyday Current/);
  await connected(page);
});

test('user_pin: a PIN is hidden while typed', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_pin');
  const pin = inside(page).getByLabel('PIN');
  await expect(pin).toHaveAttribute('type', 'password');
  await picture(page, 'user_pin', 'pin');
  await pin.fill('1234');
  await button(page, 'Continue').click();
  await share(page, /Everyday Current/);
  await connected(page);
});

test('user_device: a device is chosen, then its code', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_device');
  await expect(inside(page).getByRole('radio')).toHaveCount(3);
  await inside(page).getByRole('radio').nth(1).check();
  await picture(page, 'user_device', 'devices');
  await button(page, 'Continue').click();
  await answerCode(page);
  await share(page, /Current/);
  await connected(page);
});

test('user_push: the customer approves in the app of the bank', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_push');
  await expect(heading(page, "Approve in your bank's app")).toBeVisible();
  await picture(page, 'user_push', 'approve');
  await share(page, /Everyday Current/);
  await connected(page);
});

test('user_many: accounts of many kinds and currencies, and figures that can be hidden', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_many');
  await expect(inside(page).getByRole('checkbox')).toHaveCount(12);
  const names = await inside(page).locator('label.account').allInnerTexts();
  const text = names.join('\n');
  for (const figure of ['1,500,340.10', '-48,250.35', '420,500', '90.005', 'حساب التوفير', 'overdrawn']) {
    expect(text).toContain(figure);
  }
  await picture(page, 'user_many', 'accounts');
  await button(page, 'Hide figures').click();
  await expect(inside(page).getByText('1,500,340.10')).toHaveCount(0);
  await picture(page, 'user_many', 'hidden');
  await button(page, 'Show figures').click();
  await account(page, /Dollar Domiciliary/).check();
  await account(page, /حساب التوفير/).check();
  await button(page, 'Connect').click();
  await connected(page);
});

test('user_many: one account where the host wants one', async ({ page, world }) => {
  await openWith(page, world, { selection_type: 'single', connectMessage: 'Which account pays the rent?' });
  await walkToBank(page, 'user_many');
  await expect(inside(page).getByText('Which account pays the rent?')).toBeVisible();
  await expect(inside(page).getByRole('checkbox')).toHaveCount(0);
  await inside(page).getByRole('radio', { name: /Everyday Current.*1051/ }).check();
  await inside(page).getByRole('radio', { name: /Dollar Domiciliary.*1058/ }).check();
  await expect(inside(page).locator('input:checked')).toHaveCount(1);
  await picture(page, 'user_many', 'single');
  await button(page, 'Connect').click();
  await connected(page);
});

test('user_single: exactly one account', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_single');
  await expect(inside(page).getByRole('checkbox')).toHaveCount(1);
  await share(page, /Everyday Savings.*1071/);
  await connected(page);
});

test('user_noaccounts: nothing to share, and another bank is offered', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_noaccounts');
  await expect(alert(page)).toContainText('no account at Sterling Bank that can be shared');
  await picture(page, 'user_noaccounts', 'none');
  await button(page, 'Choose another bank').click();
  await expect(heading(page, 'Choose your bank')).toBeVisible();
});

test('user_noavailable: the available figure is worked out, and says so', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_noavailable');
  const row = inside(page).locator('label.account');
  await expect(row).toContainText('219,999.50');
  await expect(row).toContainText('counting pending transactions');
  await expect(row).toContainText('250,000.00');
  await expect(inside(page).getByText(/^As of \d/)).toBeVisible();
  await picture(page, 'user_noavailable', 'derived');
});

test('user_ledgeronly: what the bank does not say is said', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_ledgeronly');
  await expect(inside(page).locator('label.account')).toContainText('does not say what is available');
  await picture(page, 'user_ledgeronly', 'unknown');
});

test('user_low: an account that holds less than the charge is marked, and can be taken all the same', async ({ page, world }) => {
  await openWith(page, world, { charge: { amount: 50_000, currency: 'NGN' }, garnish: true });
  await walkToBank(page, 'user_low');
  await expect(inside(page).locator('label.account')).toContainText('Holds less than needed');
  await account(page, /Everyday Current/).check();
  await expect(inside(page).getByRole('status').filter({ hasText: 'NGN 500.00' })).toContainText('the rest when it comes');
  await picture(page, 'user_low', 'low');
  await button(page, 'Choose another bank').click();
  await chooseBank(page);
  await signIn(page, 'user_low');
  await share(page, /Everyday Current/);
  await connected(page);
  const told = (await events(page)).map(({ event_name }) => event_name);
  expect(told.filter((name) => name === 'FUNDS_LOW')).toHaveLength(2);
});

test('user_slow: what happens is said while it happens', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_slow');
  await expect(inside(page).getByText('Signing in', { exact: true })).toBeVisible();
  await picture(page, 'user_slow', 'waiting');
  await expect(inside(page).getByText('Your bank is taking its time')).toBeVisible();
  await expect(account(page, /Everyday Current/)).toBeVisible({ timeout: 20_000 });
});

test('user_corporate: a business is refused unless it is wanted', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_corporate');
  await expect(alert(page)).toContainText('This is a business account');
  await picture(page, 'user_corporate', 'refused');
  await button(page, 'Sign in again').click();
  await expect(button(page, 'Sign in')).toBeVisible();
  await openWith(page, world, { isCorporate: true });
  await walkToBank(page, 'user_corporate');
  await inside(page).getByRole('checkbox').first().check();
  await button(page, 'Connect').click();
  await connected(page);
});

test('user_locked, user_expired and user_restricted', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_locked');
  await expect(alert(page)).toContainText('has locked this account');
  await picture(page, 'user_locked', 'locked');
  await button(page, 'Choose another bank').click();
  await chooseBank(page);
  await signIn(page, 'user_expired');
  await expect(account(page, /Everyday Current/)).toBeVisible();
  await button(page, 'Back').click();
  await signIn(page, 'user_restricted');
  await expect(inside(page).locator('label.account', { hasText: 'Closed' }).getByRole('checkbox')).toBeDisabled();
  await picture(page, 'user_restricted', 'barred');
});

test('user_choice and user_image: other questions a bank asks', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_image');
  const shown = inside(page).getByRole('img', { name: /picture from your bank/ });
  expect(await shown.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBeGreaterThan(20);
  await picture(page, 'user_image', 'image');
  await button(page, 'Back').click();
  await signIn(page, 'user_choice');
  await inside(page).getByRole('radio').first().check();
  await picture(page, 'user_choice', 'choice');
  await button(page, 'Continue').click();
  await answerCode(page);
  await expect(inside(page).getByRole('checkbox').first()).toBeVisible();
});

for (const [username, sentence, way] of [
  ['error_down', 'is not answering right now', 'Choose another bank'],
  ['error_maintenance', 'closed for maintenance', 'Choose another bank'],
  ['error_malformed', 'sent an answer that could not be read', 'Try again'],
] as const) {
  test(`${username}: its own sentence, and a way on`, async ({ page, world }) => {
    await openWith(page, world, {});
    await walkToBank(page, username);
    await expect(alert(page)).toContainText(`Sterling Bank`);
    await expect(alert(page)).toContainText(sentence);
    await expect(inside(page).getByText(/quote [0-9A-Z]{4}-[0-9A-Z]{4} · /)).toBeVisible();
    await picture(page, username, 'problem');
    const first = inside(page).locator('.foot button').first();
    await expect(first).toHaveText(way);
    await first.click();
    await expect(heading(page, /Choose your bank|Sign in to/)).toBeVisible();
  });
}

test('error_flaky: the third try gets through', async ({ page, ownWorld: world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'error_flaky');
  for (let again = 0; again < 2; again++) {
    await expect(alert(page)).toContainText('The line to Sterling Bank broke');
    if (again === 0) await picture(page, 'error_flaky', 'broke');
    await button(page, 'Try again').click();
    await signIn(page, 'error_flaky');
  }
  await expect(inside(page).getByRole('checkbox').first()).toBeVisible();
});

test('error_timeout: after ten seconds it says why, and at the limit it stops with a way on', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'error_timeout');
  await expect(inside(page).getByText('Sterling Bank takes longer than usual')).toBeVisible({ timeout: 15_000 });
  await picture(page, 'error_timeout', 'slow');
  await expect(alert(page)).toContainText('took too long', { timeout: 15_000 });
  await picture(page, 'error_timeout', 'stopped');
  await button(page, 'Try again').click();
  await expect(inside(page).getByLabel('Username')).toHaveValue('error_timeout');
});

test('a degraded bank warns before the password, one that is down offers the others', async ({ page, world }) => {
  await openWith(page, world, {});
  await agree(page);
  const search = inside(page).getByRole('searchbox', { name: 'Search banks' });
  await search.fill('Egusi Down');
  const down = inside(page).getByRole('button', { name: /^Egusi Down Bank/ });
  await expect(down).toBeDisabled();
  await down.click({ force: true });
  await expect(alert(page)).toContainText('Egusi Down Bank is not answering right now. Another bank may work.');
  await picture(page, 'health', 'down');
  await chooseBank(page, 'Egusi Degraded Bank');
  await expect(inside(page).getByText('is slow today')).toBeVisible();
  await picture(page, 'health', 'degraded');
  await signIn(page, 'user_good');
  await share(page, /Everyday Current/);
  await connected(page);
});

test('a bank with several ways to sign in', async ({ page, world }) => {
  await openWith(page, world, {});
  await agree(page);
  await chooseBank(page, 'Zenith Bank');
  await inside(page).getByLabel('Username').fill('user_good');
  await picture(page, 'methods', 'internet');
  await button(page, 'Dial a code').click();
  await expect(inside(page).getByLabel('Username')).toHaveValue('user_good');
  await expect(inside(page).getByLabel('Password')).toHaveCount(0);
  await picture(page, 'methods', 'dial');
  await button(page, 'I have dialled it').click();
  await expect(heading(page, 'Dial the code on your phone')).toBeVisible();
  await share(page, /Everyday Current/);
  await connected(page);
});
