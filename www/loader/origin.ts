/** Where the server is. */

import { LoaderError } from './error.ts';

/**
 * The exact origin that `baseUrl` names. Messages are compared with it and options are posted to
 * it and to nothing else, so an address with a path or a name in it is refused, not shortened.
 */
export function originOf(baseUrl: unknown): string {
  try {
    const { href, origin, protocol } = new URL(baseUrl as string);
    if (/^https?:$/.test(protocol) && href === `${origin}/`) return origin;
  } catch {
    // Not an address at all; refused below in the same words.
  }
  throw new LoaderError(
    'invalid_base_url',
    `expected baseUrl to be the origin of your Egusi server, such as "https://connect.example.com", ` +
      `got ${JSON.stringify(baseUrl)}. Set Okra.baseUrl before you open the window.`,
  );
}

/**
 * The origin that served this script, or nothing. Only the server's own path counts, with or without
 * the content's hash in its name: a copy that a bundler or another site serves says nothing about
 * where the server is.
 */
export function originServing(scriptUrl: string | undefined): string {
  return /^(https?:\/\/[^/?#]+)\/embed\/egusi(-[\w-]+)?\.m?js([?#]|$)/.exec(scriptUrl ?? '')?.[1] ?? '';
}
