/** Strangers in the page, and options that cannot be used. */

import { framesOf, say } from './helpers/fake-web.ts';
import { bringFuzz } from './helpers/fuzz.ts';
import { heard, heardNames, openWindow } from './helpers/host-page.ts';
import { errorsOf } from './helpers/own-host.ts';
import { serveSite } from './helpers/site.ts';
import { button, dialog, finish, inside, openWith, share, walkToBank } from './helpers/walk.ts';
import { expect, test, type World } from './helpers/world.ts';

test('a stranger in the host page can neither end nor fake a connection', async ({ page, world }) => {
  const site = await serveSite(`<!doctype html><title>Host</title><script src="${world.egusi.url}/embed/egusi.js"></script>`);
  await page.goto(site.url);
  await page.evaluate((options) => {
    window.heard = [];
    const keep = (name: string) => [name, (...given: any[]) => void window.heard.push({ name, given })];
    const callbacks = Object.fromEntries(['onSuccess', 'onClose', 'onError'].map(keep));
    window.Okra.buildWithOptions({ ...options, ...callbacks } as any);
    const stranger = document.createElement('iframe');
    stranger.src = location.href.replace('127.0.0.1', 'localhost');
    stranger.title = 'Advertisement';
    document.body.append(stranger);
  }, world.options);
  const widget = page.frameLocator('iframe[title="Connect your bank"]');
  await expect(widget.getByRole('dialog')).toBeVisible();
  const [stranger] = await framesOf(page, site.otherUrl);
  const lies = [{ success: true, record: 'x' }, { close: true }, { error: 'x' }, { ifameLoaded: true }, null, 'close', [], 7];
  await say(stranger!, ...lies);
  // To the window inside as well: only the page around it may speak to it.
  await stranger!.evaluate((lies) => {
    for (const lie of lies) for (let at = 0; at < parent.length; at++) parent[at]!.postMessage(lie, '*');
  }, lies);
  await expect(widget.getByRole('dialog')).toBeVisible();
  await widget.getByRole('button', { name: 'Close', exact: true }).click();
  await expect.poll(() => heard(page)).toEqual([{ name: 'onClose', given: [] }]);
  site.close();
});

test('the window takes its options from the page around it and from no other frame', async ({ page, world }) => {
  const query = 'isIframe=true&withOptions=true';
  const site = await serveSite(
    `<!doctype html><title>Host</title><iframe name="widget" src="${world.egusi.url}/?${query}" width="500" height="700"></iframe>`,
  );
  await page.goto(site.url);
  await framesOf(page, world.egusi.url);
  await page.evaluate((src) => {
    const stranger = document.createElement('iframe');
    stranger.src = src;
    document.body.append(stranger);
  }, `${site.otherUrl}/stranger`);
  const [stranger] = await framesOf(page, site.otherUrl);
  await stranger!.evaluate((options) => parent.frames[0]!.postMessage(options, '*'), {
    ...world.options,
    name: 'Stranger Stores',
  });
  await page.evaluate(([options, origin]) => window.frames[0]!.postMessage(options, origin as string), [
    world.options,
    world.egusi.url,
  ] as const);
  const dialogs = page.frameLocator('iframe[name=widget]').getByRole('dialog');
  await expect(dialogs).toHaveAccessibleName(/Moringa Market/);
  await expect(page.frameLocator('iframe[name=widget]').getByText('Stranger Stores')).toHaveCount(0);
  site.close();
});

/** What the loader would believe of its window, and what the window would believe of its loader. */
const FROM_WINDOW = [
  { success: true, record: 'forged', record_id: 'forged', customer_id: 'forged', bank_id: 'forged', accounts: [] },
  { error: 'forged' },
  { event: true, event_name: 'FORGED' },
  { redirect: 'https://stranger.example/' },
  { beforeClose: true },
  { close: true },
  { ifameLoaded: true },
];
const FROM_HOST = [{ cancel: true }, { key: 'forged', token: 'forged', name: 'Stranger Stores', withOptions: true, iframeData: true }];

