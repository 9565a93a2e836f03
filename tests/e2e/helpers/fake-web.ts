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

/** Messages of the window as they must look. */
export const LOADED = { ifameLoaded: true };
export const EVENT = { event: true, event_name: 'OPENED' };
export const CONNECTION = { success: true, record: 'r1', record_id: 'r1', customer_id: 'c1', bank_id: 'b1', accounts: [{ id: 'a1' }] };

declare global {
  interface Window {
    /** What the page was sent, with the origin it came from. */
    received: { data: unknown; origin: string }[];
    /** The line to the loader, once a greeting was answered. */
    line?: MessagePort;
  }
}

/** A page that keeps what it is sent, and takes the line that it is given. What comes on it has no origin. */
const LISTENING_PAGE = `<!doctype html><title>Frame</title><body><button>Inside</button><script>
  window.received = [];
  const keep = ({ data, origin, ports }) => {
    received.push({ data, origin });
    if (ports.length) (window.line = ports[0]).onmessage = keep;
  };
  addEventListener('message', keep);
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

/**
 * Lets a frame say something to the page around it. A greeting goes with the nonce in the frame's address,
 * if it has one, and is waited for until it is answered; what follows goes over the line.
 */
export function say(frame: Frame, ...messages: unknown[]): Promise<void> {
  const said = frame.evaluate(async (all) => {
    const nonce = /^#egusi=(.*)/.exec(location.hash)?.[1];
    for (const message of all) {
      const isGreeting = nonce && (message as { ifameLoaded?: unknown } | null)?.ifameLoaded === true;
      if (!isGreeting) {
        if (window.line) window.line.postMessage(message);
        else window.parent.postMessage(message, '*');
        continue;
      }
      const answered = new Promise((answered) => addEventListener('message', answered, { once: true }));
      window.parent.postMessage({ ...(message as object), egusi: nonce }, '*');
      await answered;
    }
  }, messages);
  return unlessGone(frame, said);
}

/** What a frame says may be its last word: it can be taken away before it tells that it has said it. */
export async function unlessGone(frame: Frame | Page, said: Promise<void>): Promise<void> {
  try {
    await said;
  } catch (failed) {
    if (!('isDetached' in frame && frame.isDetached())) throw failed;
  }
}

/** What a frame was sent, once it was sent as many messages. */
export async function received(frame: Frame, count = 1) {
  await frame.waitForFunction((count) => window.received.length >= count, count);
  return frame.evaluate(() => window.received);
}
