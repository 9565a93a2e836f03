/** The window without WebAssembly: HTML forms in a browser without script, and every page looked at. */

import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect, test, type World } from './helpers/world.ts';
import { BANK, CODE, PASSWORD } from './helpers/walk.ts';

/** A page of our server that opens the window as the widget's page does, here by a form of its own. */
async function opener(context: BrowserContext, world: World, more: object = {}): Promise<Page> {
  const options = JSON.stringify({ ...world.options, ...more }).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const body = `<!doctype html><html lang="en"><title>Opener</title>
    <form method="post" action="/plain/open"><input type="hidden" name="options" value="${options}"><button>Open</button></form>`;
  const page = await context.newPage();
  await page.route(`${world.egusi.url}/opener`, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${world.egusi.url}/opener`);
  await page.getByRole('button', { name: 'Open' }).click();
  return page;
}

const withoutScript = (browser: Browser, more = {}) => browser.newContext({ javaScriptEnabled: false, ...more });

/** Does what leads to another page, and waits until that one is there. */
async function goes(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), act()]);
}

const press = (page: Page, name: string | RegExp) => goes(page, () => page.getByRole('button', { name }).first().click());
const enter = (page: Page) => goes(page, () => page.keyboard.press('Enter'));
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

async function toTheBank(page: Page, bank = BANK): Promise<void> {
  await press(page, 'Continue');
  await page.getByRole('searchbox', { name: 'Search banks' }).fill(bank);
  await enter(page);
  await press(page, new RegExp(`^${bank}`));
}

async function signIn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Username', { exact: true }).fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await enter(page);
}

test('without any script, in a tab: from the consent to the end, with Enter and with buttons', async ({ browser, world }) => {
  const context = await withoutScript(browser);
  const page = await opener(context, world, { redirect_url: `${world.shop.url}/` });
  await expect(heading(page, 'Moringa Market asks to see your bank account')).toBeVisible();
  await toTheBank(page);
  await signIn(page, 'user_otp', 'not-the-password');
  await expect(page.getByRole('alert')).toContainText('did not accept these details');
  await expect(page.getByLabel('Username', { exact: true })).toBeFocused();
  await expect(page.getByLabel('Username', { exact: true })).toHaveValue('user_otp');
  await signIn(page, 'user_otp');
  await page.getByLabel('One-time code').fill(CODE);
  await enter(page);
  await page.getByRole('checkbox', { name: /Everyday Current.*\d{4}/ }).check();
  await press(page, 'Connect');
  await expect(heading(page, 'You are connected')).toBeVisible();
  expect(await context.cookies()).toEqual([]);
  expect(new URL(page.url()).search).toBe('');
  await press(page, 'Done');
  await page.waitForURL(`${world.shop.url}/`);
  await context.close();
});

test('without any script: a reload repeats nothing, and the way back of the browser does no harm', async ({ browser, world }) => {
  const context = await withoutScript(browser);
  const page = await opener(context, world);
  await toTheBank(page);
  await signIn(page, 'user_otp');
  await page.getByLabel('One-time code').fill('000000');
  await press(page, 'Continue');
  await expect(page.getByRole('alert')).toContainText('2 tries left');
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('2 tries left');
  await page.goBack();
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('2 tries left');
  await page.getByLabel('One-time code').fill(CODE);
  await press(page, 'Continue');
  await expect(heading(page, 'Choose accounts to share')).toBeVisible();
  await context.close();
});

test('without any script: the page of the bank takes the same tab and gives it back', async ({ browser, world }) => {
  const context = await withoutScript(browser);
  const page = await opener(context, world);
  await toTheBank(page);
  await signIn(page, 'user_redirect');
  await page.getByRole('link', { name: `Continue to ${BANK}` }).click();
  await press(page, 'Approve');
  await press(page, 'Continue');
  await page.getByRole('checkbox', { name: /Current/ }).check();
  await press(page, 'Connect');
  await expect(heading(page, 'You are connected')).toBeVisible();
  expect(context.pages()).toHaveLength(1);
  await context.close();
});

/** Our page around a plain window, which keeps what it hears. */
const AROUND = `<!doctype html><html lang="en"><title>Around</title><form method="post" action="/plain/open" target="egusi-plain">
  <input type="hidden" name="options"><button>Open</button></form><iframe name="egusi-plain" title="Window"></iframe>`;

test('in a frame of our own page, that page hears what the host must hear', async ({ page, world }) => {
  await page.route(`${world.egusi.url}/around`, (route) => route.fulfill({ contentType: 'text/html', body: AROUND }));
  await page.goto(`${world.egusi.url}/around`);
  await page.evaluate((options) => {
    const kept: unknown[] = [];
    Object.assign(window, { kept });
    addEventListener('message', ({ data, origin, source }) => {
      if (origin === location.origin && source === frames[0]) kept.push(data);
    });
    document.querySelector('input')!.value = options;
  }, JSON.stringify(world.options));
  await page.getByRole('button', { name: 'Open' }).click();
  const frame = page.frames()[1]!;
  const within = page.frameLocator('iframe');
  await within.getByRole('button', { name: 'Continue' }).click();
  await within.getByRole('searchbox', { name: 'Search banks' }).fill(BANK);
  await within.getByRole('button', { name: 'Search', exact: true }).click();
  await within.getByRole('button', { name: BANK }).click();
  await within.getByLabel('Username', { exact: true }).fill('user_good');
  await within.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await within.getByRole('button', { name: 'Sign in' }).click();
  await within.getByRole('checkbox', { name: /Current/ }).check();
  await within.getByRole('button', { name: 'Connect' }).click();
  await within.getByRole('button', { name: 'Done' }).click();
  await expect(within.getByRole('heading', { name: 'This window is closed' })).toBeVisible();
  const kept = await page.evaluate(() => (window as unknown as { kept: Record<string, unknown>[] }).kept);
  const words = kept.map((message) => message.event_name ?? Object.keys(message).find((key) => /^(success|beforeClose|close)$/.test(key)));
  expect(words[0]).toBe('OPENED');
  expect(words.slice(-5)).toEqual(['CONNECTED', 'success', 'CLOSED', 'beforeClose', 'close']);
  expect(frame.url()).toBe(`${world.egusi.url}/plain`);
});

/** What a language says, by the names of the sentences. */
async function speech(tag: string): Promise<(name: string, holes?: Record<string, string>) => string> {
  const files = await Promise.all(['widget', 'pages'].map((folder) => readFile(`www/text/${folder}/${tag}.json`, 'utf8')));
  const sentences: Record<string, string> = Object.assign({}, ...files.map((file) => JSON.parse(file)));
  return (name, holes = {}) => sentences[name]!.replace(/\{(\w+)\}/g, (_, hole) => holes[hole] ?? '');
}

test('without any script, the language is changed by keyboard, and the window is where it was', async ({ browser, world }) => {
  const context = await withoutScript(browser);
  const page = await opener(context, world);
  await press(page, 'Continue');
  const say = await speech('pt');
  await page.getByLabel('Language').selectOption('Português');
  await press(page, 'Change language');
  await expect(heading(page, say('banks.title'))).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'pt');
  await expect(page.getByLabel(say('language.choose'))).toHaveValue('pt');
  await press(page, new RegExp(`^${BANK}`));
  await expect(heading(page, say('signin.title', { bank: BANK }))).toBeVisible();
  await context.close();
});

for (const [tag, locale, direction] of [
  ['fr', 'fr-CI', 'ltr'],
  ['ar', 'ar-EG', 'rtl'],
] as const) {
  test(`a browser that prefers ${locale} finds no page that axe objects to, none too wide, and a way to the end`, async ({ browser, world }) => {
    test.setTimeout(120_000);
    const say = await speech(tag);
    const context = await browser.newContext({ locale, viewport: { width: 360, height: 640 } });
    let shown = 0;
    const look = async (page: Page, name: string) => {
      const number = String(++shown).padStart(2, '0');
      await page.screenshot({ path: `artefacts/screens/plain/${tag}-${number}-${name}.png`, fullPage: true });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)), `axe on ${name}`).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, `${name} is too wide`).toBe(0);
      expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe(direction);
    };
    const page = await opener(context, world, { products: ['auth', 'balance', 'transactions'], redirect_url: `${world.shop.url}/` });
    await look(page, 'consent');
    await press(page, say('consent.go'));
    await page.getByRole('searchbox', { name: say('banks.search') }).fill('zzz');
    await enter(page);
    await look(page, 'no-bank');
    await page.getByRole('searchbox', { name: say('banks.search') }).fill('');
    await enter(page);
    await look(page, 'banks');
    await press(page, new RegExp(`^${BANK}`));
    await signIn(page, 'user_otp', 'not-it');
    await look(page, 'wrong-password');
    await signIn(page, 'user_otp');
    await page.getByLabel(say('challenge.code.label')).fill('000000');
    await press(page, say('challenge.go'));
    await look(page, 'wrong-code');
    await page.getByLabel(say('challenge.code.label')).fill(CODE);
    await press(page, say('challenge.go'));
    await look(page, 'accounts');
    await page.getByRole('checkbox', { name: /Everyday Current.*\d{4}/ }).check();
    await press(page, say('accounts.go'));
    await look(page, 'done');
    await press(page, say('done.go'));
    await page.waitForURL(`${world.shop.url}/`);
    await context.close();
  });
}

const SIZES = [
  { name: 'desktop', viewport: { width: 1280, height: 800 } },
  { name: 'phone', viewport: { width: 360, height: 640 } },
  { name: 'narrow-dark', viewport: { width: 320, height: 568 }, colorScheme: 'dark' as const },
];

for (const { name: size, ...settings } of SIZES) {
  test(`every page on ${size}: nothing that axe objects to, and nothing to scroll sideways`, async ({ browser, world }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({ ...settings, reducedMotion: 'reduce' });
    let shown = 0;
    const look = async (page: Page, name: string) => {
      const number = String(++shown).padStart(2, '0');
      await page.screenshot({ path: `artefacts/screens/plain/${size}-${number}-${name}.png`, fullPage: true });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)), `axe on ${name}`).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, `${name} is too wide`).toBe(0);
    };
    let page = await opener(context, world, { products: ['auth', 'balance', 'transactions'] });
    await look(page, 'consent');
    await press(page, 'Continue');
    await look(page, 'banks');
    await page.getByRole('searchbox').fill('egusi');
    await enter(page);
    await press(page, /^Egusi Down/);
    await look(page, 'bank-down');
    await press(page, /^First Bank/);
    await look(page, 'sign-in');
    await signIn(page, 'user_otp', 'wrong');
    await look(page, 'wrong-password');
    await signIn(page, 'user_otp');
    await look(page, 'code');
    await page.getByLabel('One-time code').fill('000000');
    await press(page, 'Continue');
    await look(page, 'wrong-code');
    await press(page, 'Close');
    await look(page, 'leaving');
    await press(page, 'Stay');
    for (const [username, screen] of [
      ['user_device', 'device'],
      ['user_question', 'question'],
      ['user_image', 'picture'],
      ['user_redirect', 'redirect'],
      ['user_locked', 'locked'],
    ] as const) {
      await press(page, 'Back');
      if (await heading(page, 'Choose your bank').isVisible()) await press(page, /^First Bank/);
      await signIn(page, username);
      await look(page, screen);
    }
    await press(page, 'Sign in again');
    await signIn(page, 'user_many');
    await look(page, 'accounts');
    await press(page, 'Hide figures');
    await look(page, 'figures-hidden');
    await page.getByRole('checkbox').first().check();
    await press(page, 'Connect');
    await look(page, 'done');
    await press(page, 'Done');
    await look(page, 'closed');
    page = await opener(context, world, { env: 'staging' });
    await look(page, 'refused');
    await context.close();
  });
}
