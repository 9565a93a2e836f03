/** Tools that record what visitors of a page do see a window in the page, and nothing in it. */

import { build } from 'esbuild';
import type { Page } from '@playwright/test';
import { openInline, serveInlineSite, signInInline, visitInline, widgetIn } from './helpers/inline-site.ts';
import { CODE, PASSWORD } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

declare global {
  interface Window {
    record(): void;
    /** Everything the recorder would send away. */
    recorded: unknown[];
  }
}

/** A recorder that hides nothing by itself, not even passwords. */
const RECORDER = `
  import { record } from 'rrweb';
  window.recorded = [];
  window.record = () => void record({
    emit: (event) => void window.recorded.push(event),
    maskAllInputs: false,
    maskInputOptions: { password: false },
    sampling: { input: 'all' },
  });`;

async function addRecorder(page: Page): Promise<void> {
  const { outputFiles } = await build({
    stdin: { contents: RECORDER, resolveDir: '.' },
    bundle: true,
    format: 'iife',
    write: false,
  });
  await page.addInitScript({ content: outputFiles![0]!.text });
}

test('rrweb records the page and nothing of a sign-in in it', async ({ page, world }) => {
  const site = await serveInlineSite(world, '<h1>Savings club</h1><button id="pay">Pay</button><label>Note <input id="note"></label>');
  await addRecorder(page);
  await visitInline(page, site);
  await page.evaluate(() => window.record());
  await page.locator('#note').fill('a word for the page');
  await openInline(page, { ...world.options, baseUrl: site.url });
  await signInInline(page, 'user_otp');
  await widgetIn(page).getByLabel('One-time code').fill(CODE);
  await widgetIn(page).getByRole('button', { name: 'Continue', exact: true }).click();
  await widgetIn(page).getByRole('checkbox', { name: /Everyday Current/ }).check();
  await expect(widgetIn(page).getByText('480,100.40')).toBeVisible();
  await widgetIn(page).getByRole('button', { name: 'Connect', exact: true }).click();
  await widgetIn(page).getByRole('button', { name: 'Done', exact: true }).click();
  await expect(page.locator('dialog')).toHaveCount(0);
  await page.locator('#note').fill('and another one');

  const recorded = await page.evaluate(() => JSON.stringify(window.recorded));
  // It saw that there was a window, and recorded before and after, or finding nothing would prove nothing.
  const seen = ['Savings club', 'a word for the page', 'rr-block', 'and another one'];
  expect(seen.filter((text) => !recorded.includes(text))).toEqual([]);
  const secrets = ['Moringa Market', 'Sterling', 'user_otp', PASSWORD, CODE, 'Everyday Current', 'Target Savings', '480,100', '482,300', '1011'];
  expect(secrets.filter((secret) => recorded.includes(secret))).toEqual([]);
  site.close();
});
