/**
 * Every generation of Okra's loaders, as it is on npm, connects an account with nothing changed but its base
 * address. okra-js.spec.ts tells more stories of the two newest.
 */

import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectConnection } from './helpers/connection.ts';
import { heard, heardNames, openWindow } from './helpers/host-page.ts';
import { savedLink } from './helpers/links.ts';
import { serveSite } from './helpers/site.ts';
import { answerCode, dialog, finish, share, walkToBank } from './helpers/walk.ts';
import { expect, test, type World } from './helpers/world.ts';

interface Generation {
  /** The package's folder. */
  name: string;
  /** The properties that say where the server is. */
  base: ('baseUrl' | 'baseUrlv1')[];
  /** What a page of that time passes beside the options. */
  given?: object;
  /** Whether a step is told: the older ones know no `onEvent`. */
  tells?: boolean;
}

const GENERATIONS: [version: string, Generation][] = [
  ['okra-js 2.1.1', { name: 'okra-js', base: ['baseUrl'], tells: true }],
  ['okra-js 2.0.8', { name: 'okra-js-2.0.8', base: ['baseUrl'], tells: true }],
  ['okra-js 2.0.0', { name: 'okra-js-2.0.0', base: ['baseUrl'] }],
  ['okra-js 1.0.6', { name: 'okra-js-1.0.6', base: ['baseUrl'] }],
  // With options alone, it opens the window at the one address and listens to the other.
  ['okra-js 1.0.6 with v1', { name: 'okra-js-1.0.6', base: ['baseUrl', 'baseUrlv1'], given: { v1: true } }],
  ['npm-okrajs 1.0.8', { name: 'npm-okrajs', base: ['baseUrl'] }],
];

/** A page with the package's own bundle on it, byte for byte, and its base set. */
async function visit(page: Page, world: World, { name, base }: Generation): Promise<() => void> {
  const bundle = await readFile(`node_modules/${name}/dist/bundle.js`, 'utf8');
  const site = await serveSite('<!doctype html><html lang="en"><title>Shop</title><body><h1>Shop</h1>');
  await page.goto(site.url);
  await page.addScriptTag({ content: bundle });
  await page.evaluate(([names, url]) => names.forEach((name) => ((window.Okra as any)[name] = url)), [base, world.egusi.url] as const);
  return site.close;
}

/** What a page of that time could hear: npm-okrajs posts whatever it does not know, and no function can be posted. */
function callbacks({ tells = false }: Generation): string[] {
  return ['onSuccess', 'onClose', 'onError', 'beforeClose', ...(tells ? ['onEvent'] : [])];
}

/** From the consent to the end, and what the page heard of it. */
async function connects(page: Page, { tells = false }: Generation): Promise<void> {
  await expect(dialog(page)).toBeVisible();
  await walkToBank(page, 'user_otp');
  await answerCode(page);
  await share(page, /Everyday Current/);
  await finish(page);
  await expect.poll(() => heardNames(page)).toEqual(['onSuccess', 'onClose']);
  const calls = await heard(page);
  expectConnection(calls.find(({ name }) => name === 'onSuccess')!.given[0]);
  expect(calls.at(-1)).toEqual({ name: 'onClose', given: [] });
  expect(calls.some(({ name }) => name === 'onEvent')).toBe(tells);
  await expect(page.locator('iframe')).toHaveCount(0);
}

for (const [version, generation] of GENERATIONS) {
  test(`${version} connects an account`, async ({ page, world }) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    const close = await visit(page, world, generation);
    const options = { ...world.options, ...generation.given };
    expect(await openWindow(page, options, 'buildWithOptions', callbacks(generation))).toBeNull();
    await connects(page, generation);
    expect(errors).toEqual([]);
    close();
  });

  test(`${version} connects an account through a saved configuration`, async ({ page, world }) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    const short = await savedLink(world);
    const close = await visit(page, world, generation);
    const options = { short_url: short, ...generation.given };
    expect(await openWindow(page, options, 'buildWithShortUrl', callbacks(generation))).toBeNull();
    await connects(page, generation);
    expect(errors).toEqual([]);
    close();
  });
}
