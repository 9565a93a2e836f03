/** Served as `/embed/egusi.mjs`, and what `import Okra from 'egusi'` gives. */

import { loader } from './index.ts';
import { originServing } from './origin.ts';

export { LoaderError, type LoaderErrorCode } from './error.ts';
export type * from './handle.ts';
export type * from './options.ts';
export type { Okra } from './index.ts';

const okra = loader(originServing(import.meta.url));

export const { open, preload } = okra;
export default okra;
