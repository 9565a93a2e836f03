/** A host page that brings its own frame instead of a loader, as the oldest ones and the wickedest do. */

import type { BrowserContext, Frame, Page } from '@playwright/test';
import { framesOf, serveFakeWeb, visitShop, WIDGET } from './fake-web.ts';
import { serveFakeWidget } from './fake-widget.ts';

export const NONCE = '0123456789abcdef0123456789abcdef';

export interface OwnHost {
  page: Page;
  frame: Frame;
  /** What went wrong in either page. */
  errors: string[];
}

/** Puts the window's page into a frame at this address of its server, and waits until it was loaded. */
export async function frameAt(context: BrowserContext, path: string): Promise<OwnHost> {
  await serveFakeWeb(context);
  await serveFakeWidget(context);
  const page = await visitShop(context);
  return { page, errors: errorsOf(page), frame: await addFrameAt(page, path) };
}

/** The same in a page that is there. It keeps what it is sent. */
export async function addFrameAt(page: Page, path: string): Promise<Frame> {
  await page.evaluate((src) => {
    window.received = [];
    addEventListener('message', ({ data, origin }) => window.received.push({ data, origin }));
    const iframe = document.createElement('iframe');
    iframe.src = src;
    document.body.append(iframe);
  }, `${WIDGET}${path}`);
  const [frame] = await framesOf(page, WIDGET);
  await page.waitForFunction(() => window.received.length > 0);
  return frame!;
}

/** Everything either page complains of. */
export function errorsOf(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (line) => {
    if (line.type() === 'error') errors.push(line.text());
  });
  return errors;
}

/** Posts a message to the frame, with as many ports. */
export function post(page: Page, message: unknown, ports = 0): Promise<void> {
  return page.evaluate(
    ({ message, ports, origin }) => {
      const ends = Array.from({ length: ports }, () => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => window.received.push({ data, origin: 'line' });
        window.line = port1;
        return port2;
      });
      document.querySelector('iframe')!.contentWindow!.postMessage(message, origin, ends);
    },
    { message, ports, origin: WIDGET },
  );
}
