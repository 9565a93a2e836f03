/** Who hears of one window: the callbacks in its options, and whoever listens by its handle. */

import type { Handle, Heard } from '../loader/handle.ts';
import type { Callbacks } from '../loader/options.ts';

export interface Hearing {
  tell<Name extends keyof Heard>(name: Name, ...value: Heard[Name] extends undefined ? [] : [Heard[Name]]): void;
  /** The one callback that no listener has. */
  tellBeforeClose(): void;
  on: Handle['on'];
  /** From now on nobody hears anything. */
  end(): void;
}

type Listener = (value: never) => void;

/** The callbacks are taken now, so that what the page does to its object later changes nothing. */
export function hearing({ onSuccess, onClose, onError, onEvent, beforeClose, BeforeClose }: Callbacks): Hearing {
  const callbacks: { [name: string]: Listener | undefined } = {
    success: onSuccess,
    close: onClose,
    error: onError,
    event: onEvent,
  };
  let listeners: { name: string; hear: Listener }[] = [];
  let isOver = false;
  return {
    tell(name, ...value) {
      if (isOver) return;
      call(callbacks[name], value);
      // Those that are there now: one that is added meanwhile hears the next.
      for (const one of [...listeners]) if (one.name === name && listeners.includes(one)) call(one.hear, value);
    },
    tellBeforeClose() {
      if (!isOver) call((beforeClose ?? BeforeClose) as Listener, [{ beforeClose: true }]);
    },
    on(name, hear) {
      const one = { name, hear: hear as Listener };
      listeners.push(one);
      return () => {
        listeners = listeners.filter((other) => other !== one);
      };
    },
    end() {
      isOver = true;
      listeners = [];
    },
  };
}

/**
 * Calls what the host page gave, if it is a function. What it throws is the host page's own and
 * reaches its console, but must not stop us from cleaning up.
 */
function call(listener: Listener | undefined, given: unknown[]): void {
  if (typeof listener !== 'function') return;
  try {
    (listener as (...given: unknown[]) => void)(...given);
  } catch (thrown) {
    reportError(thrown);
  }
}
