/** Pictures of screens, kept for people to look at, each checked by axe on the way. */

import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

/** Keeps a picture of what is shown, in a folder of its story. */
export async function picture(page: Page, story: string, name: string): Promise<void> {
  const project = test.info().project.name;
  await page.screenshot({ path: `artefacts/screens/${story}/${project}-${name}.png` });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const faults = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  expect(faults, `axe on ${story}, ${name}`).toEqual([]);
}
