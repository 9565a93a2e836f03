/**
 * What the states of the gallery are put together from: the server's answers in the protocol's own
 * JSON (crates/protocol/tests/golden), and what the customer does.
 */

/** The moment at which every frame stands still. */
export const NOW = Date.UTC(2026, 2, 2, 8, 30);

export const BANK = { id: '5d6fe57a4099cc4b210bbec2', name: 'Zenith Bank' };
export const SLOW_BANK = { id: 'f6ecf363f3b8012c85f7289f', name: 'Egusi Degraded Bank' };
export const DOWN_BANK = { id: '33f098c2dd469c68195ba033', name: 'Egusi Down Bank' };

/** A call that is never answered, and one the network loses. */
export const NEVER = { never: true };
export const LOST = { lost: true };

/** The server says no. */
export const refused = (status, code, message) => ({ status, body: { code, message } });

/** What the server says of an opening. */
export const setting = (own = {}) => ({
  session: '65f0c0ffee00000000000001',
  name: 'Moringa Market',
  operator: 'Egusi',
  env: 'production',
  products: ['auth', 'balance'],
  show_balance: true,
  consent_days: 180,
  filter: { countries: ['NG'], holders: 'individual' },
  ...own,
});

export const opened = (own) => ({
  session_token: 'pmWkWSBCL51Bfkhn79xPuKBKHz__H6B-mY6G9_eieuM',
  setting: setting(own),
  step: 'choose',
  turn: 0,
});

const USERNAME = { name: 'username', label: 'Username', kind: 'username' };
const PASSWORD = { name: 'password', label: 'Password', kind: 'password' };

/** The ways to sign in, by a word each. */
export const METHODS = {
  internet: { id: 'internet', kind: 'internet_banking', fields: [USERNAME, PASSWORD] },
  mobile: {
    id: 'mobile',
    kind: 'mobile_app',
    text: 'With the username and password of the app of Zenith Bank.',
    fields: [USERNAME, PASSWORD],
  },
  ussd: {
    id: 'ussd',
    kind: 'ussd',
    text: 'Dial *000*1# on the telephone your bank knows, and follow it. Then go on here.',
    fields: [{ name: 'phone', label: 'Telephone', kind: 'phone' }],
  },
  business: { id: 'business', kind: 'internet_banking', holders: 'corporate', fields: [USERNAME, PASSWORD] },
  page: { id: 'page', kind: 'own_page', text: 'Zenith Bank asks for your password on its own page.', fields: [] },
  pin: {
    id: 'pin',
    kind: 'mobile_app',
    fields: [USERNAME, { name: 'pin', label: 'Mobile PIN', kind: 'pin' }],
  },
  again: { id: 'again', kind: 'internet_banking', holders: 'both', fields: [PASSWORD] },
};

export const form = (methods = ['internet'], own = {}) => ({
  form: { institution: BANK.id, methods: methods.map((word) => METHODS[word]), ...own },
});
export const challenge = (kind, own = {}) => ({ challenge: { kind, digits: 0, ...own } });
export const pending = (own = {}) => ({ pending: { retry_after_ms: 2000, ...own } });
export const failed = (code) => ({ failed: { code } });
export const done = (accounts = 1) => ({
  done: { institution: BANK.id, accounts, number: '7K2M-9XQ4-TB3H-W6RD', host_payload: '{"success":true}' },
});

export const accounts = (list) => ({
  accounts: { read_at_ms: NOW - 60_000, accounts: list.map((one, pick) => ({ pick, ...one })) },
});

export const naira = (name, last_four, available, own = {}) => ({
  name,
  last_four,
  kind: 'Current',
  currency: 'NGN',
  balance: { ledger_minor: available + 150_000, available_minor: available, source: 'reported' },
  ...own,
});

/** The customer presses what bears that sentence, or that text where no sentence is called so. */
export const press = (name) => ['press', name];
export const type = (name, text) => ['type', name, text];

export const AGREE = [press('consent.go')];
export const TO_BANK = [...AGREE, press(BANK.name)];
export const SIGN_IN = [...TO_BANK, type('Username', 'ada.sample'), type('Password', 'correct horse'), press('signin.go')];

/** A state after the sign-in: the form, and what the bank answered it with. */
export const signedIn = (...steps) => ({ steps: [form(), ...steps], way: SIGN_IN });
