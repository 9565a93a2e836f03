/** Served as `/embed/egusi.mjs`, and what `import Okra from 'egusi'` gives. */

import { loader } from './index.ts';
import { originServing } from './origin.ts';

export * from './index.ts';

export default loader(originServing(import.meta.url, '/embed/egusi.mjs'));
