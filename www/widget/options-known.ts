// Every option of okra-js and its wrappers, and ours: what is read, and why the rest is not. The same table
// stands in docs/options.md; a test compares the two with each other and with crates/options/src/check.rs.

/** An option the window reads. */
export interface Read {
  /** Spellings that are read but should not be written any more. */
  older?: string[];
  /** Another good name: Okra's, where ours is new. */
  also?: string;
}

/** What the window reads. */
export const READ: Record<string, Read> = {
  key: { older: ["okraKey"] },
  token: {},
  env: {},
  name: { older: ["clientName"] },
  products: {},
  showBalance: {},
  currency: {},
  logo: {},
  language: {},
  app_id: {},
  filter: { older: ["filters"] },
  countries: { older: ["country"] },
  account_type: {},
  isCorporate: { older: ["corporate"] },
  selection_type: {},
  multi_account: { older: ["multiAccount"] },
  exp: {},
  institution: { also: "reauth_bank" },
  account_number: { also: "reauth_account" },
  customer: {},
  options: {},
  meta: {},
  charge: {},
  garnish: {},
  connectMessage: {},
  widget_success: {},
  widget_failed: {},
  success_title: {},
  success_message: {},
  continue_cta: {},
  support_email: {},
  callback_url: { older: ["webhook"] },
  redirect_url: { older: ["success_url"] },
  color: {},
  mode: {},
  appearance: {},
  sentences: {},
};

/** What the host hears; functions never reach the window's page. */
export const CALLBACKS = ["onSuccess", "onClose", "onError", "onEvent", "beforeClose", "BeforeClose"];

const PAYMENTS = "payments are not made here yet; `charge` only marks accounts that hold less";
const NOT_COLLECTED = "it is not needed, so it is not collected";
const NO_PRODUCT = "it is not a product of this server";
const WHEN_ASKED = "balances are read when your server asks for them";

/** What does nothing, with the reason. */
export const IGNORED: Record<string, string> = {
  payment: PAYMENTS,
  amount: PAYMENTS,
  authorization: PAYMENTS,
  auth: PAYMENTS,
  debitLater: PAYMENTS,
  linkLater: PAYMENTS,
  debitAmount: PAYMENTS,
  debitType: PAYMENTS,
  debitStartDate: PAYMENTS,
  debitEndDate: PAYMENTS,
  debitInterval: PAYMENTS,
  limit: "the last 24 months are always read, as the consent says",
  noPeriodic: WHEN_ASKED,
  refresh: WHEN_ASKED,
  manual: "accounts are connected through their bank, never typed in",
  ussd: "where a bank signs in by USSD, the customer is offered it",
  hideExit: "the customer can always leave",
  guarantors: NO_PRODUCT,
  selfie: NO_PRODUCT,
  geoLocation: NOT_COLLECTED,
  deviceInfo: NOT_COLLECTED,
  imei: NOT_COLLECTED,
  uuid: NOT_COLLECTED,
  user: "say who the customer is in `customer`",
};

/** What loaders and wrappers add by themselves; nobody who writes a page has a choice about them. */
export const MARKS = [
  "source",
  "hideCardOnExit",
  "iframeData",
  "withOptions",
  "withShortURL",
  "ref",
  "short_url",
  "isWebview",
  "isMobile",
  "record_id",
  "url_env",
  "v1",
  "hostOrigin",
];
