/** Every screen: checked by axe, and kept as a picture for people to look at. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { heardNames } from './helpers/host-page.ts';
import { account, agree, answerCode, button, CODE, dialog, finish, inside, openFromShop } from './helpers/walk.ts';
import { BANK, openWith, PASSWORD, signIn, walkToBank } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

let shown = 0;

/** One screen of the story, in its order. */
async function screen(page: Page, name: string, number = ++shown): Promise<void> {
  const project = test.info().project.name;
  await page.screenshot({ path: `artefacts/screens/${project}-${number}-${name}.png` });
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  const faults = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  expect(faults, `axe on ${name}`).toEqual([]);
  // A rule that looked into the frame, or the check would say nothing about the window.
  const looked = passes.some(({ nodes }) => nodes.some(({ target }) => target.length > 1));
  expect(looked, `axe looked into the window on ${name}`).toBe(true);
}

test('the screens of the main story', async ({ page, world }) => {
  shown = 0;
  await openFromShop(page, world);
  await expect(dialog(page)).toBeVisible();
  await expect(button(page, 'Continue')).toBeVisible();
  await screen(page, 'consent');

  await agree(page);
  const search = inside(page).getByRole('searchbox', { name: 'Search banks' });
  await expect(inside(page).getByRole('button', { name: /Bank/ }).first()).toBeVisible();
  await screen(page, 'banks');
  await search.fill('ste');
  await expect(inside(page).getByRole('button', { name: new RegExp(`^${BANK}`) })).toBeVisible();
  await screen(page, 'search');

  await inside(page).getByRole('button', { name: new RegExp(`^${BANK}`) }).click();
  await expect(button(page, 'Sign in')).toBeVisible();
  await screen(page, 'sign-in');
  await signIn(page, 'user_otp', 'not-the-password');
  await expect(inside(page).getByRole('alert')).toBeVisible();
  await screen(page, 'wrong-password');

  await signIn(page, 'user_otp', PASSWORD);
  await expect(inside(page).getByLabel('One-time code')).toBeVisible();
  await screen(page, 'code');
  await answerCode(page, CODE);
  await expect(account(page, /Everyday Current/)).toBeVisible();
  await account(page, /Everyday Current/).check();
  await screen(page, 'accounts');
  if (process.env.EGUSI_UPDATE_IMAGES === '1' && test.info().project.name === 'desktop') {
    await page.screenshot({ path: 'docs/images/modal.png' });
  }

  await button(page, 'Connect').click();
  await expect(button(page, 'Done')).toBeVisible();
  await screen(page, 'done');
  await finish(page);
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('the screens of what can go wrong', async ({ page, world }) => {
  await openFromShop(page, world);
  await walkToBank(page, 'error_down');
  await expect(button(page, 'Choose another bank')).toBeVisible();
  await screen(page, 'bank-down', 21);

  await openWith(page, world, { env: 'staging' });
  await expect.poll(() => heardNames(page)).toEqual(['onError']);
  await expect(inside(page).getByText(/staging/)).toBeVisible();
  await screen(page, 'refused', 22);
});

test('the screens of a customer with many accounts, in the dark', async ({ page, world }) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await openFromShop(page, world);
  await expect(button(page, 'Continue')).toBeVisible();
  await screen(page, 'consent-dark', 31);
  await walkToBank(page, 'user_many');
  await expect(account(page, /./)).toHaveCount(12);
  await screen(page, 'many-accounts-dark', 32);
});
