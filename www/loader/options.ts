/** The options a host page passes, and the part of them that may leave the page. */

import { LoaderError } from './error.ts';

/** What any callback but `onClose` receives: the message of the window, as it came. */
export interface Message {
  [field: string]: unknown;
}

/** Given to `onError`: `error` is a sentence for people, `code` is stable. */
export interface ErrorMessage extends Message {
  error: string;
  code?: string;
}

/** One account, as `onSuccess` lists it. Figures are in major units of `currency`. */
export interface ConnectedAccount extends Message {
  id: string;
  name: string;
  nuban: string;
  currency: string;
  type: string;
  /** Null where the bank gave none and none could be worked out. */
  available_balance?: number | null;
  ledger_balance?: number | null;
  /** True for the accounts the customer chose to share. */
  connected: boolean;
}

/** Given to `onSuccess`. */
export interface Connection extends Message {
  success: true;
  record: string;
  record_id: string;
  customer_id: string;
  bank_id: string;
  accounts: ConnectedAccount[];
}

export interface Callbacks {
  /** The account is connected; the window is still open. Called once at most. */
  onSuccess?: (connection: Connection) => void;
  /** The window is gone, whatever happened before. Called once, with no argument, always last. */
  onClose?: () => void;
  /** Something is wrong that the host page should hear of. */
  onError?: (problem: ErrorMessage) => void;
  /** A step of the customer. */
  onEvent?: (event: Message) => void;
  /** The customer is about to leave. */
  beforeClose?: (message: Message) => void;
  /** The spelling in Okra's README, which okra-js itself never called. */
  BeforeClose?: (message: Message) => void;
}

export interface Options extends Callbacks {
  /** Public key of the environment. */
  key: string;
  /** The company's client token. */
  token: string;
  /** Name shown to the customer; the company's own if absent. */
  name?: string;
  env?: 'production' | 'production-sandbox';
  products?: string[];
  /** Whether the customer sees figures on the account list. */
  showBalance?: boolean;
  currency?: string;
  logo?: string;
  /** Where the server sends events of this connection. */
  callback_url?: string;
  /** Where the browser goes when the customer is done. */
  redirect_url?: string;
  /** Every other option of okra-js is handed on as it is. */
  [option: string]: unknown;
}

export interface ShortUrlOptions extends Callbacks {
  /** Name of a saved configuration. */
  short_url: string;
  [option: string]: unknown;
}

/** What is sent to the window: plain data. */
export type Data = Record<string, unknown>;

/**
 * Copies the data of the options. The round trip through JSON leaves functions behind, and makes
 * sure that nothing the host page changes later reaches the window.
 */
export function dataOf(options: object): Data {
  if (!options || typeof options !== 'object') {
    throw new LoaderError('invalid_options', `expected an object of options, got ${String(options)}`);
  }
  try {
    return JSON.parse(JSON.stringify(options)) as Data;
  } catch (reason) {
    throw new LoaderError('invalid_options', `expected options that JSON can carry: ${String(reason)}`);
  }
}
