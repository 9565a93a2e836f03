/** The gallery of the demo: every screen in every state, shown at once and without a server of ours. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { start } from './processes.ts';

export interface State {
  screen: string;
  name: string;
  alone?: boolean;
  link?: unknown;
}

/** The demo is plain JavaScript, which has no types. */
const list = new URL('../../../www/demo/gallery/states/index.mjs', import.meta.url).href;
export const STATES: State[] = (await import(list)).STATES;

/** The states in so many parts, each about as long as the others, so that workers share them. */
export function parts(count: number): State[][] {
  return Array.from({ length: count }, (_, part) => STATES.filter((_, at) => at % count === part));
}

/** What a frame is dressed in, as its address says it. */
export type Dress = Partial<Record<'language' | 'mode' | 'color' | 'pseudo', string>>;

export const test = base.extend<object, { gallery: string }>({
  gallery: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'egusi-gallery-'));
      const company = join(folder, 'company.json');
      // The shop wants a company; the gallery asks nothing of it.
      const keys = { public_key: 'none', secret_key: 'none' };
      await writeFile(company, JSON.stringify({ token: 'none', sandbox: keys }));
      const demo = await start(process.execPath, ['www/demo/server.mjs'], {
        PORT: '0',
        EGUSI_URL: 'http://127.0.0.1:9',
        EGUSI_COMPANY: company,
      });
      await use(demo.url);
      await demo.stop();
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

/** Opens a state and waits until it is there. */
export async function show(page: Page, gallery: string, state: State, dress: Dress = {}): Promise<void> {
  const query = new URLSearchParams({ state: state.name, ...dress });
  if (state.alone && state.link) query.set('ref', 'shop');
  await page.goto(`${gallery}/gallery/frame?${query}`);
  const came = page.locator('html[data-gallery]');
  await expect(came, `${state.name} in ${JSON.stringify(dress)}`).toHaveAttribute('data-gallery', 'here', { timeout: 20_000 });
}

export function named(name: string): State {
  const state = STATES.find((state) => state.name === name);
  if (!state) throw new Error(`no state is called ${name}`);
  return state;
}

/** The window as the state shows it. */
export function dialog(page: Page): Locator {
  return page.locator('[role=dialog]').filter({ visible: true }).first();
}

export { expect } from '@playwright/test';
