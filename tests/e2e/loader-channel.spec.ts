/** The line between loader and window: who gets it, and what is believed beside it. */

import { expect, test, type Frame } from '@playwright/test';
import { CONNECTION, EVENT, LOADED, SHOP, WIDGET, framesOf, received, say, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { builtWith, serveFakeWidget, tells } from './helpers/fake-widget.ts';
import { heard, heardAll, openWindow } from './helpers/host-page.ts';
import { NONCE, errorsOf, frameAt, post } from './helpers/own-host.ts';

const OPTIONS = { key: 'public-key', token: 'company', products: ['auth'], env: 'production' as const };
const FRAMED = '/?isIframe=true&withOptions=true';

const nonceOf = (frame: Frame) => new URL(frame.url()).hash.replace('#egusi=', '');

test('every opening has a nonce of its own', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  for (let at = 0; at < 3; at++) await openWindow(page, OPTIONS);
  const nonces = (await framesOf(page, WIDGET, 3)).map(nonceOf);
  expect(new Set(nonces).size).toBe(3);
  for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{32}$/);
});

test('a greeting without the nonce, or with another, is not answered', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  await openWindow(page, OPTIONS);
  const [first, second] = await framesOf(page, WIDGET, 2);
  const lies = [LOADED, { ...LOADED, egusi: nonceOf(second!) }, { ...LOADED, egusi: NONCE }, { ...LOADED, egusi: [nonceOf(first!)] }];
  lies.push({ ifameLoaded: 1, egusi: nonceOf(first!) } as never);
  await first!.evaluate((lies) => lies.forEach((lie) => parent.postMessage(lie, '*')), lies);
  // Whoever greets later is answered later: by then the lies have arrived.
  await say(second!, LOADED);
  await say(first!, LOADED);
  expect(await received(first!)).toHaveLength(1);
  expect(await received(second!)).toHaveLength(1);
});

test('a second greeting gets a new line, and on the old one nothing is heard any more', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED);
  await widget!.evaluate(() => void ((window as any).old = window.line));
  await say(widget!, LOADED);
  await widget!.evaluate((said) => said.forEach((one) => (window as any).old.postMessage(one)), [EVENT, CONNECTION, { close: true }]);
  await say(widget!, { error: 'on the new line' });
  await expect.poll(() => heardAll(page)).toEqual(['onError']);
});

test('a window with a nonce takes options from nobody without it, and none without a line', async ({ context }) => {
  const { page, frame, errors } = await frameAt(context, `${FRAMED}#egusi=${NONCE}`);
  expect(await received(page.mainFrame())).toEqual([{ data: { ifameLoaded: true, egusi: NONCE }, origin: WIDGET }]);
  const other = NONCE.replace('0', 'f');
  for (const [message, ports] of [
    [OPTIONS, 0],
    [OPTIONS, 1],
    [{ ...OPTIONS, egusi: NONCE }, 0],
    [{ ...OPTIONS, egusi: NONCE }, 2],
    [{ ...OPTIONS, egusi: other }, 1],
    [{ ...OPTIONS, egusi: [NONCE] }, 1],
    [{ egusi: NONCE }, 1],
  ] as const) {
    await post(page, { ...message, name: 'wrong' }, ports);
  }
  await post(page, { ...OPTIONS, egusi: NONCE, name: 'right' }, 1);
  const built = await builtWith(frame);
  expect(built).toMatchObject({ name: 'right', hostOrigin: SHOP });
  expect(built).not.toHaveProperty('egusi');
  // And never a second time.
  await post(page, { ...OPTIONS, egusi: NONCE, name: 'late' }, 1);
  expect((await builtWith(frame)).name).toBe('right');
  expect(errors).toEqual([]);
});

test('a window with a nonce speaks and listens on its line alone', async ({ context }) => {
  const { page, frame } = await frameAt(context, `${FRAMED}#egusi=${NONCE}`);
  await post(page, { ...OPTIONS, egusi: NONCE }, 1);
  await builtWith(frame);
  await tells(frame, 'onEvent', { event_name: 'OPENED' });
  await post(page, { cancel: true });
  await page.evaluate(() => {
    for (const odd of [null, 7, 'cancel', { cancel: 1 }, [], { close: true }]) window.line!.postMessage(odd);
    window.line!.postMessage({ cancel: true });
  });
  await frame.waitForFunction(() => window.closings.length > 0);
  expect(await frame.evaluate(() => window.closings)).toEqual([[true]]);
  await page.waitForFunction(() => window.received.length > 1);
  const [, said] = await page.evaluate(() => window.received);
  expect(said).toEqual({ data: { event: true, event_name: 'OPENED' }, origin: 'line' });
});

test('what is said before there is a line is said on it, in order', async ({ context }) => {
  const { page, frame } = await frameAt(context, `${FRAMED}#egusi=${NONCE}`);
  await frame.evaluate(() => document.getElementById('first-close')!.click());
  await post(page, { ...OPTIONS, egusi: NONCE }, 1);
  await page.waitForFunction(() => window.received.length > 1);
  expect((await page.evaluate(() => window.received)).slice(1)).toEqual([{ data: { close: true }, origin: 'line' }]);
});

