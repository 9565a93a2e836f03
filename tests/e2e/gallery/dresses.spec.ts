/** Every state with long words and from right to left; some in the dark and in the colours of the system. */

import { expectNoViolation } from '../helpers/axe.ts';
import { expect, parts, show, test } from '../helpers/gallery.ts';
import { clipped } from '../helpers/fit.ts';

const TELEPHONE = { width: 360, height: 640 };
/** What is left of 1280 × 1024 where the page is enlarged to 400 %. */
const ENLARGED = { width: 320, height: 256 };

for (const [number, states] of parts(4).entries()) {
  test(`with words forty per cent longer, part ${number + 1}`, async ({ page, gallery }) => {
    test.setTimeout(180_000);
    for (const state of states) {
      await page.setViewportSize(TELEPHONE);
      await show(page, gallery, state, { pseudo: '1' });
      expect.soft(await clipped(page), `text of ${state.name}`).toEqual([]);
      await page.screenshot({ path: `artefacts/screens/gallery/pseudo/${state.name}.png` });
      await page.setViewportSize(ENLARGED);
      expect.soft(await clipped(page), `text of ${state.name}, enlarged`).toEqual([]);
      await page.screenshot({ path: `artefacts/screens/gallery/enlarged/${state.name}.png` });
    }
  });

  test(`from right to left, part ${number + 1}`, async ({ page, gallery }) => {
    test.setTimeout(180_000);
    await page.setViewportSize(TELEPHONE);
    for (const [at, state] of states.entries()) {
      await show(page, gallery, state, { language: 'ar' });
      await expect(page.locator('[dir=rtl]').first()).toBeAttached();
      expect.soft(await clipped(page), `text of ${state.name}`).toEqual([]);
      await page.screenshot({ path: `artefacts/screens/gallery/ar/${state.name}.png` });
      if (at % 3 === 0) await expectNoViolation(page, `${state.name} in Arabic`);
    }
  });

  test(`in the dark, part ${number + 1}`, async ({ page, gallery }) => {
    test.setTimeout(180_000);
    for (const state of states.filter((_, at) => at % 3 === 1)) {
      await show(page, gallery, state, { mode: 'dark' });
      await expectNoViolation(page, `${state.name} in the dark`);
      await page.screenshot({ path: `artefacts/screens/gallery/dark/${state.name}.png` });
    }
  });

  test(`in the colours of the system, part ${number + 1}`, async ({ page, gallery }) => {
    test.setTimeout(180_000);
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    for (const state of states.filter((_, at) => at % 3 === 2)) {
      await show(page, gallery, state);
      await expectNoViolation(page, `${state.name} in the colours of the system`);
      expect.soft(await page.evaluate(withoutEdge), `edges of ${state.name}`).toEqual([]);
      await page.screenshot({ path: `artefacts/screens/gallery/forced/${state.name}.png` });
    }
  });
}

/** Without colours of its own a button is told by its border alone. Gives those that have none. */
function withoutEdge(): string[] {
  const roots = [document, document.querySelector('egusi-widget')?.shadowRoot].filter((root) => !!root);
  const all = roots.flatMap((root) => [...root!.querySelectorAll<HTMLElement>('.primary, .second, input:not([type=radio], [type=checkbox]), .account, [role=dialog]')]);
  const bare = all.filter((one) => one.getClientRects().length && getComputedStyle(one).borderTopWidth === '0px');
  return bare.map((one) => `${one.className} ${one.textContent!.trim().slice(0, 40)}`);
}
