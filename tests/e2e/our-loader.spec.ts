/** The main story with our own loader: a customer of a shop connects a bank account. */

import type { Page } from '@playwright/test';
import { expectConnection } from './helpers/connection.ts';
import { heard, heardNames } from './helpers/host-page.ts';
import { logged, loggedNames } from './helpers/shop-page.ts';
import { countListeners, traces } from './helpers/traces.ts';
import { account, agree, answerCode, button, chooseBank, dialog, finish, inside } from './helpers/walk.ts';
import { openFromShop, openWith, pressLast, share, signIn, walkToBank } from './helpers/walk.ts';
import { expect, test, type World } from './helpers/world.ts';

test('from the button to the balance that the shop reads', async ({ page, world }) => {
  await countListeners(page);
  await page.goto(`${world.shop.url}/`);
  const start = page.getByRole('button', { name: 'Connect your bank' });
  await expect(start).toBeEnabled();
  await start.focus();
  const before = await traces(page);

  await start.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await walkToBank(page, 'user_good');
  await share(page, /Everyday Current.*1001/);
  await expect(button(page, 'Done')).toBeVisible();
  // The host hears of the success while the window is still open.
  await expect.poll(() => loggedNames(page)).toEqual(['onSuccess']);
  await finish(page);

  await expect.poll(() => loggedNames(page)).toEqual(['onSuccess', 'onClose']);
  const [success, close] = await logged(page);
  expectConnection(success!.given);
  expect(success!.given.accounts[0]).toMatchObject({ ledger_balance: 10_045_210.75, available_balance: 10_012_345.67 });
  expect(close!.given).toBeUndefined();
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(await traces(page)).toEqual(before);

  const shown = page.getByTestId('balance').getByRole('listitem');
  await expect(shown).toHaveCount(1);
  await expect(shown).toContainText('₦10,012,345.67');
  await expect(shown).toContainText('ledger ₦10,045,210.75');
  await expect(page.getByRole('status')).toHaveText('Your account covers this order.');
});

test('a wrong code is said, the right one goes on', async ({ page, world }) => {
  await openFromShop(page, world);
  await walkToBank(page, 'user_otp');
  await answerCode(page, '000000');
  await expect(inside(page).getByRole('alert')).toHaveText(/not the right/);
  await expect(inside(page).getByLabel('One-time code')).toHaveValue('');
  await answerCode(page);
  await share(page, /Everyday Current/);
  await finish(page);
  await expect.poll(() => loggedNames(page)).toEqual(['onSuccess', 'onClose']);
});

test('a balance that the bank does not give is worked out, beside the ledger', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_noavailable');
  const row = inside(page).locator('label', { has: account(page, /Current/) }).first();
  await expect(row).toContainText('219,999.50');
  await expect(row).toContainText('250,000.00');
  await share(page, /Current/);
  await expect.poll(() => heardNames(page)).toContain('onSuccess');
  const success = (await heard(page)).find(({ name }) => name === 'onSuccess');
  expect(success!.given[0].accounts[0]).toMatchObject({ ledger_balance: 250_000, available_balance: 219_999.5 });
});

test('a wrong password is said; the user name stays, the password does not', async ({ page, world }) => {
  await openFromShop(page, world);
  await walkToBank(page, 'user_good', 'not-the-password');
  await expect(inside(page).getByRole('alert')).toHaveText(/did not accept/);
  await expect(inside(page).getByLabel('Username', { exact: true })).toHaveValue('user_good');
  await expect(inside(page).getByLabel('Password', { exact: true })).toHaveValue('');
  await signIn(page, 'user_good');
  await expect(account(page, /Everyday Current/)).toBeVisible();
});

test('a bank that is down leads to another one', async ({ page, world }) => {
  await openFromShop(page, world);
  await walkToBank(page, 'error_down');
  await button(page, 'Choose another bank').click();
  await chooseBank(page, 'Kuda');
  await signIn(page, 'user_good');
  await share(page, /Everyday Current/);
  await finish(page);
  await expect.poll(() => loggedNames(page)).toEqual(['onSuccess', 'onClose']);
});

test('without showBalance there is no figure in the window', async ({ page, world }) => {
  await openWith(page, world, { showBalance: false });
  await walkToBank(page, 'user_good');
  await expect(account(page, /Everyday Current.*1001/)).toBeVisible();
  const digits = await inside(page)
    .locator(':root')
    .evaluate((root) => {
      // Text and attributes, inside shadow roots too.
      const read = (node: Node): string => {
        if (!(node instanceof Element)) return node.nodeType === Node.TEXT_NODE ? node.nodeValue! : '';
        const attributes = [...node.attributes].map(({ value }) => value);
        const children = [...node.childNodes, ...(node.shadowRoot?.childNodes ?? [])];
        return [...attributes, ...children.map(read)].join(' ');
      };
      return read(root).replace(/[\s.,]/g, '');
    });
  expect(digits).toContain('1001');
  for (const figure of ['10045210', '10012345', '1234567']) expect(digits).not.toContain(figure);
});

for (const [what, reload] of [
  ['the window', (page: Page) => inside(page).locator(':root').evaluate(() => location.reload())],
  ['the page', async (page: Page, world: World) => void (await openWith(page, world, {}))],
] as const) {
  test(`a reload of ${what} goes on where the customer stood`, async ({ page, world }) => {
    await openWith(page, world, {});
    await walkToBank(page, 'user_good');
    await expect(account(page, /Everyday Current/)).toBeVisible();
    await reload(page, world);
    await share(page, /Everyday Current/);
    await finish(page);
    await expect(page.locator('iframe')).toHaveCount(0);
    expect((await heardNames(page)).filter((name) => name === 'onSuccess' || name === 'onClose')).toEqual(['onSuccess', 'onClose']);
  });
}

test('each step is told with every key, and with nothing that was typed', async ({ page, world }) => {
  await openWith(page, world, {});
  await walkToBank(page, 'user_good');
  await share(page, /Everyday Current/);
  await finish(page);
  await expect.poll(() => heardNames(page)).toContain('onClose');
  const events = (await heard(page)).filter(({ name }) => name === 'onEvent').map(({ given }) => given[0]);
  const names = events.map(({ event_name }) => event_name);
  expect([names[0], names.at(-1)]).toEqual(['OPENED', 'CLOSED']);
  expect(names).toEqual(expect.arrayContaining(['CONSENT_GIVEN', 'INSTITUTION_SELECTED', 'ACCOUNTS_SUBMITTED', 'CONNECTED']));
  const keys = ['accounts', 'challenge', 'event', 'event_name', 'institution_id', 'institution_name', 'method'];
  keys.push('problem', 'remedy', 'session_id', 'step', 'timestamp');
  for (const event of events) expect(Object.keys(event).sort()).toEqual(keys);
  expect(JSON.stringify(events)).not.toMatch(/user_good|pass_good/);
});

test('closing on the way tells onClose and nothing else', async ({ page, world }) => {
  await openWith(page, world, {});
  await agree(page);
  await chooseBank(page);
  await expect(button(page, 'Sign in')).toBeVisible();
  await pressLast(page, 'Close');
  await expect(page.locator('iframe')).toHaveCount(0);
  const told = (await heard(page)).filter(({ name }) => name !== 'onEvent' && name !== 'beforeClose');
  expect(told).toEqual([{ name: 'onClose', given: [] }]);
});
