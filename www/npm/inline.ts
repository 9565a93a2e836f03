/** What `egusi/inline` gives: the window in the page's own document. docs/inline.md says what is given up by that. */

export * from '../inline/index.ts';