test('a host without a nonce gets what okra-js gets, at its own origin', async ({ context }) => {
  const { page, frame } = await frameAt(context, FRAMED);
  expect(await received(page.mainFrame())).toEqual([{ data: { ifameLoaded: true }, origin: WIDGET }]);
  await post(page, OPTIONS);
  expect((await builtWith(frame)).hostOrigin).toBe(SHOP);
  // It is not us who navigate a page that has not asked for it.
  expect(await frame.evaluate(() => typeof window.built.onRedirect)).toBe('undefined');
  await tells(frame, 'onSuccess', CONNECTION);
  await tells(frame, 'onClose');
  await page.waitForFunction(() => window.received.length > 2);
  expect((await page.evaluate(() => window.received)).slice(1)).toEqual([
    { data: CONNECTION, origin: WIDGET },
    { data: { close: true }, origin: WIDGET },
  ]);
});

test('the loader sends its own page on, and only to an address of the web', async ({ context }) => {
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  const [frame] = await framesOf(page, WIDGET);
  await builtWith(frame!);
  await tells(frame!, 'onRedirect', 'javascript:document.title="taken"');
  await tells(frame!, 'onRedirect', 'data:text/html,taken');
  await tells(frame!, 'onEvent', EVENT);
  await expect.poll(() => heardAll(page)).toEqual(['onEvent']);
  expect([page.url(), await page.title()]).toEqual([`${SHOP}/`, 'Shop']);
  await tells(frame!, 'onRedirect', `${SHOP}/thanks?order=7`);
  await page.waitForURL(`${SHOP}/thanks?order=7`);
});

test('the frame cannot navigate the page around it', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  await openWindow(page, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED);
  const why = await widget!.evaluate(() => {
    try {
      window.top!.location.href = 'https://stranger.example/';
      return 'it may';
    } catch (thrown) {
      return (thrown as Error).name;
    }
  });
  expect(why).toBe('SecurityError');
  expect(page.url()).toBe(`${SHOP}/`);
});

test('a page whose origin is opaque opens the window, which calls it by the word null', async ({ context }) => {
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  const page = await context.newPage();
  // As wrappers in apps do, which show a text and not an address.
  await page.goto(`data:text/html,<body><script src='${WIDGET}/embed/egusi.js'></script>`);
  await openWindow(page, OPTIONS);
  const [frame] = await framesOf(page, WIDGET);
  expect((await builtWith(frame!)).hostOrigin).toBe('null');
  await tells(frame!, 'onSuccess', CONNECTION);
  await expect.poll(() => heard(page)).toEqual([{ name: 'onSuccess', given: [CONNECTION] }]);
});

test.describe('a page of the same origin as its server', () => {
  test('is refused by the loader in production, in words, and opens in the sandbox', async ({ context }) => {
    await serveFakeWeb(context);
    await serveFakeWidget(context);
    const page = await context.newPage();
    const notes: string[] = [];
    page.on('console', (line) => notes.push(line.text()));
    await page.goto(`${WIDGET}/shop/`);
    await page.addScriptTag({ url: `${WIDGET}/embed/egusi.js` });
    // The server's reader trims what it is given, so that more than one word is production.
    for (const env of ['production ', '\n\u0085production']) {
      expect(await openWindow(page, { ...OPTIONS, env })).toMatchObject({ code: 'same_origin' });
      await page.evaluate(() => void (window.heard = []));
    }
    const thrown = await openWindow(page, OPTIONS);
    expect(thrown).toMatchObject({ code: 'same_origin', message: expect.stringMatching(/two origins.*connect\.example/) });
    expect(await heard(page)).toEqual([{ name: 'onError', given: [{ code: thrown!.code, error: thrown!.message }] }]);
    await expect(page.locator('iframe, dialog')).toHaveCount(0);

    expect(await openWindow(page, { ...OPTIONS, env: 'production-sandbox' })).toBeNull();
    await builtWith((await framesOf(page, WIDGET, 2)).at(-1)!);
    await expect.poll(() => notes.join()).toContain('protects nobody');
  });

  test('is refused by the window itself, whatever loader it has', async ({ context }) => {
    await serveFakeWeb(context);
    await serveFakeWidget(context);
    const page = await context.newPage();
    await page.goto(`${WIDGET}/shop/`);
    await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), FRAMED);
    await page.waitForFunction(() => window.received.length > 0);
    await post(page, { ...OPTIONS, env: ' production\u0085' });
    const frame = page.frameLocator('iframe');
    await expect(frame.getByText('has not set it up correctly')).toBeVisible();
    await expect(frame.getByText(/another origin than its server, got https:\/\/connect\.example/)).toBeVisible();
    await page.waitForFunction(() => window.received.length > 1);
    const [, said] = await page.evaluate(() => window.received);
    expect(said!.data).toMatchObject({ code: 'same_origin', error: expect.stringContaining('another origin') });
  });
});

test('errors are looked for in both pages', async ({ context }) => {
  // So that "no error" above means something.
  const { page, frame } = await frameAt(context, FRAMED);
  const errors = errorsOf(page);
  await frame.evaluate(() => void setTimeout(() => { throw new Error('inside'); }));
  await page.evaluate(() => void setTimeout(() => { throw new Error('outside'); }));
  await expect.poll(() => errors.sort()).toEqual(['inside', 'outside']);
});
