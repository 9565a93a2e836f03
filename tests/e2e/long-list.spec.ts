/** Ten thousand institutions: only what is in view is in the page, and the keyboard reaches the rest. */

import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type FrameLocator, type Page } from '@playwright/test';

const ORIGIN = 'http://long-list.test';
const NODES_MAX = 150;
let site: string;

test.beforeAll(() => {
  site = mkdtempSync(join(tmpdir(), 'egusi-long-list-'));
  execFileSync('node', ['tests/bench/peers/build.mjs', site]);
});

test.afterAll(() => rmSync(site, { recursive: true, force: true }));

/** The list, under the policy the server would send. */
async function openList(page: Page): Promise<FrameLocator> {
  // The server that answers in the page is one script more than the policy knows.
  const server = /<script>([\s\S]*?)<\/script>/.exec(readFileSync(join(site, 'frame/index.html'), 'utf8'))![1]!;
  const hash = `'sha256-${createHash('sha256').update(server).digest('base64')}'`;
  const policy = readFileSync('target/dist/widget/policy.txt', 'utf8').replace('script-src', `script-src ${hash}`);
  await page.route(`${ORIGIN}/ours/**`, (route) => {
    const path = new URL(route.request().url()).pathname.replace('/ours/', '').replace(/\/?$/, (end) => end && `${end}index.html`);
    const isFrame = path === 'frame/index.html';
    const contentType = path.endsWith('.wasm') ? 'application/wasm' : undefined;
    return route.fulfill({
      path: join(site, path || 'index.html'),
      ...(contentType ? { contentType } : {}),
      ...(isFrame ? { headers: { 'content-type': 'text/html', 'content-security-policy': policy } } : {}),
    });
  });
  await page.goto(`${ORIGIN}/ours/?n=10000&auto=1`);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Continue' }).click();
  await expect(frame.getByRole('heading', { name: 'Choose your bank' })).toBeVisible();
  await expect(frame.getByRole('listitem').first()).toBeAttached();
  return frame;
}

const nodes = (frame: FrameLocator) =>
  frame.getByRole('dialog').evaluate((dialog) => dialog.querySelectorAll('*').length);

/** Scrolls, and waits until the browser has drawn what is there now. */
const scrollTo = (frame: FrameLocator, top: number) =>
  frame.getByRole('dialog').evaluate(async (dialog, top) => {
    dialog.querySelector('.body')!.scrollTop = top;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }, top);

/** What stands in the middle of the dialog, and near its lower end. */
const standing = (frame: FrameLocator) =>
  frame.getByRole('dialog').evaluate((dialog) => {
    const { left, top, width, height } = dialog.getBoundingClientRect();
    return [0.5, 0.9].map((part) => {
      const there = (dialog.getRootNode() as ShadowRoot).elementFromPoint(left + width / 2, top + height * part);
      return there?.closest('[role=listitem]')?.textContent ?? there?.className;
    });
  });
const ROWS = [/^Bank \d \d+$/, /^Bank \d \d+$/].map((name) => expect.stringMatching(name));

const held = (frame: FrameLocator) =>
  frame.getByRole('dialog').evaluate((dialog) => (dialog.getRootNode() as ShadowRoot).activeElement?.textContent);

for (const [device, viewport] of Object.entries({
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
  'tall and narrow window': { width: 420, height: 1400 },
})) {
  test(`a ${device} has few nodes and no hole wherever the list is scrolled to`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const refused: string[] = [];
    page.on('console', (line) => line.text().includes('Content Security Policy') && refused.push(line.text()));
    const frame = await openList(page);
    expect(await nodes(frame)).toBeLessThanOrEqual(NODES_MAX);
    for (const top of [900, 1_300, 5_000, 4_000, 300_000, 1e9]) {
      await scrollTo(frame, top);
      expect(await nodes(frame), `at ${top}`).toBeLessThanOrEqual(NODES_MAX);
      expect(await standing(frame), `at ${top}`).toEqual(ROWS);
    }
    await expect(frame.getByRole('button', { name: 'Bank 9 9999' })).toBeVisible();
    await expect(frame.getByRole('listitem').last()).toHaveAttribute('aria-posinset', '9988');
    await expect(frame.getByRole('listitem').last()).toHaveAttribute('aria-setsize', '9988');
    await frame.getByRole('searchbox').fill('bank');
    await expect.poll(() => standing(frame), 'without scrolling').toEqual(ROWS);
    expect(await nodes(frame)).toBeLessThanOrEqual(NODES_MAX);
    expect(refused).toEqual([]);
  });
}

test('Tab goes on past the last row that is drawn, and comes back from wherever the list was scrolled to', async ({ page }) => {
  const frame = await openList(page);
  await frame.getByRole('searchbox').focus();
  // Twelve tiles, then the rows.
  for (let press = 0; press < 12 + 40; press += 1) await page.keyboard.press('Tab');
  expect(await held(frame)).toBe('Bank 1 51');
  await scrollTo(frame, 400_000);
  expect(await held(frame)).toBe('Bank 1 51');
  expect(await nodes(frame)).toBeLessThanOrEqual(NODES_MAX);
  await page.keyboard.press('Tab');
  expect(await held(frame)).toBe('Bank 2 52');
  await expect(frame.getByRole('button', { name: 'Bank 2 52', exact: true })).toBeInViewport();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  expect(await held(frame)).toBe('Bank 0 50');
});

test('a search shows its closest first, from the top, and a typo is forgiven', async ({ page }) => {
  const frame = await openList(page);
  await scrollTo(frame, 3_000);
  await frame.getByRole('searchbox').fill('bank 7');
  await expect(frame.getByRole('status').filter({ hasText: /./ })).toHaveText('3439 banks found');
  await expect(frame.getByRole('listitem').first()).toHaveText('Bank 7 7');
  await expect(frame.getByRole('listitem').first()).toBeInViewport();
  await frame.getByRole('searchbox').fill('bnak 4711');
  await expect(frame.getByRole('listitem')).toHaveText(['Bank 1 4711']);
  await frame.getByRole('searchbox').fill('zenith');
  await expect(frame.getByText('No bank by that name')).toBeVisible();
  await frame.getByRole('searchbox').fill('');
  await expect(frame.getByRole('button', { name: 'Bank 0 0', exact: true })).toBeVisible();
});
