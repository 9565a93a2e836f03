/** A host page that is left with a window open, and comes back as it was: from the browser's back/forward cache. */

import { expect, test } from '@playwright/test';
import { LOADED, STRANGER, WIDGET, framesOf, say, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { heardAll, openWindow } from './helpers/host-page.ts';
import { traces } from './helpers/traces.ts';
import config from '../../playwright.config.ts';

// Playwright switches the cache off.
test.use({ launchOptions: { ...config.use!.launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] } });

test('the window is there again and closes without a trace', async ({ context }) => {
  await serveFakeWeb(context);
  const page = await visitShop(context);
  const before = await traces(page);
  await openWindow(page, { key: 'public-key', token: 'company' });
  const [frame] = await framesOf(page, WIDGET);
  await say(frame!, LOADED);
  await page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => void window.heard.push({ name: `kept ${persisted}`, given: [] }), { once: true });
  });
  // Playwright does not see the frames of such a page again, so the window acts by itself.
  await frame!.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => persisted && window.line!.postMessage({ close: true }));
  });
  await page.goto(`${STRANGER}/`);
  await page.goBack({ waitUntil: 'commit' });
  await expect.poll(async () => (await heardAll(page)).sort()).toEqual(['kept true', 'onClose']);
  expect({ ...(await traces(page)), listening: [], history: 0 }).toEqual({ ...before, listening: [], history: 0 });
});
