/** What a window leaves behind: nothing, whatever the host page does meanwhile. */

import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { LOADED, WIDGET, framesOf, say, serveFakeWeb, visitShop } from './helpers/fake-web.ts';
import { heardAll, openWindow } from './helpers/host-page.ts';
import { focused, openDialog, serveFocusTrap, trapFocus } from './helpers/host-dialogs.ts';
import { traces } from './helpers/traces.ts';

const OPTIONS = { key: 'public-key', token: 'company', products: ['auth'] };

async function visit(context: BrowserContext): Promise<Page> {
  await serveFakeWeb(context);
  await serveFocusTrap(context);
  return visitShop(context);
}

/** Opens a window that has greeted; gives what closes it as the customer would. */
async function open(page: Page, options = {}): Promise<() => Promise<void>> {
  const before = await page.locator('dialog iframe').count();
  await openWindow(page, { ...OPTIONS, ...options });
  const frame = (await framesOf(page, WIDGET, before + 1)).at(-1)!;
  await say(frame, LOADED);
  return async () => {
    const closed = (await heardAll(page)).filter((name) => name === 'onClose').length + 1;
    await say(frame, { close: true });
    await expect.poll(async () => (await heardAll(page)).filter((name) => name === 'onClose').length).toBe(closed);
  };
}

const overflow = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).overflowY);
const rootStyle = (page: Page) => page.evaluate(() => document.documentElement.getAttribute('style'));

test.describe('scroll', () => {
  test('what the host sets meanwhile is kept, and does not undo the lock', async ({ context }) => {
    const page = await visit(context);
    const close = await open(page);
    await page.evaluate(() => document.documentElement.style.setProperty('overflow', 'scroll'));
    expect(await overflow(page)).toBe('hidden');
    await close();
    expect(await rootStyle(page)).toBe('overflow: scroll;');
    expect(await overflow(page)).toBe('scroll');
  });

  test('a lock of the host that begins while ours holds, and ends later, leaves the page free', async ({ context }) => {
    const page = await visit(context);
    const close = await open(page);
    // As dialogs of hosts do: keep what is there, set, and give back.
    await page.evaluate(() => {
      const { style } = document.documentElement;
      (window as any).kept = style.overflow;
      style.overflow = 'hidden';
    });
    await close();
    expect(await overflow(page)).toBe('hidden');
    await page.evaluate(() => (document.documentElement.style.overflow = (window as any).kept));
    expect(await overflow(page)).toBe('visible');
  });

  test('a lock of the host that ends while ours holds does not end ours', async ({ context }) => {
    const page = await visit(context);
    await page.evaluate(() => (document.documentElement.style.overflow = 'hidden'));
    const close = await open(page);
    await page.evaluate(() => (document.documentElement.style.overflow = ''));
    expect(await overflow(page)).toBe('hidden');
    await close();
    expect(await overflow(page)).toBe('visible');
  });

  test('what was important is so again, unless the host thought otherwise', async ({ context }) => {
    const page = await visit(context);
    await page.evaluate(() => document.documentElement.style.setProperty('overflow', 'auto', 'important'));
    await (await open(page))();
    expect(await rootStyle(page)).toBe('overflow: auto !important;');
    const close = await open(page);
    await page.evaluate(() => document.documentElement.style.setProperty('overflow', 'clip', 'important'));
    await close();
    expect(await rootStyle(page)).toBe('overflow: clip !important;');
  });

  test('the sheets of the host are as the host left them', async ({ context }) => {
    const page = await visit(context);
    await page.evaluate(() => document.adoptedStyleSheets.push(new CSSStyleSheet()));
    const close = await open(page);
    await page.evaluate(() => (document.adoptedStyleSheets = [...document.adoptedStyleSheets, new CSSStyleSheet()]));
    await close();
    expect(await page.evaluate(() => document.adoptedStyleSheets.map(({ cssRules }) => cssRules.length))).toEqual([0, 0]);
  });
});

