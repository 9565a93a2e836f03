/** What the loader itself can refuse; everything else is the window's to say. */

export type LoaderErrorCode = 'invalid_base_url' | 'invalid_options' | 'no_document' | 'load_failed';

/** Thrown to the caller. The message shows what was expected beside what arrived. */
export class LoaderError extends Error {
  // Only declared: a class field would bring a helper into the bundle.
  declare readonly code: LoaderErrorCode;

  constructor(code: LoaderErrorCode, message: string) {
    super(`Okra: ${message}`);
    this.code = code;
  }
}
