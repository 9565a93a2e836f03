/** The window in the page's own document, under a policy as strict as a page can have. */

import { test as base } from './helpers/world.ts';
import { expect, type Page, type Route } from '@playwright/test';
import { expectConnection } from './helpers/connection.ts';
import { heard, heardNames } from './helpers/host-page.ts';
import { connectInline, openInline, serveInlineSite, signInInline, visitInline } from './helpers/inline-site.ts';
import { widgetIn, type InlineSite } from './helpers/inline-site.ts';
import { savedLink } from './helpers/links.ts';
import type { InlineOptions } from '../../www/inline/index.ts';
import { collectComplaints, complaints } from './helpers/complaints.ts';
import { countListeners, traces } from './helpers/traces.ts';

declare global {
  interface Window {
    /** How many keys the page heard. */
    keys: number;
  }
}

const test = base.extend<{}, { site: InlineSite }>({
  site: [
    async ({ world }, use) => {
      const site = await serveInlineSite(world);
      await use(site);
      site.close();
    },
    { scope: 'worker' },
  ],
});

/** Why the window that was opened last never came. */
const rejection = (page: Page) => page.evaluate(() => window.handle.result.catch(({ code }) => code));

test('an account is connected in the page, and the page is as before', async ({ page, world, site }) => {
  const said = await collectComplaints(page);
  await countListeners(page);
  await visitInline(page, site);
  const before = await traces(page);
  await openInline(page, { ...world.options, baseUrl: site.url });
  await expect(widgetIn(page).getByRole('dialog', { name: /Moringa Market/ })).toBeVisible();
  await expect(page.locator('iframe')).toHaveCount(0);
  await connectInline(page);
  await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
  const [success, close] = (await heard(page)).filter(({ name }) => name === 'onSuccess' || name === 'onClose');
  expectConnection(success!.given[0]);
  expect(close!.given).toEqual([]);
  expect(await page.evaluate(() => window.handle.result)).toEqual({ status: 'connected', connection: success!.given[0] });
  expect(await traces(page)).toEqual(before);
  expect(await page.evaluate(() => ({ ...sessionStorage, ...localStorage }))).toEqual({});
  expect(await complaints(page, said)).toEqual([]);
});

test('several windows one after the other, each by itself', async ({ page, world, site }) => {
  await visitInline(page, site);
  for (const username of ['user_good', 'user_low', 'user_good']) {
    await openInline(page, world.options);
    await connectInline(page, username);
    await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
    await expect(page.locator('dialog')).toHaveCount(0);
  }
});

test('close() calls onClose and nothing else, and the next window begins anew', async ({ page, world, site }) => {
  await visitInline(page, site);
  await openInline(page, world.options);
  await widgetIn(page).getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(widgetIn(page).getByRole('searchbox')).toBeVisible();
  const told = (await heard(page)).length;
  await page.evaluate(() => (window.handle.close(), window.handle.close()));
  expect((await heard(page)).slice(told)).toEqual([{ name: 'onClose', given: [] }]);
  expect(await page.evaluate(() => window.handle.result)).toEqual({ status: 'closed' });
  await expect(page.locator('dialog, egusi-widget')).toHaveCount(0);
  await openInline(page, world.options);
  await expect(widgetIn(page).getByRole('button', { name: 'Continue', exact: true })).toBeVisible();
});

test('destroy() in the middle takes all away and calls nobody', async ({ page, world, site }) => {
  await countListeners(page);
  await visitInline(page, site);
  const before = await traces(page);
  await openInline(page, world.options);
  await widgetIn(page).getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(widgetIn(page).getByRole('searchbox')).toBeVisible();
  const ended = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
  const told = await page.evaluate(() => {
    const told = window.heard.length;
    window.handle.destroy();
    return told;
  });
  // The session is ended all the same.
  expect((await ended).ok()).toBe(true);
  expect(await heard(page)).toHaveLength(told);
  expect(await traces(page)).toEqual(before);
  // Before anything is there, too.
  const early = await page.evaluate(async (options) => {
    const heard: string[] = [];
    const note = (name: string) => () => void heard.push(name);
    const handle = window.inline.open({ ...options, onEvent: note('onEvent'), onClose: note('onClose') } as InlineOptions);
    handle.on('close', note('close'));
    handle.destroy();
    return { outcome: await handle.result, heard };
  }, world.options);
  expect(early).toEqual({ outcome: { status: 'closed' }, heard: [] });
  expect(await traces(page)).toEqual(before);
});

