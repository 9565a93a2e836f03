/** One opening of the window, from the first message to the last callback. */

import { LoaderError, problemOf } from './error.ts';
import { addFrame } from './frame.ts';
import type { Handle, Outcome } from './handle.ts';
import { listen, newNonce } from './handshake.ts';
import { hearing } from './hearing.ts';
import type { Callbacks, Connection, Data } from './options.ts';
import { LIMIT_MS, presence } from './presence.ts';

/** Opens the window, and posts the data to it once it has said that it listens. */
export function connect(origin: string, query: string, data: Data, callbacks: Callbacks, zIndex: unknown): Handle {
  // Taken now, so that what the host page does to its object later changes nothing.
  const { onSuccess: success, onClose, onError: error, onEvent: event, BeforeClose } = callbacks;
  const called = { success, error, event, beforeClose: callbacks.beforeClose ?? BeforeClose };
  const { on, tell, hush } = hearing();
  const nonce = newNonce();
  const gone = new AbortController();
  const { signal } = gone;
  let isReady = false;
  let outcome: Outcome = { status: 'closed' };
  let settle!: (outcome: Outcome | Promise<never>) => void;
  const result = new Promise<Outcome>((resolve) => (settle = resolve));
  // Whoever works with callbacks has heard of it by them.
  result.catch(() => {});

  const end = (isTold: boolean) => {
    if (signal.aborted) return;
    gone.abort();
    found();
    frame.remove();
    if (isTold) tell('close', onClose);
    hush();
    settle(outcome);
  };
  const close = () => end(true);

  // The host page must never be left behind a window that is not there: it hears why, and then
  // what it hears after every window.
  const fail = () => {
    const reason = late(origin);
    if (outcome.status === 'closed') settle(Promise.reject(reason));
    tell('error', error, problemOf(reason));
    close();
  };

  const frame = addFrame(`${origin}/?${query}#egusi=${nonce}`, zIndex, signal, {
    // Once it is there, the window decides: it asks before something half done is lost.
    mayDismiss: () => {
      post({ cancel: true });
      return isMissed();
    },
    dismissed: close,
    // What is in it now hears no Escape of ours, so the frame around it must.
    loaded: () => loaded() && frame.focus(false),
  });
  const [isMissed, found, loaded] = presence(fail);
  const post = listen(
    origin,
    nonce,
    signal,
    frame.content,
    () => ({ ...data, safeArea: frame.safeArea() }),
    () => {
      const wasMissed = isMissed();
      found();
      if (!wasMissed) return;
      frame.focus(true);
      if (!isReady) tell('ready', undefined);
      isReady = true;
    },
    (kind, message) => {
      if (kind === 'close') return close();
      if (kind === 'redirect') return location.assign(message.redirect as string);
      if (kind === 'success') {
        if (outcome.status === 'connected') return;
        outcome = { status: 'connected', connection: message as Connection };
      }
      tell(kind, called[kind], message);
    },
  );
  return {
    close,
    destroy() {
      hush();
      end(false);
    },
    on,
    result,
  };
}

function late(origin: string): LoaderError {
  return new LoaderError('load_failed', `${origin} did not open the window within ${LIMIT_MS / 1000} s. ` +
    'Is it running, is this page registered there, and does its CSP allow it in frame-src?');
}
