/** What the customer sees before the WebAssembly is there, or if it never comes. */

import { heardNames } from './helpers/host-page.ts';
import { button, dialog, inside, openWith, pressLast } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

const WASM = '**/assets/*.wasm';

test('the first screen stands before the WebAssembly arrives, and can be closed', async ({ page, world }) => {
  await page.route(WASM, () => {
    // Never answered: the network is slow beyond patience.
  });
  await openWith(page, world, {});
  await expect(inside(page).getByRole('dialog', { name: 'Connect your bank' })).toBeVisible();
  await expect(inside(page).getByRole('status', { name: /Opening/ })).toBeVisible();
  await pressLast(page, 'Close');
  await expect.poll(() => heardNames(page)).toEqual(['onClose']);
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('a WebAssembly that does not arrive can be asked for again', async ({ page, world }) => {
  let broken = true;
  await page.route(WASM, (route) => (broken ? route.abort() : route.continue()));
  await openWith(page, world, {});
  await expect(inside(page).getByText('Check your network and try again')).toBeVisible();
  broken = false;
  await button(page, 'Try again').click();
  await expect(dialog(page)).toBeVisible();
  await expect(button(page, 'Continue')).toBeVisible();
  await expect(inside(page).locator('#first')).toHaveCount(0);
});

test('a page opened by itself says where it belongs', async ({ page, world }) => {
  await page.goto(world.egusi.url);
  await expect(page.getByText('opens from a page that asks to connect your bank')).toBeVisible();
});

test('the page is under a policy that nothing violates', async ({ page, world }) => {
  const violations: string[] = [];
  page.on('console', (line) => {
    if (/Content.Security.Policy|TrustedHTML|TrustedScript/i.test(line.text())) violations.push(line.text());
  });
  const answer = await page.request.get(world.egusi.url);
  const policy = answer.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toContain('unsafe-inline');
  expect(policy).not.toContain("'unsafe-eval'");
  await openWith(page, world, { name: '<img src=x onerror="alert(1)">' });
  await button(page, 'Continue').click();
  await expect(inside(page).getByRole('searchbox')).toBeVisible();
  await expect(inside(page).getByText('<img src=x')).toBeVisible();
  expect(violations).toEqual([]);
});
