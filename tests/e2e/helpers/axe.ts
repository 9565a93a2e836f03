/** axe with the rules of WCAG 2.2 AA and of good practice, in one document; what it finds, in a line each. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

/** A debugger runs it, so the page's policy has no say. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Found {
  faults: string[];
  /** So many rules had something to look at. */
  passes: number;
}

/** Runs in the page, after axe itself. */
export async function run(): Promise<Found> {
  const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const options = { runOnly: { type: 'tag', values }, resultTypes: ['violations'] };
  const { violations, passes } = await (window as any).axe.run(document, options);
  const faults = violations.flatMap(({ id, nodes }: any) => nodes.map(({ html }: any) => `${id}: ${html}`));
  return { faults, passes: passes.length };
}

export async function expectNoViolation(page: Page, what: string): Promise<void> {
  await page.evaluate(AXE);
  const { faults, passes } = await page.evaluate(run);
  expect.soft(faults, `axe on ${what}`).toEqual([]);
  expect.soft(passes, `rules of axe that had something to look at on ${what}`).toBeGreaterThan(5);
}
