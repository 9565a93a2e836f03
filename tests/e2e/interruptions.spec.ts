/** A page that is loaded anew at every step, and a network that is cut at every call. */

import type { Page } from '@playwright/test';
import { v3 } from './helpers/backend.ts';
import { events, heardNames } from './helpers/host-page.ts';
import { account, agree, alert, answerCode, button, chooseBank, connected, finish, heading, inside } from './helpers/walk.ts';
import { openFromShop, openWith, pressLast, share, signIn } from './helpers/walk.ts';
import { expect, test, type World } from './helpers/world.ts';

/** The shop's page is loaded anew, and its customer opens the window again. */
async function reloadShop(page: Page): Promise<void> {
  await page.reload();
  await page.getByRole('button', { name: 'Connect your bank' }).click();
}

/** Only the frame is loaded anew. */
async function reloadFrame(page: Page): Promise<void> {
  const frame = page.frames().find((one) => one !== page.mainFrame())!;
  // Until then the old page is still there to be clicked on.
  const replaced = page.waitForEvent('framenavigated', (one) => one === frame);
  await frame.evaluate(() => location.reload());
  await replaced;
}

/** How often each thing was done for this company. */
async function counts(world: World): Promise<Record<string, number>> {
  const count = async (list: string) => (await v3(world.egusi.url, world.company.sandbox.secret_key, list)).data.length;
  return { records: await count('records'), customers: await count('customers') };
}

for (const [what, reload] of [
  ['the page', reloadShop],
  ['the frame', reloadFrame],
] as const) {
  test(`${what} is loaded anew at every step, and each time the story goes on`, async ({ page, ownWorld: world }) => {
    await openFromShop(page, world);
    await expect(heading(page, /asks to see/)).toBeVisible();
    await reload(page);
    await agree(page);
    await expect(heading(page, 'Choose your bank')).toBeVisible();
    await reload(page);
    // Nothing had been chosen, so nothing is lost.
    await agree(page);
    await chooseBank(page);
    await expect(heading(page, 'Sign in to Sterling Bank')).toBeVisible();
    await reload(page);
    await signIn(page, 'user_otp');
    await expect(heading(page, 'Enter the code')).toBeVisible();
    await reload(page);
    await answerCode(page, '000000');
    await expect(alert(page)).toContainText('2 tries left');
    await reload(page);
    await expect(alert(page)).toContainText('2 tries left');
    await answerCode(page);
    await expect(account(page, /Everyday Current/)).toBeVisible();
    await reload(page);
    await share(page, /Everyday Current/);
    await connected(page);
    expect(await counts(world)).toEqual({ records: 1, customers: 1 });
    await finish(page);
    await page.locator('iframe').waitFor({ state: 'detached' });
    // Nothing is kept once it is over, so a new opening finds nothing of the old one.
    const answer = await page.goto(`${world.egusi.url}/health`);
    expect(answer!.ok()).toBe(true);
    expect(await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie])).toEqual([0, 0, '']);
    await page.goBack();
    await page.getByRole('button', { name: 'Connect your bank' }).click();
    await expect(heading(page, /asks to see/)).toBeVisible();
  });
}

test('loaded anew while the customer is elsewhere: it waits on', async ({ page, world }) => {
  await openWith(page, world, {});
  await agree(page);
  await chooseBank(page);
  await signIn(page, 'user_push');
  await expect(heading(page, "Approve in your bank's app")).toBeVisible();
  await reloadFrame(page);
  await expect(account(page, /Everyday Current/)).toBeVisible();
  await button(page, 'Back').click();
  await signIn(page, 'user_redirect');
  await expect(heading(page, 'Sterling Bank asks you itself')).toBeVisible();
  await reloadFrame(page);
  const go = inside(page).getByRole('link', { name: 'Continue to Sterling Bank' });
  const [bank] = await Promise.all([page.context().waitForEvent('page'), go.click()]);
  await bank.getByRole('button', { name: 'Approve' }).click();
  await share(page, /Current/);
  await connected(page);
});

test('the frame is loaded anew after the end: the host hears one success', async ({ page, world }) => {
  await openWith(page, world, {});
  await agree(page);
  await chooseBank(page);
  await signIn(page, 'user_good');
  await share(page, /Everyday Current/);
  await connected(page);
  await reloadFrame(page);
  await connected(page);
  await finish(page);
  await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
});

const CALLS = ['sessions', 'institutions', 'session/institution', 'session/form', 'session/answer', 'session/accounts'];

/** Breaks the first call of that name: before it arrives, or when its answer is on its way. */
async function cut(page: Page, call: string, when: 'going' | 'coming'): Promise<void> {
  let isCut = false;
  await page.route(new RegExp(`/connect/v1/${call}(\\?.*)?$`), async (route) => {
    if (isCut) return route.continue();
    isCut = true;
    if (when === 'coming') await route.fetch();
    await route.abort('connectionreset');
  });
}

