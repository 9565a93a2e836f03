/** The options a host page passes, and the part of them that may leave the page. */

import { LoaderError } from './error.ts';
import type { ErrorCode } from './error-code.ts';

/** What any callback but `onClose` receives: the message of the window, as it came. */
export interface Message {
  [field: string]: unknown;
}

/** Given to `onError`: `error` is a sentence for people, `code` is stable. */
export interface ErrorMessage extends Message {
  error: string;
  /** Codes of a server that is newer than this file are possible too. */
  code?: ErrorCode | (string & {});
}

/** What a customer did or met; `docs/events.md` tells when each is heard. */
export type EventName =
  | 'OPENED'
  | 'RESUMED'
  | 'CONSENT_GIVEN'
  | 'INSTITUTION_SELECTED'
  | 'METHOD_SELECTED'
  | 'CREDENTIALS_SUBMITTED'
  | 'CHALLENGE_SHOWN'
  | 'CHALLENGE_ANSWERED'
  | 'CODE_REQUESTED'
  | 'WINDOW_OPENED'
  | 'WINDOW_BLOCKED'
  | 'TAB_OPENED'
  | 'WAITING'
  | 'ACCOUNTS_SHOWN'
  | 'FUNDS_LOW'
  | 'ACCOUNTS_SUBMITTED'
  | 'CONNECTED'
  | 'PROBLEM_SHOWN'
  | 'REMEDY_CHOSEN'
  | 'WENT_BACK'
  | 'LEAVE_ASKED'
  | 'CONNECTION_LOST'
  | 'CONNECTION_RESTORED'
  | 'CLOSED';

/**
 * Given to `onEvent`. Every key is always there, null where it does not apply. None of it is
 * typed, searched for or read by anybody: no name, no number, no figure.
 */
export interface WidgetEvent extends Message {
  event: true;
  event_name: EventName;
  /** The screen the customer is on. */
  step: string | null;
  institution_id: string | null;
  institution_name: string | null;
  /** The way to sign in, by its kind. */
  method: string | null;
  /** The question of the institution, by its kind. */
  challenge: string | null;
  /** What went wrong, by its code. */
  problem: string | null;
  /** The way out that the customer took. */
  remedy: string | null;
  /** How many accounts are shown or picked. */
  accounts: number | null;
  /** Name of the session, to quote to support. */
  session_id: string | null;
  /** RFC 3339, by the clock of the customer's device. */
  timestamp: string;
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
  onEvent?: (event: WidgetEvent) => void;
  /** The customer is about to leave. */
  beforeClose?: (message: Message) => void;
  /** The spelling in Okra's README, which okra-js itself never called. */
  BeforeClose?: (message: Message) => void;
}

/** What the window reads; `docs/options.md` has every option, with its other spellings. */
export interface Options extends Callbacks {
  /** Public key of the environment. */
  key: string;
  /** The company's client token. */
  token: string;
  /** Name shown to the customer; the company's own if absent. */
  name?: string;
  /** `sandbox` is short for `production-sandbox`. */
  env?: 'production' | 'production-sandbox' | 'sandbox';
  products?: string[];
  /** Whether the customer sees figures on the account list. */
  showBalance?: boolean;
  currency?: string;
  logo?: string;
  app_id?: string;
  /** Which institutions are offered; a list is one of banks. */
  filter?: { industry_type?: string; banks?: string[] } | string[];
  /** Countries whose institutions are offered, by two letters. */
  countries?: string[];
  /** Whose accounts are wanted; it wins over `isCorporate`. */
  account_type?: 'individual' | 'corporate' | 'both';
  isCorporate?: boolean;
  /** How many accounts may be shared; it wins over `multi_account`. */
  selection_type?: 'single' | 'multiple' | 'some' | 'all';
  multi_account?: boolean;
  /** The last day on which the window opens, `YYYY-MM-DD`; of a `Date` its day counts. */
  exp?: string | Date;
  /** Opens at this institution, by its id or its slug; Okra's name is `reauth_bank`. */
  institution?: string;
  /** The only account that may be shared, by its full number; Okra's name is `reauth_account`. */
  account_number?: string;
  /** Who may have been here before, by one of these. */
  customer?: { id?: string; bvn?: string; phone?: string; email?: string; nin?: string };
  /** Comes with every webhook; what comes of the connection is found again by it. */
  options?: Record<string, unknown>;
  /** Comes back in `onSuccess` and in every webhook. */
  meta?: unknown;
  /** An amount in minor units: accounts that hold less are marked. Nothing is charged. */
  charge?: { amount: number; currency?: string; [field: string]: unknown } | false;
  /** Whether the charge takes what is there now and the rest later. */
  garnish?: boolean;
  /** Sentences in place of ours, at most 200 characters each. */
  connectMessage?: string;
  widget_success?: string;
  widget_failed?: string;
  success_title?: string;
  success_message?: string;
  continue_cta?: string;
  support_email?: string;
  /** Where the server sends events of this connection. */
  callback_url?: string;
  /** Where the browser goes when the customer is done. */
  redirect_url?: string;
  /** The language the window opens in, as a BCP 47 tag; the browser's if it is absent or not spoken here. */
  language?: string;
  /** The company's colour, as `#rgb`, `#rrggbb` or `rgb(r, g, b)`; it is made darker or lighter until it can be read. */
  color?: string;
  /** Light or dark whatever the system is; Okra's `primary` is as the system is. */
  mode?: 'light' | 'dark' | 'system' | 'primary';
  /** Single values of the look. */
  appearance?: Appearance;
  /** Single sentences in place of ours, by language and name: `{ en: { 'banks.title': 'Your bank?' } }`. */
  sentences?: Record<string, Record<string, string>>;
  /** Every other option of okra-js is handed on as it is. */
  [option: string]: unknown;
}

/** The names are those of Stripe's Appearance API; docs/design.md tells what becomes of each. */
export interface Appearance {
  variables?: {
    colorPrimary?: Color;
    colorBackground?: Color;
    colorText?: Color;
    colorTextSecondary?: Color;
    colorDanger?: Color;
    /** Families of the system: nothing is downloaded. */
    fontFamily?: string;
    /** From 14px to 20px. */
    fontSizeBase?: Pixels;
    /** From 0px to 24px. */
    borderRadius?: Pixels;
    /** From 3px to 6px. */
    spacingUnit?: Pixels;
  };
}

export type Color = `#${string}` | `rgb(${string})`;
export type Pixels = `${number}px`;

export interface ShortUrlOptions extends Callbacks {
  /** Name of a saved configuration. */
  short_url: string;
  [option: string]: unknown;
}

/** What the loader itself reads; it never leaves the page. */
export interface LoaderOptions {
  /** Origin of the Egusi server, for this window alone; the loader's own if absent. */
  baseUrl?: string;
  /**
   * Shows the window at this height among the elements of the page. Without it the window is above
   * everything, in the browser's top layer.
   */
  zIndex?: number;
}

/** What is sent to the window: plain data. */
export type Data = Record<string, unknown>;

/**
 * Copies the data of the options. The round trip through JSON leaves functions behind, and makes
 * sure that nothing the host page changes later reaches the window.
 */
export function dataOf(options: object): Data {
  if (!options || typeof options !== 'object') {
    throw new LoaderError('invalid_options', `expected an object of options, got ${options}`);
  }
  try {
    return JSON.parse(JSON.stringify(options)) as Data;
  } catch (reason) {
    throw new LoaderError('invalid_options', `expected options that JSON can carry: ${reason}`);
  }
}
