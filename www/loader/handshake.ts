/** The messages between the host page and the window: okra-js's, word for word. */

import type { Message } from './options.ts';

/** The keys of a message, in the order in which the first true one decides what it is. */
const KINDS = ['close', 'success', 'error', 'beforeClose', 'ifameLoaded', 'event'] as const;

/** `ifameLoaded` is spelled so on the wire. */
export type Kind = (typeof KINDS)[number];

/**
 * Hears what one window says. A message counts only if it comes from this window and while a page
 * of this origin is in it; everything else that flies through a web page is none of our business.
 * Returns the way to stop.
 */
export function listen(
  origin: string,
  content: () => Window | null,
  heard: (kind: Kind, message: Message) => void,
): () => void {
  const listener = ({ origin: from, source, data }: MessageEvent) => {
    if (from !== origin || !source || source !== content()) return;
    const kind = data && typeof data === 'object' && KINDS.find((key) => data[key]);
    if (kind) heard(kind, data);
  };
  addEventListener('message', listener);
  return () => removeEventListener('message', listener);
}
