/** Why there is no window: what the loader says of a frame, and what a framed window says by itself. */

import { LoaderError, type LoaderErrorCode } from '../loader/error.ts';

export type FailureCode = LoaderErrorCode | 'unknown_link' | 'invalid_option';

/** A page catches one kind of error, whichever of the two would have said it. */
export function failure(code: FailureCode, message: string): LoaderError {
  return new LoaderError(code, message);
}

/** What was thrown on the way to a window, as the page hears of it. */
export function failureOf(thrown: unknown): LoaderError {
  if (thrown instanceof LoaderError) return thrown;
  const { code, message } = thrown as { code?: unknown; message?: string };
  // A `DOMException` has numbers for codes, and they mean nothing here.
  return failure(code === 'invalid_option' ? code : 'load_failed', message ?? String(thrown));
}
