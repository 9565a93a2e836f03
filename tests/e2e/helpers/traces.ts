/** Everything a loader could leave behind in the page of its host. */

import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** What the window listens to, once for each listener. */
    listening(): string[];
  }
}

/** Counts the window's listeners from before the page's first script. */
export async function countListeners(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const known: { type: string; listener: unknown }[] = [];
    const add = window.addEventListener.bind(window);
    const remove = window.removeEventListener.bind(window);
    window.addEventListener = (type: string, listener: any, options?: any) => {
      const one = { type, listener };
      known.push(one);
      options?.signal?.addEventListener('abort', () => known.splice(known.indexOf(one), 1), { once: true });
      add(type, listener, options);
    };
    window.removeEventListener = (type: string, listener: any, options?: any) => {
      const at = known.findIndex((one) => one.type === type && one.listener === listener);
      if (at >= 0) known.splice(at, 1);
      remove(type, listener, options);
    };
    // The others, about mice and fingers, are Playwright's own.
    const ours = /^(message|key|focus|resize|scroll|page|pop|unload|beforeunload)/;
    window.listening = () => known.map(({ type }) => type).filter((type) => ours.test(type));
  });
}

/** A picture of the page to compare before and after; needs `countListeners`. */
export function traces(page: Page) {
  return page.evaluate(() => {
    const attributes = ({ attributes }: Element) => [...attributes].map(({ name, value }) => `${name}=${value}`);
    const tags = ({ children }: Element) => [...children].map(({ tagName }) => tagName);
    const { documentElement: root, head, body } = document;
    return {
      root: attributes(root),
      body: attributes(body),
      children: [tags(root), tags(head), tags(body)],
      sheets: document.adoptedStyleSheets.length,
      focused: document.activeElement?.outerHTML,
      listening: window.listening(),
      scroll: [window.scrollX, window.scrollY],
      history: history.length,
    };
  });
}
