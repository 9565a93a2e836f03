/** Saved configurations: named by a loader, by an address in a frame, or by the address of a page of its own. */

import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { SHOP, WIDGET, framesOf, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { builtWith, serveFakeWidget, tells } from './helpers/fake-widget.ts';
import { heard, heardAll, openWindow } from './helpers/host-page.ts';
import { addFrameAt, errorsOf, post } from './helpers/own-host.ts';

const SAVED = { name: 'Saved Stores', products: ['auth', 'balance'], logo: 'https://shop.example/logo.png', showBalance: true };

/** Everything in its place; gives what was asked of the server about links. */
async function serve(context: BrowserContext, env = 'production-sandbox'): Promise<string[]> {
  const asked: string[] = [];
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  await context.route(`${WIDGET}/connect/v1/links/*`, (route) => {
    const { pathname } = new URL(route.request().url());
    asked.push(pathname);
    if (pathname.endsWith('/tT-short_9')) {
      return route.fulfill({ json: { app_id: '5d8a35224d8113507c7521ac', env, options: SAVED } });
    }
    return route.fulfill({ status: 404, json: { code: 'unknown_link', message: 'no such link' } });
  });
  return asked;
}

async function openShort(page: Page, options: object) {
  await openWindow(page, options, 'buildWithShortUrl');
  return (await framesOf(page, WIDGET))[0]!;
}

test('what is saved lies under what the page gives, and its world counts', async ({ context }) => {
  const asked = await serve(context, 'production');
  const page = await visitShop(context);
  const given = { short_url: 'tT-short_9', name: 'Given Stores', meta: { order: 7 }, logo: '', currency: null, env: 'production-sandbox' };
  const built = await builtWith(await openShort(page, given));
  expect(built).toMatchObject({ ...SAVED, name: 'Given Stores', meta: { order: 7 }, ref: 'tT-short_9', env: 'production', hostOrigin: SHOP });
  for (const absent of ['key', 'token', 'short_url', 'currency']) expect(built).not.toHaveProperty(absent);
  expect(asked).toEqual(['/connect/v1/links/tT-short_9']);
});

for (const unknown of ['nobody-has-this', '../sessions', 'a', '', 'x'.repeat(41), 'with space']) {
  test(`a name that is none, ${JSON.stringify(unknown).slice(0, 20)}, is said to the customer and to the host`, async ({ context }) => {
    const asked = await serve(context);
    const page = await visitShop(context);
    await openShort(page, { short_url: unknown });
    const frame = page.frameLocator('iframe');
    await expect(frame.getByText('does not lead anywhere')).toBeVisible();
    await expect.poll(() => heard(page)).toEqual([
      { name: 'onError', given: [{ code: 'unknown_link', error: expect.stringMatching(/^ref: expected the short name.* got "/) }] },
    ]);
    // Only what could be a name is asked for.
    expect(asked.filter((path) => path !== '/connect/v1/links/nobody-has-this')).toEqual([]);
    await frame.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => heardAll(page)).toEqual(['onError', 'onClose']);
  });
}

test('a link that could not be fetched can be asked for again', async ({ context }) => {
  await serve(context);
  let broken = true;
  await context.route(`${WIDGET}/connect/v1/links/*`, (route) => (broken ? route.abort() : route.fallback()));
  const page = await visitShop(context);
  const frame = await openShort(page, { short_url: 'tT-short_9' });
  await expect(page.frameLocator('iframe').getByText('Check your network')).toBeVisible();
  broken = false;
  await page.frameLocator('iframe').getByRole('button', { name: 'Try again' }).click();
  expect(await builtWith(frame)).toMatchObject({ name: 'Saved Stores' });
  expect(await heardAll(page)).toEqual([]);
});

test('a page with a key of its own means something else by ref', async ({ context }) => {
  const asked = await serve(context);
  const page = await visitShop(context);
  await openWindow(page, { key: 'public-key', token: 'company', ref: 'tT-short_9' });
  const built = await builtWith((await framesOf(page, WIDGET))[0]!);
  expect(built).toMatchObject({ key: 'public-key', token: 'company' });
  expect(built).not.toHaveProperty('ref');
  expect(asked).toEqual([]);
});

test.describe('in the frame of a page that posts nothing', () => {
  for (const [generation, path] of [
    ['okra-js 1.0.6', '/tT-short_9?&isIframe=true&source=integration&hideCardOnExit=true'],
    ['npm-okrajs', '/?ref=tT-short_9&isIframe=true&source=integration'],
  ] as const) {
    test(`${generation}: it opens by itself and speaks to the origin the browser vouches for`, async ({ context }) => {
      await serve(context);
      const page = await visitShop(context);
      const errors = errorsOf(page);
      const frame = await addFrameAt(page, path);
      expect(await builtWith(frame)).toMatchObject({ ...SAVED, ref: 'tT-short_9', hostOrigin: SHOP });
      await tells(frame, 'onSuccess', { record: 'r1' });
      await tells(frame, 'onClose');
      await page.waitForFunction(() => window.received.length > 2);
      expect((await page.evaluate(() => window.received)).map(({ data }) => data)).toEqual([
        { ifameLoaded: true },
        { record: 'r1', success: true },
        { close: true },
      ]);
      expect(errors).toEqual([]);
    });
  }

  test('okra-js 2.0.0 posts at the next load of its frame, and is waited for', async ({ context }) => {
    await serve(context);
    const page = await visitShop(context);
    const frame = await addFrameAt(page, '/tT-short_9?&withOptions=true&isIframe=true');
    await frame.waitForLoadState('networkidle');
    expect(await frame.evaluate(() => 'built' in window)).toBe(false);
    await post(page, { ref: 'tT-short_9', meta: 7, withShortURL: true });
    expect(await builtWith(frame)).toMatchObject({ ...SAVED, meta: 7, ref: 'tT-short_9' });
  });
});

test.describe('as a page of its own', () => {
  async function visitLink(context: BrowserContext, path = '/tT-short_9') {
    const asked = await serve(context);
    const page = await context.newPage();
    const errors = errorsOf(page);
    await page.goto(`${WIDGET}${path}`);
    return { page, asked, errors };
  }

  test('it opens by itself, tells nobody, and ends with a word', async ({ context }) => {
    const { page, errors } = await visitLink(context);
    const built = await builtWith(page);
    expect(built).toMatchObject({ ...SAVED, ref: 'tT-short_9', env: 'production-sandbox' });
    // No page is around it: that is not the same as one without a name.
    expect(built).not.toHaveProperty('hostOrigin');
    expect(await page.evaluate(() => typeof window.built.onRedirect)).toBe('undefined');
    await tells(page, 'onSuccess', { record: 'r1' });
    await tells(page, 'onClose');
    await expect(page.getByRole('heading', { name: 'You can close this page' })).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
    expect(errors).toEqual([]);
  });

  test('closed before the widget is there, it says the same', async ({ context }) => {
    await serve(context);
    await context.route(`${WIDGET}/assets/main.js`, () => {});
    const page = await context.newPage();
    await page.goto(`${WIDGET}/tT-short_9`, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('heading', { name: 'You can close this page' })).toBeVisible();
  });

  test('a link that nobody saved says so', async ({ context }) => {
    const { page } = await visitLink(context, '/nobody-has-this');
    await expect(page.getByText('does not lead anywhere')).toBeVisible();
  });

  test('what others post to it changes nothing', async ({ context }) => {
    const { page } = await visitLink(context);
    await builtWith(page);
    await page.evaluate(() => {
      window.postMessage({ cancel: true }, '*');
      window.postMessage({ key: 'k', token: 't', withOptions: true, name: 'Stranger' }, '*');
    });
    expect((await builtWith(page)).name).toBe('Saved Stores');
    expect(await page.evaluate(() => window.closings)).toEqual([]);
  });
});

test('a script that does not arrive is no screen without an end', async ({ context }) => {
  await serve(context);
  let broken = true;
  await context.route(`${WIDGET}/assets/main.js`, (route) => (broken ? route.abort() : route.fallback()));
  const page = await visitShop(context);
  await openShort(page, { short_url: 'tT-short_9' });
  await expect(page.frameLocator('iframe').getByText('Check your network')).toBeVisible();
  broken = false;
  await page.frameLocator('iframe').getByRole('button', { name: 'Try again' }).click();
  const [frame] = await framesOf(page, WIDGET);
  expect(await builtWith(frame!)).toMatchObject({ name: 'Saved Stores' });
});