test('Escape is one wish: it asks where something would be lost, and takes the question back', async ({ page, world, site }) => {
  await visitInline(page, site);
  await page.evaluate(() => {
    window.keys = 0;
    document.addEventListener('keydown', () => window.keys++);
  });
  await openInline(page, world.options);
  await signInInline(page, 'user_good');
  const box = widgetIn(page).getByRole('checkbox', { name: /Current/ }).first();
  await box.check();
  const question = widgetIn(page).getByRole('alertdialog');
  // With the focus in the widget, and with the focus on the dialog around it, as after a back gesture.
  for (const focus of [() => box.focus(), () => page.locator('dialog').focus()]) {
    await focus();
    await page.keyboard.press('Escape');
    await expect(question).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(question).toHaveCount(0);
    await expect(box).toBeChecked();
  }
  // The page's own shortcuts do not hear what is typed.
  expect(await page.evaluate(() => window.keys)).toBe(0);
});

test('a file that does not come is told, and the next try works', async ({ page, world, site }) => {
  await visitInline(page, site);
  site.breakWasm(true);
  await openInline(page, world.options);
  await expect.poll(() => heardNames(page)).toEqual(['onError', 'onClose']);
  expect((await heard(page))[0]!.given[0]).toMatchObject({ code: 'load_failed', error: /egusi\.wasm/ });
  expect(await rejection(page)).toBe('load_failed');
  await expect(page.locator('dialog')).toHaveCount(0);
  site.breakWasm(false);
  await openInline(page, world.options);
  await expect(widgetIn(page).getByRole('dialog')).toBeVisible();
});

test('what cannot be used is said in words', async ({ page, world, site }) => {
  await visitInline(page, site);
  for (const baseUrl of ['https://elsewhere.example', `${site.url}/path`, 'nonsense', 7]) {
    const thrown = await openInline(page, { ...world.options, baseUrl });
    expect(thrown).toMatchObject({ code: 'invalid_base_url', message: expect.stringContaining(JSON.stringify(baseUrl)) });
    expect(thrown!.message).toContain(site.url);
    expect(await heardNames(page)).toEqual(['onError']);
  }
  await openInline(page, { ...world.options, env: 'staging' });
  await expect.poll(() => heardNames(page)).toEqual(['onError', 'onClose']);
  expect((await heard(page))[0]!.given[0]).toMatchObject({ code: 'invalid_option', error: /staging/ });
  expect(await page.evaluate(() => window.handle.result.catch(({ code, message }) => ({ code, message })))).toEqual({
    code: 'invalid_option',
    message: expect.stringContaining('staging'),
  });
  await expect(page.locator('dialog, egusi-widget')).toHaveCount(0);
});

test('a saved configuration opens the window, and an unknown one is told', async ({ page, world, site }) => {
  await visitInline(page, site);
  await openInline(page, { short_url: await savedLink(world) });
  await expect(widgetIn(page).getByRole('dialog', { name: /Moringa Market/ })).toBeVisible();
  await connectInline(page);
  await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
  await openInline(page, { short_url: 'nobodys-link' });
  await expect.poll(() => heardNames(page)).toEqual(['onError', 'onClose']);
  expect((await heard(page))[0]!.given[0]).toMatchObject({ code: 'unknown_link' });
  expect(await rejection(page)).toBe('unknown_link');
  await expect(page.locator('dialog')).toHaveCount(0);
});

