/** Who is told what: the callbacks of the options, and whoever asked the handle. */

import type { Handle, Heard } from './handle.ts';

export interface Hearing {
  on: Handle['on'];
  /** Tells the callback of the options first, then the others in the order of their asking. */
  tell(name: keyof Heard | 'beforeClose', callback: Function | undefined, ...value: unknown[]): void;
  /** Tells nobody anything any more. */
  hush(): void;
}

export function hearing(): Hearing {
  const ears = new Set<{ name: keyof Heard; hear: Function }>();
  return {
    on(name, hear) {
      const ear = { name, hear };
      ears.add(ear);
      return () => void ears.delete(ear);
    },
    tell(name, callback, ...value) {
      // Who asks from now on hears of the next one; who was sent away while we tell, hears nothing.
      const all = [...ears];
      call(callback, ...value);
      for (const ear of all) if (ear.name === name && ears.has(ear)) call(ear.hear, ...value);
    },
    hush: () => ears.clear(),
  };
}

/**
 * Calls what the host page gave, if it is a function. What it throws is the host page's own and
 * reaches its console, but must not stop us from cleaning up.
 */
export function call(callback: unknown, ...given: unknown[]): void {
  if (typeof callback !== 'function') return;
  try {
    callback(...given);
  } catch (thrown) {
    reportError(thrown);
  }
}
