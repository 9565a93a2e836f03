/** What the customer sees before the WebAssembly is there, or if it never comes. */

import type { Page } from '@playwright/test';
import { events, heardNames } from './helpers/host-page.ts';
import { picture } from './helpers/pictures.ts';
import { button, dialog, heading, inside, openWith, pressLast } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

const WASM = '**/assets/*.wasm';

/** Keeps the WebAssembly back until the returned function is called. */
async function withhold(page: Page): Promise<() => void> {
  let letGo!: () => void;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(WASM, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

test('the consent can be read before the WebAssembly arrives, and the window be closed', async ({ page, world }) => {
  await withhold(page);
  await openWith(page, world, {});
  await expect(heading(page, 'Moringa Market asks to see your bank account')).toBeFocused();
  const first = inside(page).locator('#first');
  await expect(first).toContainText('For 180 days, starting today');
  await expect(first).toContainText('This window is run by Egusi for Moringa Market.');
  await expect(first.getByText('Payments in and out')).toBeHidden();
  await picture(page, 'first', 'consent');
  await pressLast(page, 'Close');
  await expect.poll(() => heardNames(page)).toEqual(['onClose']);
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('Tab stays within the window before the WebAssembly arrives', async ({ page, world }) => {
  await withhold(page);
  await openWith(page, world, {});
  await expect(heading(page, /asks to see/)).toBeFocused();
  for (const key of ['Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab']) {
    await page.keyboard.press(key);
    await expect(inside(page).locator('#first button:focus')).toHaveCount(1);
  }
});

test('Escape closes the window before the WebAssembly arrives', async ({ page, world }) => {
  await withhold(page);
  await openWith(page, world, {});
  await expect(heading(page, /asks to see/)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect.poll(() => heardNames(page)).toEqual(['onClose']);
});

test('what is pressed before the WebAssembly arrives is done when it has', async ({ page, world }) => {
  const letGo = await withhold(page);
  await openWith(page, world, {});
  await button(page, 'Continue').click();
  await expect(button(page, 'One moment')).toBeDisabled();
  await picture(page, 'first', 'pressed');
  letGo();
  await expect(heading(page, 'Choose your bank')).toBeVisible();
  await expect(inside(page).getByRole('dialog')).toHaveCount(1);
  expect((await events(page)).map(({ event_name }) => event_name)).toEqual(['OPENED', 'CONSENT_GIVEN']);
});

test('nobody agrees to what they have not read: where the server says otherwise, the press is forgotten', async ({ page, world }) => {
  const letGo = await withhold(page);
  await page.route('**/connect/v1/sessions', async (route) => {
    const answer = await route.fetch();
    const opened = await answer.json();
    opened.setting.consent_days = 365;
    await route.fulfill({ response: answer, json: opened });
  });
  await openWith(page, world, {});
  await button(page, 'Continue').click();
  letGo();
  await expect(inside(page).getByText('For 365 days, starting today')).toBeVisible();
  await expect(button(page, 'Continue')).toBeEnabled();
  expect((await events(page)).map(({ event_name }) => event_name)).toEqual(['OPENED']);
});

test('where it cannot be foreseen what will be agreed to, nothing is claimed', async ({ page, world }) => {
  await withhold(page);
  // Who was here before may have nothing to agree to.
  await openWith(page, world, { customer: { email: 'ada@example.com' } });
  await expect(inside(page).getByRole('status', { name: /Opening/ })).toBeVisible();
  await expect(heading(page, /./)).toHaveCount(0);
});

test('the first screen speaks the language of the host or the browser, and changes it with the customer', async ({ page, world }) => {
  const letGo = await withhold(page);
  await openWith(page, world, { language: 'fr-CI' });
  await expect(button(page, 'Continuer')).toBeVisible();
  letGo();
  await expect(inside(page).locator('#first')).toHaveCount(0);
  await expect(button(page, 'Continuer')).toBeVisible();
  await inside(page).getByRole('combobox').selectOption('ar');
  await expect(inside(page).getByRole('dialog').locator('..')).toHaveAttribute('dir', 'rtl');
  await inside(page).getByRole('combobox').selectOption('yo');
  await expect(heading(page, /Moringa Market/)).toBeVisible();
  await expect(inside(page).getByRole('dialog').locator('..')).toHaveAttribute('lang', 'yo');
  const files = await page.frames().at(-1)!.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => /text-(\w+)-/.exec(name)?.[1]).filter(Boolean));
  expect(files, 'only what was chosen is fetched, and the first language stands in the page').toEqual(['ar', 'yo']);
});

test("a host's own words stand on both screens, and not where they would mislead", async ({ page, world }) => {
  const letGo = await withhold(page);
  const sentences = { en: { 'consent.go': 'Go on to my bank', 'consent.never': 'Trust us', 'banks.title': 'Your bank?' } };
  await openWith(page, world, { sentences });
  await button(page, 'Go on to my bank').click();
  letGo();
  await expect(heading(page, 'Your bank?')).toBeVisible();
  await button(page, 'Back').click();
  await expect(inside(page).getByText('Your password is not kept, and money cannot be moved')).toBeVisible();
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
