/**
 * A cheap telephone on a slow network: what is there when, printed, and what is promised of it, tested. Times are
 * printed and never tested, for they are the machine's; what comes before what, and how many bytes, are ours.
 */

import type { CDPSession, Page } from '@playwright/test';
import { agree, button, chooseBank, connected, finish, heading, inside, openFromShop, share, signIn } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

// Window and shop in one process, so that one emulation slows both. The tests of isolation keep them apart.
test.use({ launchOptions: { executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-features=OriginIsolationHeader,OriginKeyedProcessesByDefault'] } });
test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });

/** Slow 4G as browsers' tools have it: bytes a second, milliseconds a request. */
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: 1.44e6 / 8, uploadThroughput: 675e3 / 8 };

/** What a whole first visit may take from a customer's data, and a later one; docs/performance.md. */
const FIRST_VISIT_MAX = 160_000;
const LATER_VISIT_MAX = 24_000;

interface Traffic {
  bytes: number;
  /** Addresses, in the order in which they were asked for. */
  asked: string[];
  /** Addresses that are here. */
  here: string[];
}

/** Slows the page down and counts what crosses the network for the window: the shop's own files are the shop's. */
async function slowed(page: Page, server: string): Promise<{ client: CDPSession; traffic: Traffic }> {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const traffic: Traffic = { bytes: 0, asked: [], here: [] };
  const ours = new Map<string, string>();
  client.on('Network.requestWillBeSent', ({ requestId, request: { url } }) => {
    if (!url.startsWith(server)) return;
    ours.set(requestId, new URL(url).pathname);
    traffic.asked.push(new URL(url).pathname);
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = ours.get(requestId);
    if (path === undefined) return;
    traffic.bytes += encodedDataLength;
    traffic.here.push(path);
  });
  await client.send('Network.emulateNetworkConditions', SLOW_4G);
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  return { client, traffic };
}

test('slow 4G, CPU slowed 4 times: read and pressed before the program is here, and kept within the data budget', async ({ page, world }) => {
  await page.goto(`${world.shop.url}/`);
  await page.getByRole('button', { name: 'Connect your bank' }).and(page.locator(':enabled')).waitFor();
  const { client, traffic } = await slowed(page, world.egusi.url);
  const begun = Date.now();
  const since = () => Date.now() - begun;
  const isHere = (ending: string) => traffic.here.some((path) => path.endsWith(ending));

  await page.getByRole('button', { name: 'Connect your bank' }).click();
  await expect(heading(page, /asks to see your bank account/)).toBeVisible();
  const readable = since();
  await expect(button(page, 'Continue')).toBeEnabled();
  const usable = since();
  expect(isHere('.wasm'), 'the program is still on its way').toBe(false);
  await button(page, 'Continue').click();
  await expect(inside(page).getByRole('searchbox')).toBeVisible({ timeout: 30_000 });
  const input = since();
  await expect(inside(page).getByRole('button', { name: /Bank/ }).first()).toBeVisible({ timeout: 30_000 });
  const list = since();
  const toList = traffic.bytes;

  // The list was asked for while the program was on its way, and once.
  const institutions = traffic.asked.filter((path) => path.endsWith('/institutions'));
  expect(institutions).toHaveLength(1);
  expect(traffic.asked.indexOf(institutions[0]!)).toBeLessThan(traffic.asked.findIndex((path) => path.endsWith('/sessions')));

  await client.send('Network.emulateNetworkConditions', { ...SLOW_4G, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await client.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await chooseBank(page);
  await signIn(page, 'user_good');
  await share(page, /Current/);
  await connected(page);
  const whole = traffic.bytes;
  await finish(page);

  traffic.bytes = 0;
  await openFromShop(page, world);
  await agree(page);
  await expect(inside(page).getByRole('button', { name: /Bank/ }).first()).toBeVisible();
  const later = traffic.bytes;

  console.log(`slow 4G, CPU slowed 4 times: readable after ${readable} ms, button after ${usable} ms, search after ${input} ms, list after ${list} ms`);
  console.log(`bytes: ${toList} until the list, ${whole} for a whole connection, ${later} until the list of a later visit`);
  expect(whole).toBeLessThan(FIRST_VISIT_MAX);
  expect(later).toBeLessThan(LATER_VISIT_MAX);
});
