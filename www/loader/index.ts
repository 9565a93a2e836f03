/**
 * The loader: what a host page has of Egusi before its customer clicks.
 *
 * It keeps the two functions and the one property of okra-js. Nothing happens at import, so the
 * module may be imported where there is no page at all.
 */

import { call, connect, problemOf, type Handle } from './connect.ts';
import { LoaderError } from './error.ts';
import { dataOf, type Callbacks, type Data, type Options, type ShortUrlOptions } from './options.ts';
import { originOf } from './origin.ts';

export type { Handle } from './connect.ts';
export { LoaderError, type LoaderErrorCode } from './error.ts';
export type * from './options.ts';

export interface Okra {
  /** Origin of the Egusi server, without a path. */
  baseUrl: string;
  /** Opens the window with options given here. */
  buildWithOptions(options: Options): Handle;
  /** Opens the window with a configuration saved on the server. */
  buildWithShortUrl(options: ShortUrlOptions): Handle;
}

/** Both functions work without `this`, so they may be taken off the object. */
export function loader(baseUrl: string): Okra {
  const okra: Okra = {
    baseUrl,
    buildWithOptions: (options) =>
      open(okra.baseUrl, options, (data) => {
        const quick = data.reauth_account && data.reauth_bank ? '&isQuickRUX=true' : '';
        return [`isIframe=true&withOptions=true${quick}`, { ...data, withOptions: true }];
      }),
    buildWithShortUrl: (options) =>
      open(okra.baseUrl, options, ({ short_url: ref, ...data }) => [
        'withOptions=true&isIframe=true',
        { ...data, ref, withShortURL: true },
      ]),
  };
  return okra;
}

/** An error is thrown to the caller and given to `onError` too: some hosts watch only one of them. */
function open(baseUrl: string, options: Callbacks, request: (data: Data) => [query: string, data: Data]): Handle {
  try {
    if (typeof document === 'undefined') throw new LoaderError('no_document', 'expected a web page, got none.');
    const origin = originOf(baseUrl);
    const [query, data] = request(dataOf(options));
    const marks = { source: data.source || 'integration', hideCardOnExit: true, iframeData: true };
    return connect(origin, query, { ...data, ...marks }, options);
  } catch (thrown) {
    if (thrown instanceof LoaderError) call(options?.onError, problemOf(thrown));
    throw thrown;
  }
}
