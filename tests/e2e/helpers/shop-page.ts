/** What the shop's page shows of what it was told. */

import type { Page } from '@playwright/test';

/** The log without steps: what every okra-js integration hears. */
export async function logged(page: Page): Promise<{ name: string; given: any }[]> {
  const entries = await page.getByTestId('callback-log').getByRole('listitem').all();
  const read = entries.map(async (entry) => {
    const name = await entry.locator('strong').innerText();
    const text = await entry.locator('pre').innerText();
    return { name, given: text === 'no argument' ? undefined : JSON.parse(text) };
  });
  return (await Promise.all(read)).filter(({ name }) => name !== 'onEvent');
}

export async function loggedNames(page: Page): Promise<string[]> {
  return (await logged(page)).map(({ name }) => name);
}
