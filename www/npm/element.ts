/** What `egusi/element` gives: the custom element, for pages that import it. Nothing happens before `defineEgusi`. */

import { open, preload } from './index.ts';
import { define } from './connect.ts';

export type { EgusiConnect } from './connect.ts';

/** Defines `<egusi-connect>`, or the same under another name. A second time, or where there is no page, it does nothing. */
export function defineEgusi(name = 'egusi-connect'): void {
  define({ open, preload }, name);
}
