/** What `require('egusi')` gives: the object itself, as `require('okra-js')` gave it, with everything else on it. */

import egusi = require('./index.ts');

const { default: object, LoaderError, open, preload } = egusi;
const okra = Object.assign(object, { default: object, LoaderError, open, preload });

// The names of the types, for `import type { … }` in CommonJS.
namespace okra {
  export type Okra = egusi.Okra;
  export type Options = egusi.Options;
  export type ShortUrlOptions = egusi.ShortUrlOptions;
  export type LoaderOptions = egusi.LoaderOptions;
  export type OpenOptions = egusi.OpenOptions;
  export type Callbacks = egusi.Callbacks;
  export type Message = egusi.Message;
  export type ErrorMessage = egusi.ErrorMessage;
  export type ErrorCode = egusi.ErrorCode;
  export type LoaderErrorCode = egusi.LoaderErrorCode;
  export type EventName = egusi.EventName;
  export type WidgetEvent = egusi.WidgetEvent;
  export type Connection = egusi.Connection;
  export type ConnectedAccount = egusi.ConnectedAccount;
  export type Handle = egusi.Handle;
  export type Heard = egusi.Heard;
  export type Outcome = egusi.Outcome;
}

export = okra;