for (const call of CALLS) {
  for (const when of ['going', 'coming'] as const) {
    test(`the network is cut while ${call} is ${when}`, async ({ page, ownWorld: world }) => {
      await cut(page, call, when);
      await openWith(page, world, {});
      const again = button(page, 'Try again');
      // Where a screen cannot know what became of the call, it asks; where it can, it goes on.
      const insist = async (step: () => Promise<void>, until: () => Promise<void>) => {
        await step();
        await until().catch(async () => {
          await ((await again.isVisible()) ? again.click() : step());
          await until();
        });
      };
      const shown = (name: string | RegExp) => () => expect(heading(page, name)).toBeVisible({ timeout: 4_000 });
      await insist(async () => {}, shown(/asks to see/));
      await insist(() => agree(page), () => expect(inside(page).getByRole('button', { name: /^Access Bank/ })).toBeVisible({ timeout: 4_000 }));
      await insist(() => chooseBank(page), shown('Sign in to Sterling Bank'));
      await insist(() => signIn(page, 'user_otp'), shown('Enter the code'));
      await insist(() => answerCode(page), shown('Choose accounts to share'));
      await insist(() => share(page, /Everyday Current/), shown('You are connected'));
      await finish(page);
      await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
      expect(await counts(world)).toEqual({ records: 1, customers: 1 });
    });
  }
}

test('the network is cut at every poll and look: the waiting goes on', async ({ page, world }) => {
  await cut(page, 'session/poll', 'going');
  await openWith(page, world, {});
  await agree(page);
  await chooseBank(page);
  await signIn(page, 'user_push');
  await expect(account(page, /Everyday Current/)).toBeVisible({ timeout: 20_000 });
  await button(page, 'Back').click();
  await cut(page, 'session', 'going');
  await signIn(page, 'user_redirect');
  const go = inside(page).getByRole('link', { name: 'Continue to Sterling Bank' });
  const [bank] = await Promise.all([page.context().waitForEvent('page'), go.click()]);
  await bank.getByRole('button', { name: 'Approve' }).click();
  await share(page, /Current/);
  await connected(page);
});

test('the network is cut while a new code is asked for: it is asked for again', async ({ page, world }) => {
  await page.clock.install();
  await openWith(page, world, {});
  await agree(page);
  await chooseBank(page);
  await signIn(page, 'user_otp');
  await expect(heading(page, 'Enter the code')).toBeVisible();
  await page.clock.runFor(31_000);
  await cut(page, 'session/resend', 'going');
  await button(page, 'Send a new code').click();
  await page.clock.runFor(1_000);
  await expect(alert(page)).toContainText('connection was lost');
});

test('offline in the middle: it says so, and goes on by itself when the network is back', async ({ page, context, world }) => {
  await openWith(page, world, {});
  await agree(page);
  await chooseBank(page);
  await context.setOffline(true);
  await signIn(page, 'user_otp').catch(() => {});
  await expect(inside(page).getByText('You are offline. It goes on by itself when the network is back.')).toBeVisible();
  await context.setOffline(false);
  await expect(alert(page)).toContainText('connection was lost');
  await expect(inside(page).getByLabel('Username')).toHaveValue('user_otp');
  await signIn(page, 'user_otp');
  await expect(heading(page, 'Enter the code')).toBeVisible();
  const told = (await events(page)).map(({ event_name }) => event_name);
  expect(told).toContain('CONNECTION_LOST');
  expect(told).toContain('CONNECTION_RESTORED');
});

test('the server is killed in the middle and comes back: the story goes on', async ({ page, ownWorld: world }) => {
  await openWith(page, world, {});
  await agree(page);
  await chooseBank(page);
  await signIn(page, 'user_otp');
  await expect(heading(page, 'Enter the code')).toBeVisible();
  await world.killAndRestart();
  await answerCode(page);
  await share(page, /Everyday Current/);
  await connected(page);
});

test('leaving asks where something would be lost, and nowhere else', async ({ page, world }) => {
  await openWith(page, world, {});
  await agree(page);
  await chooseBank(page);
  await signIn(page, 'user_good');
  await expect(account(page, /Everyday Current/)).toBeVisible();
  await pressLast(page, 'Close');
  const question = inside(page).getByRole('alertdialog', { name: 'Leave now?' });
  await expect(question).toBeVisible();
  await button(page, 'Stay').click();
  await expect(question).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(account(page, /Everyday Current/)).toBeVisible();
  await pressLast(page, 'Close');
  await pressLast(page, 'Leave');
  await expect.poll(() => heardNames(page)).toEqual(['onClose']);
  await openWith(page, world, {});
  await pressLast(page, 'Close');
  await expect.poll(() => heardNames(page)).toEqual(['onClose']);
});
