/** A server that only registered pages may show: what a real browser makes of it. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { heard, openWindow } from './helpers/host-page.ts';
import { run, start, type Running } from './helpers/processes.ts';
import { serveSite, type Site } from './helpers/site.ts';
import { agree, chooseBank, connected, finish, inside, share, signIn } from './helpers/walk.ts';
import type { Company } from './helpers/world.ts';

const SERVER = process.env.EGUSI_SERVER_BIN ?? 'target/debug/egusi-server';

/** A server of registered pages, with a company whose App allows one of a site's two origins. */
interface Strict {
  egusi: Running;
  site: Site;
  company: Company;
  other: Company;
  /** The App's name in links. */
  short: string;
  /** Has the App allow these origins from now on. */
  allow(...origins: string[]): Promise<void>;
}

const test = base.extend<{ strict: Strict }>({
  strict: async ({}, use) => {
    const data = await mkdtemp(join(tmpdir(), 'egusi-e2e-'));
    const egusi = await start(SERVER, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--hosts', 'registered']);
    const command = async (...args: string[]) => JSON.parse(await run(SERVER, [...args, '--data', data, '--json']));
    const company: Company = await command('company', 'create', 'Moringa Market');
    const other: Company = await command('company', 'create', 'Other Market');
    const site = await serveSite(`<!doctype html><title>Shop</title><script src="${egusi.url}/embed/egusi.js"></script>`);
    const whose = [company.token, '--env', 'sandbox'];
    const app = await command('app', 'create', ...whose, '--name', 'Shop', '--origin', site.url);
    const allow = async (...origins: string[]) => {
      const given = origins.flatMap((origin) => ['--origin', origin]);
      await command('app', 'change', ...whose, app.id, ...given);
    };
    await use({ egusi, site, company, other, short: app.short, allow });
    site.close();
    await egusi.stop();
    await rm(data, { recursive: true, force: true });
  },
});

function options({ token, sandbox }: Company) {
  const asked = { products: ['auth', 'balance'], showBalance: true };
  return { name: 'Moringa Market', key: sandbox.public_key, token, env: 'production-sandbox', ...asked };
}

/** Everything the browser complains of. */
function complaints(page: Page): string[] {
  const all: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) all.push(message.text());
  });
  return all;
}

/** A page that frames the window without our loader, and has the browser hide where it comes from. */
function hiding({ egusi, company }: Strict): string {
  return `<script>
    window.told = [];
    addEventListener('message', ({ source, data }) => {
      told.push(data);
      if (data.ifameLoaded) source.postMessage(${JSON.stringify(options(company))}, '*');
    });
  </script><iframe referrerpolicy="no-referrer" src="${egusi.url}/?isIframe=true&withOptions=true"></iframe>`;
}

declare global {
  interface Window {
    /** What the window told the page that hides. */
    told: { code?: string }[];
  }
}

/** Where the frame of the page got to. */
const frameUrl = (page: Page): string | undefined => page.frames()[1]?.url();

test('framed from a page that is not registered, the browser does not load it', async ({ page, strict }) => {
  const said = complaints(page);
  await page.goto(strict.site.otherUrl);
  expect(await openWindow(page, options(strict.company))).toBeNull();
  await expect.poll(() => said.join('\n')).toContain('frame-ancestors');
  await expect.poll(() => frameUrl(page)).toBe('chrome-error://chromewebdata/');
  expect(said.join('\n')).toContain(strict.site.url);
});

test('framed from the registered page, it connects an account', async ({ page, strict }) => {
  const said = complaints(page);
  await page.goto(strict.site.url);
  expect(await openWindow(page, options(strict.company))).toBeNull();
  await agree(page);
  await chooseBank(page);
  await signIn(page, 'user_good');
  await share(page, /Current/);
  await connected(page);
  await finish(page);
  await page.locator('iframe').waitFor({ state: 'detached' });
  expect((await heard(page)).map(({ name }) => name)).toContain('onSuccess');
  expect(said).toEqual([]);
});

test('a key of another company opens nothing from that page', async ({ page, strict }) => {
  await page.goto(strict.site.url);
  await openWindow(page, options(strict.other));
  await expect.poll(async () => (await heard(page)).find(({ name }) => name === 'onError')?.given[0]).toEqual({
    error: expect.stringMatching(
      /^host_origin: expected a page whose origin is registered with an App of this company for production-sandbox; got "http:/,
    ),
    code: 'origin_not_allowed',
  });
  expect((await heard(page)).map(({ name }) => name)).not.toContain('onSuccess');
});

test('what the command changes counts for the next page', async ({ page, strict }) => {
  await strict.allow(strict.site.otherUrl);
  await page.goto(strict.site.otherUrl);
  await openWindow(page, options(strict.company));
  await expect(inside(page).getByRole('dialog', { name: /Moringa Market/ })).toBeVisible();
  await page.goto(strict.site.url);
  await openWindow(page, options(strict.company));
  await expect.poll(() => frameUrl(page)).toBe('chrome-error://chromewebdata/');
});

test('pages without an origin are let in where the App allows them, and no others with them', async ({ page, strict }) => {
  const framed = `<iframe src="${strict.egusi.url}/"></iframe>`;
  const opaque = await serveSite(`<iframe sandbox="allow-scripts" srcdoc='${framed}'></iframe>`);
  const [plain, hidden] = await Promise.all([serveSite(framed), serveSite(hiding(strict))]);
  const inner = () => page.frames().at(-1)!;
  await page.goto(opaque.url);
  await expect.poll(() => inner().url()).toBe('chrome-error://chromewebdata/');
  await strict.allow(strict.site.url, 'null');
  await page.goto(opaque.url);
  await expect(inner().locator('#first')).toBeVisible();
  await page.goto(plain.url);
  await expect.poll(() => inner().url()).toBe('chrome-error://chromewebdata/');

  // Who hides where they come from gets the window, and nothing opens in it.
  await page.goto(hidden.url);
  await expect.poll(() => page.evaluate(() => window.told.find(({ code }) => code)?.code)).toBe('origin_not_allowed');
  for (const site of [opaque, plain, hidden]) site.close();
});

test('pages of ours are loaded without a complaint of the browser', async ({ page, strict }) => {
  const said = complaints(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${strict.egusi.url}/docs`);
  await expect(page.getByRole('heading', { name: 'Egusi' }).first()).toBeVisible();
  const answer = await page.goto(`${strict.egusi.url}/${strict.short}`);
  expect(answer!.status()).toBe(200);
  await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible();
  expect(said).toEqual([]);
  expect((await page.goto(`${strict.egusi.url}/tTthfNrpC`))!.status()).toBe(404);
  await expect(page.getByText('The link you followed does not lead anywhere')).toBeVisible();
  expect(asked).toContain('/connect/v1/sessions');
  expect(asked.filter((path) => path.startsWith('/connect/v1/links')), 'the page is told what was saved').toEqual([]);
});
