/** One open window, as code that likes promises holds it. */

import type { Connection, ErrorMessage, WidgetEvent } from './options.ts';

/** What can be heard of a window, by name, and what comes with it. */
export interface Heard {
  /** The window is there and listens. */
  ready: undefined;
  /** As `onSuccess`. */
  success: Connection;
  /** As `onError`. */
  error: ErrorMessage;
  /** As `onEvent`. */
  event: WidgetEvent;
  /** As `onClose`; the last that is heard. */
  close: undefined;
}

/** What came of a window. */
export type Outcome = { status: 'connected'; connection: Connection } | { status: 'closed' };

/** What every way to open a window returns. */
export interface Handle {
  /** Closes the window as if the customer had; `onClose` is called. A second time does nothing. */
  close(): void;
  /** Takes the window away at once, whatever it shows. From now on nothing is called any more. */
  destroy(): void;
  /** Hears one kind of happening, beside the callbacks in the options. Returns the way to stop. */
  on<Name extends keyof Heard>(name: Name, hear: (value: Heard[Name]) => void): () => void;
  /**
   * What came of it, once the window is gone. Rejects with a `LoaderError` if the window never came;
   * a rejection nobody waits for is no unhandled one.
   */
  readonly result: Promise<Outcome>;
}
