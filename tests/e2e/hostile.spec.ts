/** Strangers in the page, and options that cannot be used. */

import { framesOf, say } from './helpers/fake-web.ts';
import { heard, heardNames } from './helpers/host-page.ts';
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
