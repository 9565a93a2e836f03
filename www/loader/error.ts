/** What the loader itself can refuse; everything else is the window's to say. */

import type { ErrorCode } from './error-code.ts';
import type { ErrorMessage } from './options.ts';

export type LoaderErrorCode =
  | 'invalid_base_url'
  | 'invalid_options'
  | 'no_document'
  | 'same_origin'
  | 'load_failed';

/** Thrown to the caller; in-page mode throws what a window would have said by itself, too. The message shows what was expected beside what arrived. */
export class LoaderError extends Error {
  // Only declared: a class field would bring a helper into the bundle.
  declare readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(`Okra: ${message}`);
    this.code = code;
  }
}

/** The same error as `onError` hears it. */
export function problemOf({ message, code }: LoaderError): ErrorMessage {
  return { error: message, code };
}
