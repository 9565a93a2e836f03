/** The host page's side of a test: opens the window and keeps what the callbacks received. */

import type { Page } from '@playwright/test';
import type { Okra } from '../../../www/loader/index.ts';

/** One call of one callback: its name, and exactly the arguments it got. */
export interface Call {
  name: string;
  given: any[];
}

declare global {
  interface Window {
    Okra: Okra;
    /** In the order of the calls. */
    heard: Call[];
  }
}

/** An error as a page can hand it to a test. */
export interface Thrown {
  name: string;
  message: string;
  code?: string;
}

const CALLBACKS = ['onSuccess', 'onClose', 'onError', 'onEvent', 'beforeClose'];

/**
 * Opens the window from the page with these options, every callback kept in `window.heard`.
 * Resolves to what was thrown, or to null.
 */
export function openWindow(
  page: Page,
  options: object,
  way: 'buildWithOptions' | 'buildWithShortUrl' = 'buildWithOptions',
  names = CALLBACKS,
): Promise<Thrown | null> {
  return page.evaluate(
    ({ options, way, names }) => {
      window.heard ??= [];
      const keep = (name: string) => [name, (...given: any[]) => void window.heard.push({ name, given })];
      try {
        window.Okra[way]({ ...options, ...Object.fromEntries(names.map(keep)) });
        return null;
      } catch (thrown) {
        const { name, message, code } = thrown as Thrown;
        return { name, message, ...(code && { code }) };
      }
    },
    { options, way, names },
  );
}

/** What the callbacks received so far. */
export function heard(page: Page): Promise<Call[]> {
  return page.evaluate(() => window.heard);
}

/** Their names only. */
export async function heardAll(page: Page): Promise<string[]> {
  return (await heard(page)).map(({ name }) => name);
}

/** Names of what a host page must hear: everything but the steps and the announcement of the end. */
export async function heardNames(page: Page): Promise<string[]> {
  return (await heardAll(page)).filter((name) => name !== 'onEvent' && name !== 'beforeClose');
}

/** What was told of the customer's steps. */
export async function events(page: Page): Promise<any[]> {
  return (await heard(page)).filter(({ name }) => name === 'onEvent').map(({ given }) => given[0]);
}
