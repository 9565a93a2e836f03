/** Dialogs that a host page has of its own, with the real `focus-trap` of npm around one of them. */

import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { SHOP } from './fake-web.ts';

declare global {
  interface Window {
    /** The host's trap, as `focus-trap` gives it. */
    trap: { active: boolean; deactivate(): void };
    focusTrap: any;
  }
}

const read = (path: string) => readFile(`node_modules/${path}`, 'utf8');

/** Lets the shop serve the two packages. Its policy allows scripts of its own origin. */
export async function serveFocusTrap(context: BrowserContext): Promise<void> {
  const tabbable = await read('tabbable/dist/index.umd.js');
  const trap = await read('focus-trap/dist/focus-trap.umd.js');
  await context.route(`${SHOP}/focus-trap.js`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: `${tabbable}\n${trap}` }),
  );
}

/** Shows a box with two fields over the page and traps the focus in it. */
export async function trapFocus(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const script = Object.assign(document.createElement('script'), { src: '/focus-trap.js' });
    await new Promise((loaded) => document.head.append(Object.assign(script, { onload: loaded })));
    script.remove();
    const box = Object.assign(document.createElement('div'), { id: 'trap' });
    for (const id of ['one', 'two']) box.append(Object.assign(document.createElement('input'), { id }));
    document.body.append(box);
    window.trap = window.focusTrap.createFocusTrap(box, { initialFocus: '#two', clickOutsideDeactivates: false });
    (window.trap as any).activate();
  });
  await page.locator('#two:focus').waitFor();
}

/** Shows a native dialog of the host's with one field, which takes the focus. */
export async function openDialog(page: Page, id: string): Promise<void> {
  await page.evaluate((id) => {
    const dialog = Object.assign(document.createElement('dialog'), { id });
    dialog.append(Object.assign(document.createElement('input'), { id: `${id}-field` }));
    document.body.append(dialog);
    dialog.showModal();
  }, id);
}

/** Where the focus is, inside open shadow roots too. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.id || element?.tagName.toLowerCase() || '';
  });
}
