/** Every code that `onError` can hear; tests/tidy compares them with what the widget and the server say. */

import type { LoaderErrorCode } from './error.ts';

/** Programs branch on it. */
export type ErrorCode =
  // The loader, in place of a window.
  | LoaderErrorCode
  // The window, of an option it cannot use.
  | 'invalid_option'
  // The server, which does not open it. What passes by itself the customer reads, with a way to try again.
  | 'invalid_request'
  | 'unknown_key'
  | 'unknown_token'
  | 'wrong_environment'
  | 'unknown_link'
  | 'origin_not_allowed'
  | 'unknown_product'
  | 'widget_expired'
  | 'no_institutions'
  | 'method_not_allowed'
  | 'too_large'
  | 'session_expired'
  | 'session_busy'
  | 'wrong_step'
  | 'not_found'
  | 'unauthorized'
  | 'forbidden'
  | 'not_supported'
  | 'conflict'
  | 'idempotency_mismatch'
  | 'sign_in_needed'
  | 'consent_revoked'
  | 'institution_failed';
