/** The WebAssembly, fetched once for all windows of a page. */

import init, { buildWithOptions } from 'egusi-wasm';
import { LoaderError } from '../loader/error.ts';

/** How long the WebAssembly may take, as the framed window. */
const LOAD_LIMIT_MS = 15_000;

let loading: Promise<typeof buildWithOptions> | undefined;

/** Opens windows, once it is here. After a failure the next call tries again. */
export function widget(): Promise<typeof buildWithOptions> {
  return (loading ??= load().catch((reason) => {
    loading = undefined;
    throw reason;
  }));
}

async function load(): Promise<typeof buildWithOptions> {
  const file = new URL('./egusi.wasm', import.meta.url);
  // Given up for good at the limit: a file that came all the same after a second try would pull the
  // memory away from under the windows that are open by then.
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), LOAD_LIMIT_MS);
  try {
    await init({ module_or_path: fetch(file, { signal: limit.signal }) });
  } catch (reason) {
    throw new LoaderError(
      'load_failed',
      `${file.href} could not be loaded within ${LOAD_LIMIT_MS / 1000} s. Is it served beside the script, and does ` +
        `the Content-Security-Policy of this page allow 'wasm-unsafe-eval' in script-src and 'self' in connect-src? ` +
        String(reason),
    );
  } finally {
    clearTimeout(timer);
  }
  return buildWithOptions;
}
