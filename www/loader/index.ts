/**
 * The loader: what a host page has of Egusi before its customer clicks.
 *
 * It keeps the two functions and the one property of okra-js, and has two of its own. Nothing
 * happens at import, so the module may be imported where there is no page at all.
 */

import { connect } from './connect.ts';
import { LoaderError, problemOf } from './error.ts';
import type { Handle } from './handle.ts';
import { call } from './hearing.ts';
import { dataOf, type Callbacks, type LoaderOptions, type Options, type ShortUrlOptions } from './options.ts';
import { originOf } from './origin.ts';
import { warm } from './preload.ts';
import { isProduction } from './world.ts';

export interface Okra {
  /** Origin of the Egusi server, without a path. */
  baseUrl: string;
  /** Opens the window with options given here. */
  buildWithOptions(options: Options & LoaderOptions): Handle;
  /** Opens the window with a configuration saved on the server. */
  buildWithShortUrl(options: ShortUrlOptions & LoaderOptions): Handle;
  /** Either of the two, by whether there is a `short_url`. */
  open(options: (Options | ShortUrlOptions) & LoaderOptions): Handle;
  /** Fetches what the window is made of, so that it opens at once later. Never throws. */
  preload(baseUrl?: string): void;
}

/** All of them work without `this`, so they may be taken off the object. */
export function loader(baseUrl: string): Okra {
  const okra: Okra = {
    baseUrl,
    buildWithOptions: (options) => open(okra.baseUrl, options, false),
    buildWithShortUrl: (options) => open(okra.baseUrl, options, true),
    open: (options) => open(okra.baseUrl, options, !!options?.short_url),
    preload(from = okra.baseUrl) {
      try {
        warm(originOf(from));
      } catch {
        // Where there is no page or no server there is nothing to fetch; opening says so.
      }
    },
  };
  return okra;
}

/** An error is thrown to the caller and given to `onError` too: some hosts watch only one of them. */
function open(okraUrl: string, options: Callbacks, isShort: boolean): Handle {
  try {
    if (typeof document === 'undefined') throw new LoaderError('no_document', 'expected a web page, got none.');
    const { baseUrl = okraUrl, zIndex, ...given } = dataOf(options);
    const origin = originOf(baseUrl);
    if (origin === location.origin && isProduction(given.env)) {
      throw new LoaderError('same_origin', `expected the page and its Egusi server on two origins, got ${origin} ` +
        'for both. A frame of its own origin protects nobody; see egusi/inline.');
    }
    const { short_url: ref, ...others } = given;
    const wish = given.language ? `&language=${given.language}` : '';
    const quick = given.reauth_account && given.reauth_bank ? '&isQuickRUX=true' : '';
    const [query, data] = isShort
      ? [`withOptions=true&isIframe=true${wish}`, { ...others, ref, withShortURL: true }]
      : [`isIframe=true&withOptions=true${quick}${wish}`, { ...given, withOptions: true }];
    const marks = { source: given.source || 'integration', hideCardOnExit: true, iframeData: true };
    return connect(origin, query, { ...data, ...marks }, options, zIndex);
  } catch (thrown) {
    if (thrown instanceof LoaderError) call(options?.onError, problemOf(thrown));
    throw thrown;
  }
}
