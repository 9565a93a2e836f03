/** A customer without a mouse: goes from one thing to the next until the one that is wanted has the focus. */

import { expect, type Page } from '@playwright/test';

/** What has the focus, as a customer would call it. */
export interface Focused {
  role: string;
  name: string;
  /** Whether it stands in the dialog. */
  isInside: boolean;
}

/** More presses than this and the window has no round. */
const MOST = 90;

/** What has the focus in the window; the window itself has to have it in the page around it. */
export async function focused(page: Page): Promise<Focused> {
  const holder = await page.evaluate(() => document.activeElement?.tagName ?? '');
  const frame = page.frames().find((frame) => frame !== page.mainFrame() && !frame.isDetached());
  if (holder !== 'IFRAME' || !frame) return { role: holder.toLowerCase(), name: `${holder} of the page around it`, isInside: false };
  return frame.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element) return { role: '', name: '', isInside: false };
    const label = (element as HTMLInputElement).labels?.[0];
    const name = element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent ?? '';
    const role = element.getAttribute('type') ?? element.tagName.toLowerCase();
    return { role, name: name.trim().replace(/\s+/g, ' '), isInside: element.closest('[role=dialog]') !== null };
  });
}

/**
 * Presses Tab until something of that name has the focus. Nothing else may have it on the way than what
 * stands in the dialog; after one whole round it is not there.
 */
export async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  const wanted = typeof name === 'string' ? new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : name;
  const met: string[] = [];
  for (let pressed = 0; pressed < MOST; pressed++) {
    await page.keyboard.press(key);
    const now = await focused(page);
    expect(now.isInside, `${key} led to ${now.role} "${now.name}", out of the dialog`).toBe(true);
    if (wanted.test(now.name)) return;
    const step = `${now.role} "${now.name.slice(0, 40)}"`;
    // The first of them once more is a whole round, but where some have one name.
    if (met.filter((one) => one === met[0]).length > 3) break;
    met.push(step);
  }
  throw new Error(`${key} never came to ${name}; it went ${met.join(', ')}`);
}

/** Waits until the screen of that heading is there, which is read out because it has the focus. */
export async function arrive(page: Page, heading: string | RegExp): Promise<void> {
  const is = (name: string): boolean => (typeof heading === 'string' ? name === heading : heading.test(name));
  await expect(async () => {
    const now = await focused(page);
    expect(`${now.role} ${is(now.name) ? 'as expected' : now.name}`).toBe('h1 as expected');
  }).toPass({ timeout: 25_000 });
}

export async function press(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

/**
 * Presses the button with which the window goes. Its frame can be gone before the browser says that the key has
 * arrived, and the driver would wait for that for ever.
 */
export async function pressLast(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  const pressed = page.keyboard.press('Enter');
  // It ends with the test, if the browser never says it.
  pressed.catch(() => {});
  await Promise.race([pressed, page.locator('iframe:not([aria-hidden])').waitFor({ state: 'detached' })]);
}

export async function write(page: Page, name: string | RegExp, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.type(text);
}
