/** Without WebAssembly: what the page offers, what it hands on, and whom it believes. */

import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { CONNECTION, EVENT, SHOP, WIDGET, framesOf, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { builtWith, serveFakeWidget } from './helpers/fake-widget.ts';
import { heard, heardAll, openWindow } from './helpers/host-page.ts';
import { addFrameAt, errorsOf, post } from './helpers/own-host.ts';
import { traces } from './helpers/traces.ts';

const OPTIONS = { key: 'public-key', token: 'company', products: ['auth'], name: 'Shop "&<b>' };
const PLAIN = 'Continue in the simple version';

interface Posted {
  method: string;
  type: string | undefined;
  fields: Record<string, string>;
  url: string;
}

/** A browser without WebAssembly, and a server whose plain page is empty. Gives what was posted to it. */
async function serve(context: BrowserContext, isMissing = true): Promise<Posted[]> {
  const posted: Posted[] = [];
  if (isMissing) await context.addInitScript(() => delete (globalThis as { WebAssembly?: unknown }).WebAssembly);
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  await context.route(`${WIDGET}/plain/**`, (route) => {
    const request = route.request();
    const fields = Object.fromEntries(new URLSearchParams(request.postData() ?? ''));
    posted.push({ method: request.method(), type: request.headers()['content-type'], fields, url: request.url() });
    return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Plain</title><h1>Plain page</h1>' });
  });
  return posted;
}

const inside = (page: Page) => page.frameLocator('iframe');

/** Goes on without, and gives the frame of the server's pages. */
async function goOn(page: Page) {
  await inside(page).getByRole('button', { name: PLAIN }).click();
  await expect(inside(page).frameLocator('iframe[name=egusi-plain]').getByText('Plain page')).toBeVisible();
  return page.frames().find((frame) => frame.url() === `${WIDGET}/plain/open`)!;
}

test('the customer is told in plain words, and the options go on by a form', async ({ context }) => {
  const posted = await serve(context);
  const page = await visitShop(context);
  const errors = errorsOf(page);
  await openWindow(page, OPTIONS);
  await expect(inside(page).getByText('The simple version needs none')).toBeVisible();
  await expect(inside(page).getByRole('heading', { name: 'Your browser needs the simple version' })).toBeVisible();
  await expect(inside(page).getByRole('button', { name: 'Try again' })).toBeHidden();
  await goOn(page);
  const [{ fields, ...request }] = posted as [Posted];
  expect(request).toEqual({ method: 'POST', type: 'application/x-www-form-urlencoded', url: `${WIDGET}/plain/open` });
  expect(Object.keys(fields)).toEqual(['options']);
  const options = JSON.parse(fields.options!);
  expect(options).toMatchObject({ ...OPTIONS, hostOrigin: SHOP });
  for (const absent of ['egusi', 'safeArea', 'resumeToken']) expect(options).not.toHaveProperty(absent);
  expect(errors).toEqual([]);
});

test('where the file does not arrive, both ways are offered and both lead on', async ({ context }) => {
  const posted = await serve(context, false);
  let broken = true;
  await context.route(`${WIDGET}/assets/fake.wasm`, (route) => (broken ? route.abort() : route.fallback()));
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  await expect(inside(page).getByRole('button', { name: PLAIN })).toBeVisible();
  broken = false;
  await inside(page).getByRole('button', { name: 'Try again' }).click();
  const [frame] = await framesOf(page, WIDGET);
  expect((await builtWith(frame!)).name).toBe(OPTIONS.name);
  expect(posted).toEqual([]);

  broken = true;
  await page.reload();
  await openWindow(page, OPTIONS);
  await goOn(page);
  expect(JSON.parse(posted[0]!.fields.options!)).toMatchObject(OPTIONS);
});

test('what the plain pages tell is passed on, if it is theirs and looks right', async ({ context }) => {
  await serve(context);
  const page = await visitShop(context);
  const before = await traces(page);
  await openWindow(page, OPTIONS);
  const plain = await goOn(page);
  const [outer] = await framesOf(page, WIDGET);
  // Neither the page itself, nor its host, nor what does not look as it must.
  await outer!.evaluate((lies) => lies.forEach((lie) => window.postMessage(lie, '*')), [CONNECTION, { close: true }]);
  await page.evaluate((lies) => {
    for (const lie of lies) document.querySelector('iframe')!.contentWindow!.postMessage(lie, '*');
  }, [CONNECTION, { close: true }]);
  await plain.evaluate(
    (said) => said.forEach((one) => parent.postMessage(one, location.origin)),
    [null, 7, 'close', {}, { success: true }, { close: 1 }, { ifameLoaded: true }, { redirect: 'javascript:1' }, EVENT, { beforeClose: true }, CONNECTION, { close: true }],
  );
  await expect.poll(() => heard(page)).toEqual([
    { name: 'onEvent', given: [EVENT] },
    { name: 'beforeClose', given: [{ beforeClose: true }] },
    { name: 'onSuccess', given: [CONNECTION] },
    { name: 'onClose', given: [] },
  ]);
  expect({ ...(await traces(page)), history: 0 }).toEqual({ ...before, history: 0 });
});

test('the wish to leave ends it', async ({ context }) => {
  await serve(context);
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  await goOn(page);
  await page.locator('dialog').focus();
  await page.keyboard.press('Escape');
  await expect.poll(() => heardAll(page)).toEqual(['onClose']);
});

test('a simple version that does not come is said, and can be asked for again', async ({ context }) => {
  await serve(context);
  let isDown = true;
  await context.route(`${WIDGET}/plain/**`, (route) => (isDown ? route.abort('internetdisconnected') : route.fallback()));
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  await inside(page).getByRole('button', { name: PLAIN }).click();
  const again = inside(page).getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  isDown = false;
  await again.click();
  const plain = inside(page).frameLocator('iframe[name=egusi-plain]');
  await expect(plain.getByText('Plain page')).toBeVisible();
  // It is the one that is heard from now on.
  await plain.locator('h1').evaluate(() => parent.postMessage({ close: true }, location.origin));
  await expect.poll(() => heardAll(page)).toEqual(['onClose']);
});

test('a page that is lost on the way can be left', async ({ context }) => {
  await serve(context);
  await context.route(`${WIDGET}/plain`, (route) => route.abort('internetdisconnected'));
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  const plain = await goOn(page);
  await plain.evaluate(() => void setTimeout(() => location.assign('/plain')));
  await expect(inside(page).getByRole('button', { name: 'Try again' })).toBeVisible();
  await inside(page).getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => heardAll(page)).toEqual(['onClose']);
});

