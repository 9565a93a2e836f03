/** What `import Okra from 'egusi'` gives: the object of okra-js, and a face for code that likes promises beside it. */

import type { LoaderOptions, Options, ShortUrlOptions } from '../loader/options.ts';

export { default, LoaderError, open, preload, type LoaderErrorCode, type Okra } from '../loader/module.ts';
export type { ErrorCode } from '../loader/error-code.ts';
export type { Handle, Heard, Outcome } from '../loader/handle.ts';
export type {
  Callbacks,
  ConnectedAccount,
  Connection,
  ErrorMessage,
  EventName,
  LoaderOptions,
  Message,
  Options,
  ShortUrlOptions,
  WidgetEvent,
} from '../loader/options.ts';

/** What `open` takes: options, or the short name of saved ones, and where the server is. */
export type OpenOptions = (Options | ShortUrlOptions) & LoaderOptions;
