/** A web of three invented sites, answered by the test itself: a shop, a widget and a stranger. */

import { build } from 'esbuild';
import type { BrowserContext, Frame, Page } from '@playwright/test';
import { countListeners } from './traces.ts';

export const SHOP = 'https://shop.example';
export const WIDGET = 'https://connect.example';
export const STRANGER = 'https://stranger.example';

/** The strictest policy a host page may have and still embed us. */
const STRICT =
  `default-src 'none'; script-src 'self' ${WIDGET}; style-src 'self'; ` + `frame-src ${WIDGET} ${STRANGER}`;

declare global {
  interface Window {
    /** What the page was sent, with the origin it came from. */
    received: { data: unknown; origin: string }[];
  }
}

/** A page that keeps what it is sent. */
const LISTENING_PAGE = `<!doctype html><title>Frame</title><script>
  window.received = [];
  addEventListener('message', ({ data, origin }) => received.push({ data, origin }));
</script>`;

export interface FakeWeb {
  /** Attributes of the shop's root element. */
  root?: string;
  /** Answers the widget's own page differently; `null` never answers. */
  widget?: { status: number } | null;
}

let bundle: Promise<Record<'js' | 'mjs', string>> | undefined;

/** The loader as the server gives it out. */
function loader() {
  return (bundle ??= (async () => {
    const one = async (entry: string, format: 'iife' | 'esm') => {
      const result = await build({ entryPoints: [`www/loader/${entry}.ts`], bundle: true, minify: true, format, write: false });
      return result.outputFiles[0]!.text;
    };
    return { js: await one('global', 'iife'), mjs: await one('module', 'esm') };
  })());
}

/** Answers every request of the context. */
export async function serveFakeWeb(context: BrowserContext, { root = '', widget = { status: 200 } }: FakeWeb = {}) {
  const { js, mjs } = await loader();
  const html = (body: string, headers = {}) => ({ contentType: 'text/html', body, headers });
  const script = (body: string) => ({
    contentType: 'text/javascript',
    body,
    headers: { 'access-control-allow-origin': '*' },
  });
  await context.route('**/*', async (route) => {
    const { origin, pathname } = new URL(route.request().url());
    if (pathname === '/embed/egusi.js') return route.fulfill(script(js));
    if (pathname.endsWith('.mjs')) return route.fulfill(script(mjs));
    if (origin === SHOP) {
      const page = `<!doctype html><html lang="en"${root && ` ${root}`}><title>Shop</title><body>
        <script src="${WIDGET}/embed/egusi.js"></script><button id="pay">Pay</button>`;
      return route.fulfill(html(page, { 'content-security-policy': STRICT }));
    }
    // A request that stays open, as behind a server that hangs.
    if (origin === WIDGET && !widget) return;
    return route.fulfill({ ...html(LISTENING_PAGE), ...(origin === WIDGET && widget) });
  });
}

/** The shop's page, with the loader of our server on it and the button in focus. */
export async function visitShop(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await countListeners(page);
  await page.goto(`${SHOP}/`);
  await page.locator('#pay').focus();
  return page;
}

/** The frames of a site in the page, in the order of their opening. */
export async function framesOf(page: Page, origin: string, count = 1): Promise<Frame[]> {
  const frames = () => page.frames().filter((frame) => frame.url().startsWith(`${origin}/`));
  while (frames().length < count) await page.waitForEvent('framenavigated');
  await Promise.all(frames().map((frame) => frame.waitForLoadState()));
  return frames();
}

/** Lets a frame say something to the page around it. */
export function say(frame: Frame, ...messages: unknown[]): Promise<void> {
  return frame.evaluate((all) => {
    for (const message of all) window.parent.postMessage(message, '*');
  }, messages);
}

/** What a frame was sent, once it was sent as many messages. */
export async function received(frame: Frame, count = 1) {
  await frame.waitForFunction((count) => window.received.length >= count, count);
  return frame.evaluate(() => window.received);
}
