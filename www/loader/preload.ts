/** Lets the browser fetch the window's files before the customer asks for the window. */

import { isolate } from './isolation.ts';

/** Long enough for a slow line; the frame's own `load` comes before its files have. */
const KEPT_MS = 30_000;

const warmed = new Set<string>();

/** Once for each server, by a frame that nobody sees, hears or reaches, and that goes by itself. */
export function warm(origin: string): void {
  if (warmed.has(origin)) return;
  warmed.add(origin);
  const iframe = document.createElement('iframe');
  isolate(iframe);
  iframe.src = `${origin}/warm`;
  iframe.tabIndex = -1;
  iframe.ariaHidden = 'true';
  iframe.style.cssText = 'display:none!important';
  (document.body ?? document.documentElement).append(iframe);
  setTimeout(() => iframe.remove(), KEPT_MS);
}
