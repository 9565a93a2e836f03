/** Which world the options ask for. */

/**
 * Whether it is production. The server's reader trims what it is given, of characters that are no
 * blanks here, so that more than one text is.
 */
export function isProduction(env: unknown): boolean {
  return typeof env === 'string' && /^\W*production\W*$/.test(env);
}
