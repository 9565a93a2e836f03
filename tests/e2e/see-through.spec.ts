/** The window lies over the shop like glass, whatever colours the system prefers. */

import { pixel } from './helpers/pixel.ts';
import { dialog, openFromShop } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

for (const path of ['/', '/okra-js.html']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the shop shows through around the window: ${path}, ${colorScheme}`, async ({ page, world }) => {
      await page.emulateMedia({ colorScheme });
      await openFromShop(page, world, path);
      await expect(dialog(page)).toBeVisible();
      await page.evaluate(() => document.body.style.setProperty('background', 'rgb(0, 200, 0)'));
      const [red, green, blue] = await pixel(page, 4, 4);
      // Dimmed, but green: nothing opaque lies over it.
      expect(green).toBeGreaterThan(60);
      expect(Math.max(red, blue)).toBeLessThan(40);
    });
  }
}
