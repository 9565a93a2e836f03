/** `<egusi-connect>` as the server's own script defines it, on pages with the strictest policy. */

import type { Page } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import { heard } from './helpers/host-page.ts';
import { serveSite, type Site } from './helpers/site.ts';
import { button, finish, inside, pressLast, share, walkToBank } from './helpers/walk.ts';
import { expect, test, type World } from './helpers/world.ts';

const sites: Site[] = [];
test.afterEach(() => sites.splice(0).forEach((site) => site.close()));

/** The attributes that say whose window it is. */
const keys = ({ company, options }: World) =>
  `public-key="${options.key}" token="${company.token}" name="${options.name}" env="production-sandbox" products="auth balance" show-balance`;

/** A page of a shop that allows one server's script and frame, no style, and no text as markup. */
async function visit(page: Page, world: World, body: string, script = 'egusi-element.js'): Promise<string[]> {
  const { url } = world.egusi;
  const policy = `default-src 'none'; script-src ${url}; frame-src ${url}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const html = `<!doctype html><html lang="en"><title>Shop</title><body>
    <main><h1>Shop</h1>${body}</main><script src="${url}/embed/${script}"></script>`;
  const site = await serveSite(html, { 'content-security-policy': policy });
  sites.push(site);
  const fetched: string[] = [];
  page.on('request', (request) => request.url().startsWith(url) && fetched.push(request.url().slice(url.length)));
  // Before the page's own: neither the policy nor the test must miss anything.
  await page.addInitScript(() => {
    window.heard = [];
    const keep = (name: string) => (event: Event) => {
      const { detail, target } = event as CustomEvent;
      window.heard.push({ name, given: [(target as Element).id, detail] });
    };
    for (const name of ['egusi-success', 'egusi-error', 'egusi-event', 'egusi-close']) addEventListener(name, keep(name));
    addEventListener('securitypolicyviolation', (event) => {
      window.heard.push({ name: 'violation', given: [event.violatedDirective, event.blockedURI] });
    });
  });
  await page.goto(site.url);
  return fetched;
}

const told = async (page: Page) => (await heard(page)).filter(({ name }) => name !== 'egusi-event');
test.describe.configure({ timeout: 30_000 });

const names = async (page: Page) => (await told(page)).map(({ name }) => name);

test('it connects an account by its attributes alone, and no policy has anything to report', async ({ page, world }) => {
  await visit(page, world, `<egusi-connect id="one" ${keys(world)}></egusi-connect>`);
  await page.getByRole('button', { name: 'Connect your bank' }).click();
  await walkToBank(page, 'user_good');
  await share(page, /Everyday Current/);
  expect(await page.evaluate(() => document.querySelector('egusi-connect')!.isOpen)).toBe(true);
  await finish(page);
  await expect.poll(() => names(page)).toEqual(['egusi-success', 'egusi-close']);
  const [success, close] = await told(page);
  expect(success!.given).toEqual(['one', expect.objectContaining({ success: true, record_id: expect.stringMatching(/^[0-9a-f]{24}$/) })]);
  expect(close!.given).toEqual(['one', null]);
  const events = (await heard(page)).filter(({ name }) => name === 'egusi-event');
  expect(events.map(({ given }) => given[1].event_name)).toEqual(expect.arrayContaining(['OPENED', 'CONNECTED', 'CLOSED']));
  await expect(page.getByRole('button', { name: 'Connect your bank' })).toBeFocused();
  expect(await page.evaluate(() => document.querySelector('egusi-connect')!.isOpen)).toBe(false);
});

test('nothing is fetched before the pointer or the focus comes near, and then only what warms up', async ({ page, world }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.url().endsWith('.wasm')) sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  const fetched = await visit(page, world, `<a href="#top">Before</a> <egusi-connect ${keys(world)}></egusi-connect>`);
  expect(fetched).toEqual(['/embed/egusi-element.js']);
  await page.getByRole('link', { name: 'Before' }).focus();
  expect(fetched).toEqual(['/embed/egusi-element.js']);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Connect your bank' })).toBeFocused();
  await expect.poll(() => fetched.filter((url) => /\.wasm$/.test(url)).length).toBe(1);
  expect(fetched[1]).toBe('/warm');
  expect(fetched.filter((url) => /^\/(\?|connect)/.test(url))).toEqual([]);
  await page.getByRole('button', { name: 'Connect your bank' }).hover();
  await page.keyboard.press('Enter');
  await expect(button(page, 'Continue')).toBeVisible();
  // Warmed up once, and what came is used: it comes over the network a single time.
  expect(fetched.filter((url) => url === '/warm')).toHaveLength(1);
  expect((await Promise.all(sizes)).filter((size) => size > 0)).toHaveLength(1);
  expect(said.filter((text) => !text.startsWith('Egusi, about your options'))).toEqual([]);
});

test('a look of its own, its own button and its own words are the page’s to give', async ({ page, world }) => {
  const { url } = world.egusi;
  await visit(
    page,
    world,
    `<egusi-connect id="words" ${keys(world)}>Link <b>an account</b></egusi-connect>
    <egusi-connect id="own" ${keys(world)}><button slot="button">Our own</button></egusi-connect>
    <egusi-connect id="off" ${keys(world)} disabled>Not now</egusi-connect>
    <egusi-connect id="own-off" ${keys(world)} disabled><button slot="button">Ours, not now</button></egusi-connect>`,
  );
  for (const name of ['Link an account', 'Our own', 'Not now']) {
    await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('button')).toHaveCount(4);
  await expect(page.getByRole('button', { name: 'Not now', exact: true })).toBeDisabled();
  await page.locator('#off').click({ force: true });
  await page.getByRole('button', { name: 'Ours, not now' }).click();
  await page.evaluate(() => {
    const off = document.querySelector<HTMLElement & { disabled: boolean }>('#off')!;
    off.dispatchEvent(new PointerEvent('pointerenter'));
    off.disabled = false;
    off.setAttribute('disabled', '');
  });
  await expect(page.locator('iframe')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Not now', exact: true })).toBeDisabled();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByRole('button', { name: 'Our own', exact: true }).focus();
  await page.keyboard.press('Space');
  await expect(button(page, 'Continue')).toBeVisible();
  await pressLast(page, 'Close');
  await expect.poll(() => told(page)).toEqual([{ name: 'egusi-close', given: ['own', null] }]);
  expect(await page.evaluate(() => window.Okra.baseUrl)).toBe(url);
});

test('taken out of the page its window goes with it; moved about it stays', async ({ page, world }) => {
  await visit(page, world, `<egusi-connect id="one" ${keys(world)}></egusi-connect><aside></aside>`);
  await page.getByRole('button', { name: 'Connect your bank' }).click();
  await expect(button(page, 'Continue')).toBeVisible();
  await page.evaluate(() => document.querySelector('aside')!.append(document.querySelector('egusi-connect')!));
  await expect(inside(page).getByRole('dialog')).toBeVisible();
  await page.evaluate(() => document.querySelector('egusi-connect')!.remove());
  await expect(page.locator('dialog')).toHaveCount(0);
  expect(await names(page)).toEqual([]);
});

test('what it is given by code wins, opens only once, and closes', async ({ page, world }) => {
  await visit(page, world, `<egusi-connect id="one" token="wrong" ${keys(world)}></egusi-connect>`);
  const same = await page.evaluate(({ token }) => {
    const element = document.querySelector('egusi-connect')!;
    element.options = { token, onClose: () => void window.heard.push({ name: 'onClose', given: [] }) };
    return element.open() === element.open();
  }, world.company);
  expect(same).toBe(true);
  await expect(button(page, 'Continue')).toBeVisible();
  await expect(page.locator('dialog')).toHaveCount(1);
  await page.evaluate(() => document.querySelector('egusi-connect')!.close());
  await expect.poll(() => names(page)).toEqual(['onClose', 'egusi-close']);
});

test('a mistake of the page is told as an event and in its console', async ({ page, world }) => {
  await visit(page, world, `<egusi-connect id="one" ${keys(world)} base-url="nowhere"></egusi-connect>`);
  const thrown = page.waitForEvent('pageerror');
  await page.getByRole('button', { name: 'Connect your bank' }).click();
  expect((await thrown).message).toMatch(/^Okra: expected baseUrl to be the origin of your Egusi server.*got "nowhere"/);
  await expect.poll(() => told(page)).toEqual([
    { name: 'egusi-error', given: ['one', { code: 'invalid_base_url', error: expect.stringMatching(/got "nowhere"/) }] },
  ]);
  await expect(page.locator('dialog, iframe')).toHaveCount(0);
});

test('the script by its content’s name is the same script, may be kept for ever, and knows its server', async ({ page, world }) => {
  const { url } = world.egusi;
  const { embed } = await (await page.request.get(`${url}/embed/integrity.json`)).json();
  const hashed = Object.keys(embed).find((name) => /^egusi-element-.+\.js$/.test(name))!;
  expect(embed[hashed]).toBe(embed['egusi-element.js']);
  const answer = await page.request.get(`${url}/embed/${hashed}`);
  expect(answer.headers()['cache-control']).toBe('public, max-age=31536000, immutable');
  await visit(page, world, `<egusi-connect ${keys(world)}></egusi-connect>`, `${hashed}" integrity="${embed[hashed]}" crossorigin="`);
  expect(await page.evaluate(() => window.Okra.baseUrl)).toBe(url);
  await page.getByRole('button', { name: 'Connect your bank' }).click();
  await expect(button(page, 'Continue')).toBeVisible();
});
