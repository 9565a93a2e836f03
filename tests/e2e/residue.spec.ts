/** A thousand windows, opened and closed, leave nothing; the numbers are printed. */

import type { Page } from '@playwright/test';
import { heading } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';
import { line, meterOf, type Meter, type Reading } from './helpers/meter.ts';
import { serveInlineSite, widgetIn } from './helpers/inline-site.ts';
import { serveSite } from './helpers/site.ts';
import type { InlineOptions } from '../../www/inline/index.ts';

const CYCLES = 1_000;
/** By then every cache is filled and every pool has its members: from here on nothing may grow. */
const SETTLED = 100;

test.describe.configure({ timeout: 240_000 });
// What records a page for people keeps some of its nodes.
test.use({ trace: 'off' });

/** The page behind the window: scrolled, with the focus in a field. */
const PAGE = `<h1>Long</h1><p><label>Note <input id="note"></label></p>${'<p>More</p>'.repeat(200)}`;

/**
 * Whatever is left behind by each cycle is there 900 times at the end. So a limit of 90, a tenth of a node or a
 * listener per cycle, leaves room for what the browser does in between and none for a leak. A document or a timer
 * has no reason to differ at all. Of the heap a cycle may keep no more than 1,000 bytes: a frame or a widget takes
 * many times as much, and the browser's own caches have taken up to 420 a cycle on a busy machine, fewer with each.
 */
function expectNothingGrew(settled: Reading, end: Reading): void {
  const left = CYCLES - SETTLED;
  expect(end.page).toEqual(settled.page);
  expect(end.timers).toBe(settled.timers);
  expect(end.documents).toBeLessThanOrEqual(settled.documents);
  expect(end.nodes - settled.nodes).toBeLessThan(left / 10);
  expect(end.listeners - settled.listeners).toBeLessThan(left / 10);
  expect(end.heap - settled.heap).toBeLessThan(left * 1_000);
  // One page of WebAssembly's memory is 64 KiB, and a cycle that kept 100 bytes would need two more.
  expect(end.wasm - settled.wasm).toBeLessThan(2 * 64 * 1024);
}

/** Goes through all cycles, a hundred at a time. */
async function measure(page: Page, meter: Meter, what: string, hundred: () => Promise<void>): Promise<void> {
  await page.evaluate(() => {
    scrollTo(0, 300);
    document.getElementById('note')!.focus({ preventScroll: true });
  });
  const before = await meter.read();
  const said = [`${what}: ${line(0, before)}`];
  let settled: Reading | undefined;
  let end = before;
  const start = performance.now();
  for (let done = 100; done <= CYCLES; done += 100) {
    await hundred();
    end = await meter.read();
    if (done === SETTLED) settled = end;
    if (done === SETTLED || done === CYCLES / 2 || done === CYCLES) said.push(`${what}: ${line(done, end)}`);
  }
  said.push(`${what}: ${Math.round((performance.now() - start) / CYCLES)} ms a cycle`);
  console.log(said.join('\n'));
  expect(end.page).toEqual(before.page);
  expect(end.timers).toBe(before.timers);
  expectNothingGrew(settled!, end);
}

test('1,000 framed windows', async ({ page, ownWorld: world }) => {
  const site = await serveSite(`<!doctype html><html lang="en"><title>Host</title>
    <script src="${world.egusi.url}/embed/egusi.js"></script>${PAGE}`);
  const meter = await meterOf(page);
  await page.goto(site.url);
  await measure(page, meter, 'framed', async () => {
    await page.evaluate(async (options) => {
      for (let at = 1; at < 100; at++) {
        await new Promise<void>((closed) => {
          const handle = window.Okra.buildWithOptions({ ...options, onClose: closed } as any);
          const greeted = () => handle.close();
          addEventListener('message', greeted, { once: true });
        });
      }
    }, world.options);
    // The hundredth stays until the whole widget is there.
    await page.evaluate((options) => {
      const handle = window.Okra.buildWithOptions(options as any);
      window.closeLast = () => handle.close();
    }, world.options);
    await expect(heading(page, /./)).toBeVisible();
    await expect(page.frameLocator('iframe').getByRole('button', { name: 'Continue' })).toBeVisible();
    await page.evaluate(() => window.closeLast());
  });
  site.close();
});

test('1,000 windows in the page', async ({ page, ownWorld: world }) => {
  const site = await serveInlineSite(world, PAGE);
  const meter = await meterOf(page);
  await page.goto(`${site.url}/`);
  await page.waitForFunction(() => window.inline);
  await measure(page, meter, 'in the page', () =>
    page.evaluate(async (options) => {
      for (let at = 0; at < 100; at++) {
        const handle = window.inline.open(options as InlineOptions);
        // Told once the server has opened a session and the consent is on the screen.
        await new Promise<void>((opened) => handle.on('event', () => opened()));
        if (!document.querySelector('egusi-widget')?.shadowRoot?.querySelector('h1')) throw new Error('no screen');
        if (at % 2) handle.close();
        else handle.destroy();
        await handle.result;
      }
    }, world.options),
  );
  await expect(widgetIn(page)).toHaveCount(0);
  site.close();
});

declare global {
  interface Window {
    closeLast(): void;
  }
}
