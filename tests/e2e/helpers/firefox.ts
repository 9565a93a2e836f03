/** Debian's Firefox, driven by WebDriver BiDi; Playwright drives only a Firefox of its own. */

import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type Frame, type Page } from 'puppeteer-core';
import { AXE, run, type Found } from './axe.ts';

const PATHS = [process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox'];

export async function startFirefox(): Promise<Browser> {
  const executablePath = PATHS.find((path) => path && existsSync(path));
  if (!executablePath) {
    throw new Error('expected Firefox at FIREFOX_PATH or /usr/bin/firefox-esr; cargo xtask test installs it as root on Debian');
  }
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: { 'ui.prefersReducedMotion': 1, 'intl.accept_languages': 'en-NG,en' },
  });
}

/** The window's own frame, once its widget is drawn. */
export async function windowOf(page: Page): Promise<Frame> {
  const element = await page.waitForSelector('iframe:not([aria-hidden])', { timeout: 20_000 });
  const frame = await element!.contentFrame();
  await frame.waitForSelector('egusi-widget', { timeout: 20_000 });
  return frame;
}

/** What has the focus in the window, as a customer would call it. */
export async function focusedIn(frame: Frame): Promise<string> {
  return frame.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const label = (element as HTMLInputElement | null)?.labels?.[0];
    const name = element?.getAttribute('aria-label') ?? label?.textContent ?? element?.textContent ?? '';
    return `${element?.tagName.toLowerCase()} ${name.trim().replace(/\s+/g, ' ')}`;
  });
}

/** What axe finds in the window. */
export async function axeIn(frame: Frame): Promise<Found> {
  await frame.evaluate(AXE);
  return frame.evaluate(run);
}