test.describe('scroll of a page whose body says how', () => {
  /** As many style sheets begin; a header that sticks shows where the page really stands. */
  async function visitTall(context: BrowserContext, style = ''): Promise<Page> {
    const page = await visit(context);
    await page.evaluate((style) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('html,body{height:100%;margin:0}body{overflow-x:hidden}header{position:sticky;top:0}main{height:5000px}');
      document.adoptedStyleSheets = [sheet];
      const header = Object.assign(document.createElement('header'), { textContent: 'Shop' });
      const main = document.createElement('main');
      main.append(header);
      document.body.append(main);
      document.body.style.cssText = style;
      scrollTo(0, 1000);
    }, style);
    return page;
  }
  const place = (page: Page) =>
    page.evaluate(() => [scrollY, document.body.scrollTop, document.querySelector('header')!.getBoundingClientRect().top]);

  for (const style of ['', 'overflow: auto !important;']) {
    test(`stands still while the window is there, and afterwards${style && ', though its body says important'}`, async ({ context }) => {
      const page = await visitTall(context, style);
      const before = await traces(page);
      expect(await place(page)).toEqual([1000, 0, 0]);
      const close = await open(page);
      expect(await place(page)).toEqual([1000, 0, 0]);
      await page.mouse.move(300, 300);
      await page.mouse.wheel(0, 400);
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      expect(await place(page)).toEqual([1000, 0, 0]);
      expect(await page.evaluate(() => getComputedStyle(document.body).overflowY)).toBe('hidden');
      await close();
      expect(await place(page)).toEqual([1000, 0, 0]);
      expect(await traces(page)).toEqual(before);
      expect(await page.evaluate(() => document.body.style.cssText)).toBe(style);
    });
  }

  test('is held too where the host gives its root a scroll of its own meanwhile', async ({ context }) => {
    const page = await visitTall(context);
    const close = await open(page);
    await page.evaluate(() => (document.documentElement.style.overflow = 'auto'));
    expect(await place(page)).toEqual([1000, 0, 0]);
    expect(await overflow(page)).toBe('visible');
    await close();
    expect(await overflow(page)).toBe('auto');
  });
});

test.describe('focus', () => {
  test('a trap of the host behind the window is left alone, and goes on afterwards', async ({ context }) => {
    const page = await visit(context);
    await trapFocus(page);
    const before = await traces(page);
    const close = await open(page);
    await expect.poll(() => focused(page)).toBe('iframe');
    // Nobody pulls it out again.
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('iframe');
    await page.locator('dialog').focus();
    expect(await focused(page)).toBe('dialog');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => window.trap.active)).toBe(true);
    await close();
    expect(await traces(page)).toEqual(before);
    expect(await focused(page)).toBe('two');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('one');
    await page.evaluate(() => document.getElementById('pay')!.focus());
    expect(await focused(page)).toBe('one');
  });

  test('a trap of the host that begins while the window is there gets the focus afterwards', async ({ context }) => {
    const page = await visit(context);
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    const close = await open(page);
    await trapFocusBehind(page);
    await close();
    await page.keyboard.press('Tab');
    expect(['one', 'two']).toContain(await focused(page));
    expect(errors).toEqual([]);
  });

  test('a dialog of the host under the window has the focus again', async ({ context }) => {
    const page = await visit(context);
    await openDialog(page, 'theirs');
    expect(await focused(page)).toBe('theirs-field');
    const close = await open(page);
    await expect.poll(() => focused(page)).toBe('iframe');
    await close();
    expect(await focused(page)).toBe('theirs-field');
    await page.keyboard.type('typed');
    await expect(page.locator('#theirs-field')).toHaveValue('typed');
    await page.evaluate(() => (document.getElementById('theirs') as HTMLDialogElement).close());
    expect(await focused(page)).toBe('pay');
  });

  test('a dialog of the host above the window keeps the focus when the window goes', async ({ context }) => {
    const page = await visit(context);
    const close = await open(page);
    await expect.poll(() => focused(page)).toBe('iframe');
    await openDialog(page, 'theirs');
    await page.keyboard.type('typed');
    await close();
    expect(await focused(page)).toBe('theirs-field');
    await page.keyboard.type(' on');
    await expect(page.locator('#theirs-field')).toHaveValue('typed on');
  });

  test('a window among the elements of the page leaves the focus where the customer has put it', async ({ context }) => {
    const page = await visit(context);
    const close = await open(page, { zIndex: 7 });
    await expect.poll(() => focused(page)).toBe('iframe');
    await page.evaluate(() => document.body.append(Object.assign(document.createElement('input'), { id: 'theirs-field' })));
    await page.locator('#theirs-field').focus();
    await close();
    expect(await focused(page)).toBe('theirs-field');
  });

  test('a dialog of the host that came and went above the window gives it back to the window', async ({ context }) => {
    const page = await visit(context);
    const before = await traces(page);
    const close = await open(page);
    await expect.poll(() => focused(page)).toBe('iframe');
    await openDialog(page, 'theirs');
    // Its Escape is its own.
    await page.keyboard.press('Escape');
    await page.evaluate(() => document.getElementById('theirs')!.remove());
    expect(await focused(page)).toBe('iframe');
    await close();
    expect(await traces(page)).toEqual(before);
  });

  test('it comes back into a shadow root, and is not looked for where the host has taken it away', async ({ context }) => {
    const page = await visit(context);
    await page.evaluate(() => {
      const host = document.createElement('div');
      const button = Object.assign(document.createElement('button'), { id: 'inner' });
      host.attachShadow({ mode: 'open' }).append(button);
      document.body.append(host);
      button.focus();
    });
    await (await open(page))();
    expect(await focused(page)).toBe('inner');
    const close = await open(page);
    await page.evaluate(() => document.querySelector('div')!.remove());
    await close();
    expect(await focused(page)).toBe('body');
  });

  for (const order of ['first', 'last'] as const) {
    test(`of two windows the ${order} one closes first, and focus goes where it belongs`, async ({ context }) => {
      const page = await visit(context);
      const before = await traces(page);
      const closers = [await open(page), await open(page)];
      await expect.poll(() => focused(page)).toBe('iframe');
      if (order === 'last') closers.reverse();
      await closers[0]!();
      expect(await focused(page)).toBe('iframe');
      expect(await overflow(page)).toBe('hidden');
      await closers[1]!();
      expect(await traces(page)).toEqual(before);
    });
  }
});