test('whoever is connected has nothing to try again', async ({ context }) => {
  await serve(context);
  await context.route(`${WIDGET}/plain`, (route) => route.abort('internetdisconnected'));
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  const plain = await goOn(page);
  await plain.evaluate((said) => parent.postMessage(said, location.origin), CONNECTION);
  await expect.poll(() => heardAll(page)).toEqual(['onSuccess']);
  await plain.evaluate(() => void setTimeout(() => location.assign('/plain')));
  await expect.poll(() => heardAll(page)).toEqual(['onSuccess', 'onClose']);
});

test('the wish to leave is asked about by the pages themselves', async ({ context }) => {
  await serve(context);
  const body = (text: string, more = '') => `<!doctype html><title>Plain</title><h1>${text}</h1>
    <form id="way" method="post" action="/plain"></form>${more}`;
  const close = '<button form="way" name="do" value="close">Close</button>';
  const answer = (html: string) => ({ contentType: 'text/html', body: html });
  await context.route(`${WIDGET}/plain/open`, (route) => route.fulfill(answer(body('Plain page', close))));
  await context.route(`${WIDGET}/plain`, (route) =>
    route.fulfill(answer(body(route.request().postData() === 'do=close' ? 'Leave without connecting?' : 'Lost'))),
  );
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  await goOn(page);
  await page.locator('dialog').focus();
  await page.keyboard.press('Escape');
  const plain = inside(page).frameLocator('iframe[name=egusi-plain]');
  await expect(plain.getByText('Leave without connecting?')).toBeVisible();
  expect(await heard(page)).toEqual([]);
  await page.locator('dialog').focus();
  await page.keyboard.press('Escape');
  await expect.poll(() => heardAll(page)).toEqual(['onClose']);
});

test('an address to go on to is followed by our loader, and for others by the page', async ({ context }) => {
  await serve(context);
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  const plain = await goOn(page);
  await plain.evaluate((redirect) => parent.postMessage({ redirect }, '*'), `${SHOP}/thanks`);
  await page.waitForURL(`${SHOP}/thanks`);
  await addFrameAt(page, '/?isIframe=true&withOptions=true');
  await post(page, OPTIONS);
  const other = await goOn(page);
  // Who has no loader that looks is told nothing either that does not look as it must.
  await other.evaluate((said) => said.forEach((one) => parent.postMessage(one, '*')), [7, { success: true }, { close: 1 }, { x: 1 }, EVENT]);
  await page.waitForFunction(() => window.received.length > 1);
  expect((await page.evaluate(() => window.received)).map(({ data }) => data)).toEqual([{ ifameLoaded: true }, EVENT]);
  await other.evaluate((redirect) => parent.postMessage({ redirect }, '*'), `${SHOP}/again`);
  // Without the customer's hand the browser may refuse it; the click just now is one.
  await page.waitForURL(`${SHOP}/again`);
});

test('a page of its own goes on without as well, and ends with a word', async ({ context }) => {
  const posted = await serve(context);
  await context.route(`${WIDGET}/connect/v1/links/*`, (route) =>
    route.fulfill({ json: { app_id: 'a', env: 'production-sandbox', options: { name: 'Saved Stores' } } }),
  );
  const page = await context.newPage();
  await page.goto(`${WIDGET}/tT-short_9`);
  await page.getByRole('button', { name: PLAIN }).click();
  const plain = page.frameLocator('iframe[name=egusi-plain]');
  await expect(plain.getByText('Plain page')).toBeVisible();
  expect(JSON.parse(posted[0]!.fields.options!)).toEqual({ name: 'Saved Stores', ref: 'tT-short_9', env: 'production-sandbox' });
  await plain.locator('h1').evaluate(() => parent.postMessage({ close: true }, '*'));
  await expect(page.getByRole('heading', { name: 'You can close this page' })).toBeVisible();
});
