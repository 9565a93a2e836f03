/** Which server a window in the page may speak to. */

import { LoaderError } from '../loader/error.ts';

/** The widget calls the address its page came from and no other, so only that one may be named. */
export function checkBase(baseUrl: unknown): void {
  if (baseUrl === undefined || baseUrl === null || baseUrl === '') return;
  try {
    const { href, origin } = new URL(baseUrl as string);
    if (origin === location.origin && href === `${origin}/`) return;
  } catch {
    // Not an address at all; refused below in the same words.
  }
  throw new LoaderError(
    'invalid_base_url',
    `expected no baseUrl, or this page's own origin ${JSON.stringify(location.origin)}, since the window in the ` +
      `page speaks to the server of the page; got ${JSON.stringify(baseUrl)}. For another server use the framed window.`,
  );
}
