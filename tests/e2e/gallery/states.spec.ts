/** Every state of every screen: rules, the tree a screen reader reads, sizes, and the reader's own spacing. */

import { expectNoViolation } from '../helpers/axe.ts';
import { dialog, expect, parts, show, STATES, test } from '../helpers/gallery.ts';
import { expectGolden } from '../helpers/golden.ts';
import { clipped, moving, spaceOut, tooSmall } from '../helpers/fit.ts';

const TELEPHONE = { width: 360, height: 640 };

test('every screen has its states, each by a name of its own', async () => {
  expect(STATES.length).toBeGreaterThan(100);
  expect(new Set(STATES.map(({ name }) => name)).size).toBe(STATES.length);
});

for (const [number, states] of parts(4).entries()) {
  test(`in English, part ${number + 1}`, async ({ page, gallery }) => {
    test.setTimeout(180_000);
    for (const state of states) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await show(page, gallery, state);
      await expectNoViolation(page, state.name);
      const tree = await dialog(page).ariaSnapshot();
      // Which port the demo was given says nothing.
      expectGolden(`tree/${state.name}.yaml`, tree.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:8081'));
      expect.soft(await tooSmall(page, { width: 24, height: 24 }), `targets of ${state.name}`).toEqual([]);
      expect.soft(await moving(page), `what moves in ${state.name}`).toEqual([]);
      expect.soft(await clipped(page), `text of ${state.name}`).toEqual([]);
      await page.setViewportSize(TELEPHONE);
      expect.soft(await tooSmall(page, { width: 24, height: 44 }), `targets of ${state.name} on a telephone`).toEqual([]);
      expect.soft(await clipped(page), `text of ${state.name} on a telephone`).toEqual([]);
      await page.screenshot({ path: `artefacts/screens/gallery/en/${state.name}.png` });
      await spaceOut(page);
      expect.soft(await clipped(page), `text of ${state.name}, spaced out`).toEqual([]);
      await page.screenshot({ path: `artefacts/screens/gallery/spaced/${state.name}.png` });
    }
  });
}
