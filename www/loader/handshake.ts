/**
 * How the host page and its window find each other. Once they have, they speak over a line of their
 * own, on which nobody else in the page can listen or speak.
 */

import type { Message } from './options.ts';
import { kindOf, type Kind } from './words.ts';

/** What only this page and the window it opened know: 32 hexadecimal digits. */
export function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => (byte & 15).toString(16)).join('');
}

/**
 * Waits for the window to say that it is there. That counts if it comes from this window while a
 * page of this origin is in it, and with the nonce; everything else that flies through a web page
 * is none of our business. It is answered with the data and the other end of the line. A window
 * that was reloaded says it again: it has forgotten everything, and gets a new line. Returns the way
 * to say something to it; after the signal nothing is heard or said.
 */
export function listen(
  origin: string,
  nonce: string,
  signal: AbortSignal,
  content: () => Window | null,
  data: () => object,
  greeted: () => void,
  heard: (kind: Kind, message: Message) => void,
): (message: object) => void {
  let port: MessagePort | undefined;
  const listener = ({ origin: from, source, data: greeting }: MessageEvent) => {
    const window = content();
    if (from !== origin || !window || source !== window) return;
    // `ifameLoaded` is spelled so on the wire; okra-js's word.
    if (greeting?.ifameLoaded !== true || greeting.egusi !== nonce) return;
    port?.close();
    const { port1, port2 } = new MessageChannel();
    port = port1;
    port.onmessage = ({ data: message }) => {
      const kind = kindOf(message);
      if (kind) heard(kind, message);
    };
    window.postMessage({ ...data(), egusi: nonce }, origin, [port2]);
    greeted();
  };
  addEventListener('message', listener, { signal });
  signal.onabort = () => port?.close();
  return (message) => port?.postMessage(message);
}
