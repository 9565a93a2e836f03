/** Keyboards, round corners and zoom: what of the screen the window takes. */

import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { LOADED, WIDGET, framesOf, received, say, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { builtWith, serveFakeWidget } from './helpers/fake-widget.ts';
import { openWindow } from './helpers/host-page.ts';

const OPTIONS = { key: 'public-key', token: 'company', products: ['auth'] };

declare global {
  interface Window {
    /** Changes what the browser says of its visual viewport. */
    see(what: { height: number; offsetTop?: number; scale?: number }, type?: string): void;
    /** How many listen to it. */
    watchers(): number;
  }
}

/** No keyboard can be shown in a browser of a test, so what it changes is changed by hand. */
async function fakeViewport(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    let watchers = 0;
    class Viewport extends EventTarget {
      height = innerHeight;
      offsetTop = 0;
      scale = 1;
      override addEventListener(type: string, listener: any, options: any) {
        watchers += 1;
        options.signal.addEventListener('abort', () => (watchers -= 1));
        super.addEventListener(type, listener, options);
      }
    }
    const viewport = new Viewport();
    Object.defineProperty(window, 'visualViewport', { value: viewport });
    window.watchers = () => watchers;
    window.see = (what, type = 'resize') => {
      Object.assign(viewport, { offsetTop: 0, scale: 1, ...what });
      viewport.dispatchEvent(new Event(type));
    };
  });
}

const box = async (page: Page) => {
  const { y, height, width } = (await page.locator('iframe').boundingBox())!;
  return { y, height, width };
};

test('the frame follows a keyboard, and stands still while the customer zooms', async ({ context }) => {
  await fakeViewport(context);
  await serveFakeWeb(context);
  const page = await visitShop(context);
  const { width, height } = page.viewportSize()!;
  await openWindow(page, OPTIONS);
  const [widget] = await framesOf(page, WIDGET);
  await say(widget!, LOADED);
  expect(await box(page)).toEqual({ y: 0, height, width });
  await page.evaluate(() => window.see({ height: 430 }));
  expect(await box(page)).toEqual({ y: 0, height: 430, width });
  expect(await widget!.evaluate(() => innerHeight)).toBe(430);
  await page.evaluate(() => window.see({ height: 430, offsetTop: 120 }, 'scroll'));
  expect(await box(page)).toEqual({ y: 120, height: 430, width });
  await page.evaluate(() => window.see({ height: 215, offsetTop: 60, scale: 2 }));
  await page.evaluate(() => window.see({ height: 210, offsetTop: 90, scale: 2 }, 'scroll'));
  expect(await box(page)).toEqual({ y: 120, height: 430, width });
  await page.evaluate((height) => window.see({ height }), height);
  expect(await box(page)).toEqual({ y: 0, height, width });
  await say(widget!, { close: true });
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(await page.evaluate(() => window.watchers())).toBe(0);
});

test('a browser that does not tell of it gets the whole screen', async ({ context }) => {
  await context.addInitScript(() => Object.defineProperty(window, 'visualViewport', { value: null }));
  await serveFakeWeb(context);
  const page = await visitShop(context);
  expect(await openWindow(page, OPTIONS)).toBeNull();
  expect(await box(page)).toEqual({ y: 0, ...page.viewportSize()! });
});

test.describe('round corners', () => {
  const insets = { top: 47, right: 3, bottom: 34, left: 5 };

  async function visitOnPhone(context: BrowserContext): Promise<Page> {
    await serveFakeWeb(context);
    const page = await visitShop(context);
    const client = await context.newCDPSession(page);
    await client.send('Emulation.setSafeAreaInsetsOverride', { insets });
    return page;
  }

  test('the host page measures them, and the window is told', async ({ context }) => {
    const page = await visitOnPhone(context);
    await openWindow(page, OPTIONS);
    const [widget] = await framesOf(page, WIDGET);
    await say(widget!, LOADED);
    expect((await received(widget!))[0]!.data).toMatchObject({ safeArea: '47px 3px 34px 5px' });
  });

  test('the page in the frame keeps its buttons away from them', async ({ context }) => {
    const page = await visitOnPhone(context);
    await serveFakeWidget(context);
    // The widget never comes; its first screen is there.
    await context.route(`${WIDGET}/assets/main.js`, () => {});
    await openWindow(page, OPTIONS);
    await expect(page.locator('dialog iframe')).toBeFocused();
    const frame = page.frames().at(-1);
    await frame!.waitForFunction(() => document.documentElement.style.length > 0);
    const seen = await frame!.evaluate(() => {
      const root = getComputedStyle(document.documentElement);
      const sides = ['top', 'right', 'bottom', 'left'].map((side) => root.getPropertyValue(`--safe-${side}`));
      return { sides, padding: getComputedStyle(document.querySelector('#first-wait')!).paddingBottom };
    });
    expect(seen).toEqual({ sides: ['47px', '3px', '34px', '5px'], padding: '34px' });
  });

  for (const [said, understood] of [
    ['34px', ['34px', '34px', '34px', '34px']],
    ['47px 0px', ['47px', '0px', '47px', '0px']],
    ['47px 0px 34.5px', ['47px', '0px', '34.5px', '0px']],
    ['auto', ['', '', '', '']],
    ['1px;color:red', ['', '', '', '']],
    ['9999px', ['', '', '', '']],
    [{ bottom: '34px' }, ['', '', '', '']],
    [34, ['', '', '', '']],
  ] as const) {
    test(`${JSON.stringify(said)} from a host is ${understood[0] ? 'understood' : 'left alone'}`, async ({ context }) => {
      await serveFakeWeb(context);
      await serveFakeWidget(context);
      const page = await visitShop(context);
      await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), `${WIDGET}/?withOptions=true`);
      const [frame] = await framesOf(page, WIDGET);
      await page.evaluate((data) => window.frames[0]!.postMessage(data, '*'), { ...OPTIONS, safeArea: said });
      expect(await builtWith(frame!)).not.toHaveProperty('safeArea');
      const sides = await frame!.evaluate(() =>
        ['top', 'right', 'bottom', 'left'].map((side) => document.documentElement.style.getPropertyValue(`--safe-${side}`)),
      );
      expect(sides).toEqual(understood);
    });
  }
});
