/** What the makers of a page read in its console about their options, and what they never read there. */

import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { WIDGET, framesOf, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { builtWith, serveFakeWidget } from './helpers/fake-widget.ts';
import { openWindow } from './helpers/host-page.ts';

const OPTIONS = { key: 'public-key', token: 'company', products: ['auth'], env: 'production-sandbox' };

/** Opens the window, and gives what the console said and what was fetched once all is quiet. */
async function notices(context: BrowserContext, options: object) {
  await serveFakeWeb(context);
  const fetched = await serveFakeWidget(context);
  const page: Page = await visitShop(context);
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await openWindow(page, options);
  const [frame] = await framesOf(page, WIDGET);
  await builtWith(frame!);
  await page.waitForLoadState('networkidle');
  return { said, fetched };
}

test('ignored, misspelt and old options are named, each with what to do, and no value is', async ({ context }) => {
  const { said, fetched } = await notices(context, {
    ...OPTIONS,
    color: '#3AB795',
    limit: '24',
    guarantors: { status: true, message: 'secret-value' },
    geoLocation: true,
    clientName: 'secret-value',
    webhook: 'https://shop.example/secret-value',
    callbackUrl: 'https://shop.example/secret-value',
    showbalance: true,
    redirct_url: 'https://shop.example/secret-value',
    reauth_bank: 'kuda-bank',
    horoscope: 'secret-value',
  });
  expect(said).toEqual([
    `Egusi, about your options:
- limit is ignored: the last 24 months are always read, as the consent says
- guarantors is ignored: it is not a product of this server
- geoLocation is ignored: it is not needed, so it is not collected
- clientName is an old name; write name
- webhook is an old name; write callback_url
- callbackUrl is not known; did you mean callback_url?
- showbalance is not known; did you mean showBalance?
- redirct_url is not known; did you mean redirect_url?
- horoscope is ignored: there is no such option
(Only said in the sandbox.)`,
  ]);
  expect(said.join()).not.toMatch(/secret-value|kuda|#3AB795/);
  expect(fetched).toContain('lint.js');
});

test('where there is nothing to say, nothing is said', async ({ context }) => {
  const { said, fetched } = await notices(context, {
    ...OPTIONS,
    // As wrappers send what nobody set.
    limit: 'null',
    color: '',
    guarantors: {},
    refresh: false,
    deviceInfo: "'[object Object]'",
    customers: [],
    imei: null,
    source: 'wordpress',
    record_id: 'r1',
  });
  expect(said).toEqual([]);
  expect(fetched).toContain('lint.js');
});

test('in production nothing is fetched and nothing is said', async ({ context }) => {
  const { said, fetched } = await notices(context, { ...OPTIONS, env: 'production ', color: '#000', colour: '#000' });
  expect(said).toEqual([]);
  expect(fetched).not.toContain('lint.js');
});

test('a missing file of advice disturbs nobody', async ({ context }) => {
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  await context.route(`${WIDGET}/assets/lint.js`, (route) => route.abort());
  const page = await visitShop(context);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await openWindow(page, { ...OPTIONS, color: '#000' });
  const [frame] = await framesOf(page, WIDGET);
  await builtWith(frame!);
  await page.waitForLoadState('networkidle');
  expect(errors).toEqual([]);
});
