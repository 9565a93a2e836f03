/** Saved configurations: which one is meant and what counts over it is decided as in the framed window. */

import { LoaderError } from '../loader/error.ts';
import type { Data } from '../loader/options.ts';
import { wantedBy } from '../widget/link.ts';
import { failure } from './failure.ts';

/** How long the answer may take. */
const LIMIT_MS = 15_000;

/** The options a window is opened with: the saved ones where a short name is given, and those of the page over them. */
export async function completed(data: Data): Promise<Data> {
  const wanted = await soon(wantedBy(asked(data), undefined));
  if ('given' in wanted) return wanted.given;
  const got = JSON.stringify(wanted.unknown);
  throw failure('unknown_link', `short_url: expected the short name of a saved configuration, got ${got}`);
}

/** What the loader would post. Wrappers send an empty short name where they mean none. */
function asked(data: Data): Data {
  const { short_url: short, ...others } = data;
  return short ? { ...others, ref: short, withShortURL: true } : data;
}

/** Whatever keeps the answer away, a page hears one code for it, as for the WebAssembly. */
async function soon<Answer>(answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new Error('there was no answer.')), LIMIT_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } catch (reason) {
    throw new LoaderError(
      'load_failed',
      `what is saved on the server could not be loaded within ${LIMIT_MS / 1000} s. Does ${location.origin} hand ` +
        `/connect/v1 on to it? ${reason}`,
    );
  } finally {
    clearTimeout(timer);
  }
}