test('a thousand messages each way, from whoever can send them, have no effect', async ({ page, context, world }) => {
  await bringFuzz(context);
  // Lines that others hold are used as well: the host's end, and the window's.
  await context.addInitScript(() => {
    const Original = window.MessageChannel;
    window.MessageChannel = class extends Original {
      constructor() {
        super();
        window.line ??= this.port1;
      }
    };
    addEventListener('message', ({ ports }) => {
      if (ports[0]) window.line ??= ports[0];
    });
  });
  const site = await serveSite(`<!doctype html><title>Host</title><script src="${world.egusi.url}/embed/egusi.js"></script>`);
  const errors = errorsOf(page);
  await page.goto(site.url);
  await openWindow(page, world.options);
  const [widget] = await framesOf(page, world.egusi.url);
  const dialogs = page.frameLocator('dialog iframe').getByRole('dialog', { name: /Moringa Market/ });
  await expect(dialogs.getByRole('button', { name: 'Continue' })).toBeVisible();
  await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src, title: 'Advertisement' })), `${site.otherUrl}/`);
  const [stranger] = await framesOf(page, site.otherUrl);
  const before = await heard(page);
  const urls = page.frames().map((frame) => frame.url());
  const nonces = ['', null, '0'.repeat(32), 'f'.repeat(31), ['0'.repeat(32)]];

  // To the host: from a stranger, from the host itself, and from the window beside its line and on it.
  for (const [seed, from] of [stranger!, page.mainFrame(), widget!].entries()) {
    await from.evaluate(([seed, words]) => {
      for (const [at, message] of window.fuzz(seed, 1000, words).entries()) {
        window.top!.postMessage(message, '*', at % 7 ? [] : [new MessageChannel().port2]);
      }
    }, [seed, { right: FROM_WINDOW, nonces }] as const);
  }
  await widget!.evaluate(([words]) => {
    for (const message of window.fuzz(7, 1000, words)) window.line!.postMessage(message);
  }, [{ right: FROM_WINDOW.slice(0, 4), nonces, onlyWrong: true }] as const);

  // To the window: from a stranger, from the host beside its line and on it, and from itself.
  for (const [seed, from] of [stranger!, page.mainFrame(), widget!].entries()) {
    await from.evaluate(([seed, words]) => {
      for (const [at, message] of window.fuzz(100 + seed, 1000, words).entries()) {
        window.top!.frames[0]!.postMessage(message, '*', at % 7 ? [] : [new MessageChannel().port2]);
      }
    }, [seed, { right: FROM_HOST, nonces }] as const);
  }
  await page.evaluate(([words]) => {
    for (const message of window.fuzz(107, 1000, words)) window.line!.postMessage(message);
  }, [{ right: FROM_HOST.slice(1), nonces, onlyWrong: true }] as const);

  // Whatever was sent has arrived once a message that is sent after all of them has.
  for (const frame of [page.mainFrame(), widget!]) {
    await frame.evaluate(() => new Promise((done) => {
      addEventListener('message', ({ data }) => data === 'the last one' && done(undefined));
      window.postMessage('the last one', '*');
    }));
  }
  expect(await heard(page)).toEqual(before);
  expect(page.frames().map((frame) => frame.url())).toEqual(urls);
  expect(errors).toEqual([]);
  await expect(page.locator('dialog iframe')).toHaveCount(1);
  await expect(page.frameLocator('dialog iframe').getByText('Stranger Stores')).toHaveCount(0);

  // And the customer goes on.
  await page.evaluate(() => document.querySelector('iframe[title=Advertisement]')!.remove());
  await walkToBank(page, 'user_good');
  await share(page, /Everyday Current/);
  await finish(page);
  await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
});

/** What is wrong, and what the error must name: the option, what was expected, what arrived. */
const UNUSABLE: [what: string, wrong: (world: World) => object, says: RegExp][] = [
  ['an unknown key', () => ({ key: '00000000-0000-4000-8000-000000000000' }), /key.*expected.*public key.*00000000-/],
  ['an unknown token', () => ({ token: 'f'.repeat(24) }), /token.*expected.*client token.*ffffffff/],
  ['an environment that does not exist', () => ({ env: 'staging' }), /env.*expected.*production-sandbox.*staging/],
  ['the key of another environment', () => ({ env: 'production' }), /env:.*production-sandbox.*got production/],
  ['the secret key', ({ company }) => ({ key: company.sandbox.secret_key }), /key.*expected.*public key.*secret/],
  ['a product that does not exist', () => ({ products: ['auth', 'horoscope'] }), /products.*expected.*balance.*horoscope/],
  ['a product this server does not offer', () => ({ products: ['income'] }), /products:.*balance.*income/],
  ['a megabyte of options', () => ({ meta: 'x'.repeat(1_000_000) }), /expected at most \d+.*\d{7}/],
  ['no key at all', () => ({ key: undefined }), /key.*expected.*nothing/],
];

for (const [what, wrong, says] of UNUSABLE) {
  test(`${what} is refused in words`, async ({ page, world }) => {
    await openWith(page, world, wrong(world));
    await expect.poll(() => heardNames(page)).toEqual(['onError']);
    const [error] = await heard(page);
    expect(error!.given[0]).toMatchObject({ error: expect.stringMatching(says) });
    expect(error!.given[0].error).not.toContain(world.company.sandbox.secret_key);
    await expect(inside(page).getByText(says)).toBeVisible();
    await button(page, 'Close').first().click();
    await expect(page.locator('iframe')).toHaveCount(0);
    await expect.poll(() => heardNames(page)).toEqual(['onError', 'onClose']);
  });
}

test('after a refusal the next window works', async ({ page, world }) => {
  await openWith(page, world, { env: 'staging' });
  await expect.poll(() => heardNames(page)).toEqual(['onError']);
  await button(page, 'Close').first().click();
  await openWith(page, world, {});
  await expect(dialog(page)).toBeVisible();
  await walkToBank(page, 'user_good');
  await share(page, /Everyday Current/);
  await finish(page);
  await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
});