/** The trap's box lies behind the window, where the browser lets nothing have the focus. */
async function trapFocusBehind(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const script = Object.assign(document.createElement('script'), { src: '/focus-trap.js' });
    await new Promise((loaded) => document.head.append(Object.assign(script, { onload: loaded })));
    const box = document.createElement('div');
    for (const id of ['one', 'two']) box.append(Object.assign(document.createElement('input'), { id }));
    document.body.append(box);
    window.focusTrap.createFocusTrap(box).activate();
  });
}

test.describe('a host that takes the window away itself', () => {
  for (const [how, takeAway] of Object.entries({
    'by removing its element': (): void => document.querySelector('dialog')!.remove(),
    'as Turbo does before it keeps the page': (): void =>
      document.querySelectorAll('[data-turbo-temporary]').forEach((element) => element.remove()),
    'by emptying its body': (): void => document.body.replaceChildren(),
    'by exchanging its body': (): void => void (document.body = document.createElement('body')),
  })) {
    test(`${how} is told that it is closed, and is free again`, async ({ context }) => {
      const page = await visit(context);
      const close = await open(page);
      await page.evaluate(takeAway);
      await expect.poll(() => heardAll(page)).toEqual(['onClose']);
      expect(await overflow(page)).toBe('visible');
      expect((await traces(page)).listening).toEqual([]);
      expect((await traces(page)).sheets).toBe(0);
      // The next one works.
      await page.evaluate(() => void (window.heard = []));
      await (await open(page))();
      void close;
    });
  }
});

test('fifty windows later the page is as before the first', async ({ context }) => {
  const page = await visit(context);
  const timers = await page.evaluate(() => setTimeout(() => {}));
  const before = await traces(page);
  for (let at = 0; at < 25; at++) {
    await page.evaluate((options) => {
      window.Okra.buildWithOptions(options).close();
      window.Okra.open(options).destroy();
    }, OPTIONS);
  }
  expect(await traces(page)).toEqual(before);
  expect(timers).toBeGreaterThan(0);
  expect(page.frames()).toHaveLength(1);
});
