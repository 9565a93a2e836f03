/** Customers who were here before, and hosts that know the bank or the account. */

import { v3 } from './helpers/backend.ts';
import { heardNames } from './helpers/host-page.ts';
import { picture } from './helpers/pictures.ts';
import { account, agree, alert, button, chooseBank, connect, connected, finish, heading, inside } from './helpers/walk.ts';
import { openWith, share, signIn } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

const FIRST_ACCOUNT = '9901001001';

test('a customer who is named sees the bank of before and is asked for the password alone', async ({ page, ownWorld: world }) => {
  const first = await connect(page, world);
  await openWith(page, world, { customer: { id: first.customer_id } });
  await agree(page);
  await expect(inside(page).getByText('Connected before')).toBeVisible();
  await picture(page, 'returning', 'banks');
  await inside(page).getByRole('button', { name: /^Sterling Bank/ }).first().click();
  await expect(heading(page, 'Sign in to Sterling Bank again')).toBeVisible();
  await expect(inside(page).getByLabel('Username')).toHaveCount(0);
  await picture(page, 'returning', 'password-alone');
  await inside(page).getByLabel('Password', { exact: true }).fill('not-the-password');
  await button(page, 'Sign in').click();
  await expect(alert(page)).toContainText('did not accept these details');
  await inside(page).getByLabel('Password', { exact: true }).fill('pass_good');
  await button(page, 'Sign in').click();
  await share(page, /Everyday Current/);
  await connected(page);
  await finish(page);
  const { data: records } = await v3(world.egusi.url, world.company.sandbox.secret_key, 'records');
  const { data: customers } = await v3(world.egusi.url, world.company.sandbox.secret_key, 'customers');
  expect([records.length, customers.length]).toEqual([1, 1]);
});

test('a customer nobody knows meets the usual way', async ({ page, world }) => {
  await openWith(page, world, { customer: { bvn: '22999999999' } });
  await agree(page);
  await expect(inside(page).getByText('Connected before')).toHaveCount(0);
  await chooseBank(page);
  await signIn(page, 'user_good');
  await expect(account(page, /Everyday Current/)).toBeVisible();
});

test('the quick way: bank and account are known, the password is all that is asked', async ({ page, ownWorld: world }) => {
  await connect(page, world);
  await openWith(page, world, { reauth_bank: 'sterling-bank', reauth_account: FIRST_ACCOUNT });
  await expect(heading(page, 'Sign in to Sterling Bank again')).toBeVisible();
  await expect(inside(page).getByText('Moringa Market asks for the account ending 1001.')).toBeVisible();
  await picture(page, 'returning', 'quick');
  await inside(page).getByLabel('Password', { exact: true }).fill('pass_good');
  await button(page, 'Sign in').click();
  await expect(account(page, /Everyday Current.*1001/)).toBeChecked();
  await expect(account(page, /Rainy Day Savings.*1002/)).toBeDisabled();
  await picture(page, 'returning', 'one-account');
  await button(page, 'Connect').click();
  await connected(page);
});

test('somebody else on the quick way agrees first, and signs in as themselves', async ({ page, ownWorld: world }) => {
  await connect(page, world);
  await openWith(page, world, { reauth_bank: 'sterling-bank', reauth_account: FIRST_ACCOUNT });
  await button(page, 'Sign in as somebody else').click();
  await agree(page);
  await signIn(page, 'user_single');
  await expect(alert(page)).toContainText('The account ending 1001, which Moringa Market asks for, is not among the accounts');
  await picture(page, 'returning', 'mismatch');
});

test('open at a given bank: from the consent straight to its form', async ({ page, world }) => {
  await openWith(page, world, { institution: 'zenith-bank' });
  await agree(page);
  await expect(heading(page, 'Sign in to Zenith Bank')).toBeVisible();
  await button(page, 'Back').click();
  await chooseBank(page);
  await expect(heading(page, 'Sign in to Sterling Bank')).toBeVisible();
});

test('open at a bank that is down: another one is offered', async ({ page, world }) => {
  await openWith(page, world, { institution: 'egusi-down-bank' });
  await agree(page);
  await expect(heading(page, 'Choose your bank')).toBeVisible();
  await expect(alert(page)).toContainText('Egusi Down Bank is not answering right now. Another bank may work.');
});

test('a filter names the banks, and no other can be found', async ({ page, world }) => {
  await openWith(page, world, { filter: { industry_type: 'all', banks: ['access-bank', 'kuda-bank'] } });
  await agree(page);
  await expect(inside(page).getByRole('button', { name: /Bank/ })).toHaveText([/^Access Bank/, /^Kuda Bank/]);
  await inside(page).getByRole('searchbox', { name: 'Search banks' }).fill('zenith');
  await expect(inside(page).getByText('No bank by that name')).toBeVisible();
});

test('a link whose last day is over says so', async ({ page, world }) => {
  await openWith(page, world, { exp: '2020-01-01' });
  await expect(alert(page)).toContainText('The time in which this could be done is over');
  await picture(page, 'refused', 'expired');
  await button(page, 'Close').first().click();
  await expect.poll(() => heardNames(page)).toEqual(['onError', 'onClose']);
});
