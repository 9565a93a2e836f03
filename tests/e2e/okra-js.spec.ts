/** The same story through okra-js as it is on npm, with nothing changed but `Okra.baseUrl`. */

import { expectConnection } from './helpers/connection.ts';
import { logged, loggedNames } from './helpers/shop-page.ts';
import { account, answerCode, dialog, finish, inside, openFromShop, pressLast, share, walkToBank } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

for (const [version, path] of [
  ['2.1.1', '/okra-js.html'],
  ['2.0.8', '/okra-js-2.0.8.html'],
] as const) {
  test(`okra-js ${version} connects an account`, async ({ page, world }) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await openFromShop(page, world, path);
    await expect(dialog(page)).toBeVisible();
    await walkToBank(page, 'user_otp');
    await answerCode(page);
    await share(page, /Everyday Current/);
    await finish(page);

    await expect.poll(() => loggedNames(page)).toEqual(['onSuccess', 'onClose']);
    const [success, close] = await logged(page);
    expectConnection(success!.given);
    expect(close!.given).toBeUndefined();
    await expect(page.locator('iframe, [id^=okra-base]')).toHaveCount(0);
    await expect(page.getByTestId('balance')).toContainText('₦480,100.40');
    expect(errors).toEqual([]);
  });

  test(`okra-js ${version} closes on the way`, async ({ page, world }) => {
    await openFromShop(page, world, path);
    await expect(dialog(page)).toBeVisible();
    await pressLast(page, 'Close');
    await expect.poll(() => loggedNames(page)).toEqual(['onClose']);
    await expect(page.locator('iframe, [id^=okra-base]')).toHaveCount(0);
  });
}

test('okra-js 2.1.1 goes on after a reload of the window', async ({ page, world }) => {
  await openFromShop(page, world, '/okra-js.html');
  await walkToBank(page, 'user_good');
  await expect(account(page, /Everyday Current/)).toBeVisible();
  await inside(page).locator(':root').evaluate(() => location.reload());
  await share(page, /Everyday Current/);
  await finish(page);
  await expect.poll(() => loggedNames(page)).toEqual(['onSuccess', 'onClose']);
  await expect(page.locator('iframe, [id^=okra-base]')).toHaveCount(0);
});

test('the loader as an ES module connects an account', async ({ page, world }) => {
  await openFromShop(page, world, '/module.html');
  await walkToBank(page, 'user_good');
  await share(page, /Everyday Current/);
  await finish(page);
  await expect.poll(() => loggedNames(page)).toEqual(['onSuccess', 'onClose']);
});
