/** Everything a browser complains of: policy reports of every frame, errors, and what the console says. */

import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** What this document's policies refused. */
    refused: string[];
  }
}

/** Listens from before each document's first script. Gives the list that the console and the errors go to. */
export async function collectComplaints(page: Page): Promise<string[]> {
  const said: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => said.push(`error: ${error}`));
  page.on('crash', () => said.push('the page crashed'));
  page.on('dialog', (dialog) => {
    said.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    window.refused = [];
    document.addEventListener('securitypolicyviolation', (report) => {
      window.refused.push(`${report.effectiveDirective} refused ${report.blockedURI} ${report.sample}`);
    });
    new ReportingObserver((reports) => window.refused.push(...reports.map(({ type }) => `report: ${type}`)), {
      buffered: true,
    }).observe();
  });
  return said;
}

/** All of it so far, from every document that is there now. */
export async function complaints(page: Page, said: string[]): Promise<string[]> {
  const refused = await Promise.all(page.frames().map((frame) => frame.evaluate(() => window.refused)));
  return [...said, ...refused.flat()];
}