test('what counts over a saved configuration is what counts in the framed window', async ({ page, world, site }) => {
  await visitInline(page, site);
  const short_url = await savedLink(world);
  const says = async (options: object, name: RegExp) => {
    await openInline(page, options);
    await expect(widgetIn(page).getByRole('dialog', { name })).toBeVisible();
    await page.evaluate(() => window.handle.close());
    expect(await heardNames(page)).toEqual(['onClose']);
  };
  // What is empty says nothing, an older name is as good as its new one, and the link itself says whose it is.
  await says({ short_url, name: '', products: null }, /Moringa Market/);
  await says({ short_url, clientName: 'Baobab Books' }, /Baobab Books/);
  await says({ short_url, key: 'another', token: 'another' }, /Moringa Market/);
  // A wrapper that has no short name sends it all the same.
  await says({ ...world.options, short_url: null }, /Moringa Market/);
  await says({ ...world.options, short_url: '' }, /Moringa Market/);
});

test('a saved configuration that does not come is told as everything that does not come', async ({ page, site }) => {
  await page.clock.install();
  await visitInline(page, site);
  const fails = async () => {
    await expect.poll(() => heardNames(page)).toEqual(['onError', 'onClose']);
    expect((await heard(page))[0]!.given[0]).toMatchObject({ code: 'load_failed', error: expect.stringContaining(site.url) });
    expect(await rejection(page)).toBe('load_failed');
    await expect(page.locator('dialog')).toHaveCount(0);
  };
  const links = '**/connect/v1/links/*';
  for (const answer of [(route: Route) => route.abort(), (route: Route) => route.fulfill({ status: 502, body: 'Bad gateway' })]) {
    await page.route(links, answer, { times: 1 });
    await openInline(page, { short_url: 'core-flow' });
    await fails();
  }
  await page.route(links, () => {});
  const isAsked = page.waitForRequest(links);
  await openInline(page, { short_url: 'core-flow' });
  await isAsked;
  await page.clock.fastForward(15_000);
  await fails();
});

test('a page that exchanges its body takes the window along, and is not left locked', async ({ page, world, site }) => {
  await visitInline(page, site);
  const isHeld = () => page.evaluate(() => getComputedStyle(document.documentElement).overflowY === 'hidden');
  const exchange = () => page.evaluate(() => void (document.body = document.createElement('body')));
  const ways: (() => Promise<unknown>)[] = [
    exchange,
    () => page.evaluate(() => document.body.replaceChildren()),
    // What Turbo does before it keeps a copy of the page.
    () => page.evaluate(() => document.querySelectorAll('[data-turbo-temporary]').forEach((element) => element.remove())),
  ];
  for (const takeAway of ways) {
    await openInline(page, world.options);
    await expect(widgetIn(page).getByRole('dialog')).toBeVisible();
    expect(await isHeld()).toBe(true);
    await takeAway();
    await expect.poll(() => heardNames(page)).toEqual(['onClose']);
    expect(await page.evaluate(() => window.handle.result)).toEqual({ status: 'closed' });
    expect(await isHeld()).toBe(false);
    await expect(page.locator('dialog')).toHaveCount(0);
  }
  // Before the widget is there, too.
  await openInline(page, world.options);
  await exchange();
  await expect.poll(() => heardNames(page)).toEqual(['onClose']);
  expect(await isHeld()).toBe(false);
});

test('nothing is fetched before preload(), and nothing twice after it', async ({ page, world, site }) => {
  let fetched = 0;
  page.on('request', (request) => (fetched += request.url().endsWith('.wasm') ? 1 : 0));
  await visitInline(page, site);
  expect(fetched).toBe(0);
  const came = page.waitForResponse(/egusi\.wasm/);
  await page.evaluate(() => window.inline.preload());
  await came;
  await openInline(page, world.options);
  await expect(widgetIn(page).getByRole('dialog')).toBeVisible();
  expect(fetched).toBe(1);
});

test('where the browser goes on to, the page goes itself', async ({ page, world, site }) => {
  await visitInline(page, site);
  await openInline(page, { ...world.options, redirect_url: 'http://localhost/thanks' });
  await page.route('http://localhost/thanks', (route) => route.fulfill({ contentType: 'text/html', body: 'Thanks' }));
  await connectInline(page);
  await expect(page).toHaveURL('http://localhost/thanks');
});
