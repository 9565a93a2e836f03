/** What a window may say, and how it must look to be believed. */

import type { Message } from './options.ts';

/** The keys of a message, in the order in which the first true one decides what it is: okra-js's order. */
const KINDS = ['close', 'success', 'error', 'beforeClose', 'redirect', 'event'] as const;

export type Kind = (typeof KINDS)[number];

/** The ids in every success. */
const IDS = ['record', 'record_id', 'customer_id', 'bank_id'];

/** What kind of message this is; nothing if it is none, or does not look as its kind must. */
export function kindOf(data: any): Kind | undefined {
  const kind = data && typeof data === 'object' ? KINDS.find((key) => data[key]) : undefined;
  return kind && looksLike(kind, data) ? kind : undefined;
}

function looksLike(kind: Kind, message: Message): boolean {
  const value = message[kind];
  switch (kind) {
    case 'error':
      return isText(value) && (message.code == null || isText(message.code));
    case 'redirect':
      // No other address is worth leaving a page for, and some are scripts.
      return isText(value) && /^https?:\/\//i.test(value);
    case 'event':
      return value === true && isText(message.event_name);
    case 'success':
      return value === true && IDS.every((name) => isText(message[name])) && areAccounts(message.accounts);
    default:
      return value === true;
  }
}

function areAccounts(value: unknown): boolean {
  return Array.isArray(value) && value.every((account) => isText(account?.id));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
