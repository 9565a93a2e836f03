/** Whatever colour a company has, the window can be read: measured in true pixels, in light and in dark. */

import type { Frame, Locator, Page } from '@playwright/test';
import { themeOf } from '../../www/widget/theme.ts';
import { measurer, type Box } from './helpers/measure.ts';
import { account, button, heading, inside, openFromShop, walkToBank } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

test.use({ viewport: { width: 360, height: 600 } });

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const next = random(20);
const color = () => `#${Math.floor(next() * 2 ** 24).toString(16).padStart(6, '0')}`;
/** What brands like, what is hardest, and chance. */
const HARD = ['#000', '#fff', '#ffff00', '#00ffff', '#0000ff', '#ff0000', '#777777', '#7f7f00', '#ffb300', '#3ab795'];
const COLORS = [...HARD, ...Array.from({ length: 190 }, color)];
const APPEARANCES = Array.from({ length: 50 }, () => ({
  colorPrimary: color(),
  colorBackground: color(),
  colorText: color(),
  colorTextSecondary: color(),
  colorDanger: color(),
}));

/** The window, with an account ticked. */
async function opened(page: Page, world: Parameters<typeof openFromShop>[1]): Promise<Frame> {
  await openFromShop(page, world);
  await walkToBank(page, 'user_good');
  await account(page, /Everyday Current/).check();
  await heading(page, /Choose accounts/).hover();
  return (await (await page.locator('iframe:not([aria-hidden])').elementHandle())!.contentFrame())!;
}

/** Gives the mounted window another look, as applyTheme does when it opens. */
const put = (frame: Frame, properties: Record<string, string>) =>
  frame.evaluate((theirs) => {
    const { style } = document.querySelector<HTMLElement>('egusi-widget')!;
    style.cssText = '';
    for (const name in theirs) style.setProperty(name, theirs[name]!);
  }, properties);

/** Of its box without the round corners. */
async function within(place: Locator, inset: number): Promise<Box> {
  const { x, y, width, height } = (await place.boundingBox())!;
  return { x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset };
}

async function places(page: Page): Promise<Record<string, Box>> {
  const ticked = inside(page).locator('.account:has(:checked)');
  return {
    'the button': await within(button(page, 'Connect'), 12),
    'a word to press': await within(button(page, 'Hide figures'), 6),
    'quieter text': await within(inside(page).locator('.figures > span'), 0),
    'the tick in its box': await within(ticked.locator('.box'), 4),
    'the box on its ground': await within(ticked.locator('.box'), -4),
    'the name of what is ticked': await within(ticked.locator('bdi'), 0),
    'quieter text of what is ticked': await within(ticked.locator('.account-name small'), 0),
    'the line of progress': await within(inside(page).locator('.progress i').first(), -6),
  };
}

/** Shapes need less than text (WCAG 2.2, 1.4.11 and 1.4.3). */
const least = (place: string) => (/^the (tick|box|line)/.test(place) ? 3 : 4.5);

for (const mode of ['light', 'dark'] as const) {
  test(`200 colours of companies can be read, ${mode}`, async ({ page, world }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme: mode, reducedMotion: 'reduce' });
    const frame = await opened(page, world);
    const boxes = await places(page);
    const look = await measurer(page);
    const faults: string[] = [];
    const seen = new Set<string>();
    for (const color of COLORS) {
      await put(frame, themeOf({ color }).properties);
      const found = await look(boxes);
      seen.add(String(found['the button']!.ground));
      for (const [place, { ratio }] of Object.entries(found)) {
        if (ratio < least(place)) faults.push(`${color}: ${place} has ${ratio.toFixed(2)}`);
      }
    }
    expect(faults).toEqual([]);
    expect(seen.size, 'each colour was seen in the window').toBeGreaterThan(150);
  });
}

test('50 looks of companies can be read', async ({ page, world }) => {
  const frame = await opened(page, world);
  const boxes = await places(page);
  const look = await measurer(page);
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const variables of APPEARANCES) {
    const { properties, mode } = themeOf({ appearance: { variables } });
    await page.emulateMedia({ colorScheme: mode!, reducedMotion: 'reduce' });
    await put(frame, properties);
    const found = await look(boxes);
    seen.add(String(found['quieter text']!.ground));
    for (const [place, { ratio }] of Object.entries(found)) {
      if (ratio < least(place)) faults.push(`${JSON.stringify(variables)}: ${place} has ${ratio.toFixed(2)}`);
    }
  }
  expect(faults).toEqual([]);
  expect(seen.size, 'each background was seen in the window').toBeGreaterThan(40);
});
