/**
 * The window in the page's own document, for pages whose operator runs the Egusi server too and serves it
 * at the page's own address. Nothing happens at import. docs/inline.md says what is given up.
 */

import type { Handle } from '../loader/handle.ts';
import { LoaderError, problemOf } from '../loader/error.ts';
import { dataOf, type Data, type Options, type ShortUrlOptions } from '../loader/options.ts';
import { checkBase } from './base.ts';
import { hearing } from './hearing.ts';
import { show } from './show.ts';
import { widget } from './widget.ts';

export type * from '../loader/handle.ts';
export { LoaderError, type LoaderErrorCode } from '../loader/error.ts';
export type * from '../loader/options.ts';

/** What `open` takes: the options of the framed window. */
export type InlineOptions = (Options | ShortUrlOptions) & {
  /** May be left out; if it is there it must be the origin of this page. */
  baseUrl?: string;
};

/** Opens the window in this page. An error is thrown and given to `onError` too: some hosts watch only one of them. */
export function open(options: InlineOptions): Handle {
  const host = hearing(options ?? {});
  try {
    return show(readable(options), host);
  } catch (thrown) {
    if (thrown instanceof LoaderError) host.tell('error', problemOf(thrown));
    throw thrown;
  }
}

/** Fetches the widget, so that the next window is there at once. Never throws: an opening tries again. */
export function preload(): void {
  if (typeof document !== 'undefined') widget().catch(() => {});
}

/** The options that go to the widget. */
function readable(options: InlineOptions): Data {
  if (typeof document === 'undefined') throw new LoaderError('no_document', 'expected a web page, got none.');
  const { baseUrl, zIndex: _, ...data } = dataOf(options);
  checkBase(baseUrl);
  return data;
}
