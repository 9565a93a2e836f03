/** One opening of the window, from the first message to the last callback. */

import { LoaderError } from './error.ts';
import { addFrame } from './frame.ts';
import { listen } from './handshake.ts';
import type { Callbacks, Connection, Data, ErrorMessage, WidgetEvent } from './options.ts';

/** How long the window may take to say that it is there. */
const LOAD_LIMIT_MS = 15_000;

/** What `buildWithOptions` returns. */
export interface Handle {
  /** Closes the window as if the customer had; `onClose` is called. A second time does nothing. */
  close(): void;
}

/** Opens the window, and posts the data to it once it has said that it listens. */
export function connect(origin: string, query: string, data: Data, callbacks: Callbacks): Handle {
  // Taken now, so that what the host page does to its object later changes nothing.
  const { onSuccess, onClose, onError, onEvent, beforeClose, BeforeClose } = callbacks;
  let open = true;
  let greeted = false;
  let succeeded = false;

  const close = () => {
    if (!open) return;
    open = false;
    clearTimeout(timer);
    stopListening();
    frame.remove();
    call(onClose);
  };

  // The host page must never be left behind a window that is not there: it hears why, and then
  // what it hears after every window.
  const fail = () => {
    if (!open || greeted) return;
    call(onError, problemOf(new LoaderError('load_failed', `${origin} did not open the window within ` +
      `${LOAD_LIMIT_MS / 1000} s. Is it running, and does the Content-Security-Policy of this page ` +
      'allow it in frame-src?')));
    close();
  };

  const post = (message: object) => frame.content()?.postMessage(message, origin);
  const frame = addFrame(`${origin}/?${query}`, {
    // Once it is there, the window decides: it asks before something half done is lost.
    mayDismiss: () => {
      if (greeted) post({ cancel: true });
      return !greeted;
    },
    dismissed: close,
    failed: fail,
  });
  const timer = setTimeout(fail, LOAD_LIMIT_MS);
  const stopListening = listen(origin, frame.content, (kind, message) => {
    switch (kind) {
      case 'ifameLoaded':
        // Said again when the window was reloaded inside its frame; it has forgotten everything.
        post(data);
        if (greeted) return;
        greeted = true;
        clearTimeout(timer);
        return frame.focus();
      case 'success':
        if (succeeded) return;
        succeeded = true;
        return call(onSuccess, message as Connection);
      case 'error':
        return call(onError, message as ErrorMessage);
      case 'event':
        return call(onEvent, message as WidgetEvent);
      case 'beforeClose':
        return call(beforeClose ?? BeforeClose, message);
      case 'close':
        return close();
    }
  });
  return { close };
}

/** The same error as `onError` hears it. */
export function problemOf({ message, code }: LoaderError): ErrorMessage {
  return { error: message, code };
}

/**
 * Calls what the host page gave, if it is a function. What it throws is the host page's own and
 * reaches its console, but must not stop us from cleaning up.
 */
export function call<Arguments extends unknown[]>(
  callback: ((...given: Arguments) => void) | undefined,
  ...given: Arguments
): void {
  if (typeof callback !== 'function') return;
  try {
    callback(...given);
  } catch (thrown) {
    reportError(thrown);
  }
}
