/** The accounts of the sign-in. */

import { SIGN_IN, accounts, naira, opened, press, signedIn } from './parts.mjs';

const usual = accounts([
  naira('Everyday Current', '1001', 1_001_234_567),
  naira('Rainy Day Savings', '1002', 123_456_789, { kind: 'Savings' }),
]);
const of = (...list) => signedIn(accounts(list));
const single = opened({ selection: 'single' });
const short = (garnish) => opened({ charge: { amount_minor: 5_000_000, currency: 'NGN', garnish } });
const low = naira('Everyday Current', '1091', 35_000, { is_short: true });
const pick = (name, ...more) => [...SIGN_IN, press(name), ...more];

export default [
  { screen: 'Accounts', name: 'accounts', title: 'Several may be shared', ...signedIn(usual), shows: 'accounts.title' },
  { screen: 'Accounts', name: 'accounts-picked', title: 'One is ticked', ...signedIn(usual), way: pick('Everyday Current'), shows: 'accounts.with' },
  {
    screen: 'Accounts',
    name: 'accounts-single',
    title: 'One alone, in the words of the host',
    options: { connectMessage: 'Which account pays the rent?' },
    session: single,
    ...signedIn(usual),
    way: pick('Rainy Day Savings'),
    shows: 'Which account pays the rent?',
  },
  { screen: 'Accounts', name: 'accounts-all', title: 'All are wanted', session: opened({ selection: 'all' }), ...signedIn(usual), shows: 'accounts.title' },
  {
    screen: 'Accounts',
    name: 'accounts-hidden',
    title: 'Figures are hidden',
    ...signedIn(usual),
    way: [...SIGN_IN, press('accounts.hide')],
    shows: 'accounts.show',
  },
  {
    screen: 'Accounts',
    name: 'accounts-without-figures',
    title: 'No figures were asked for',
    session: opened({ products: ['auth'], show_balance: false }),
    ...of(
      { name: 'Everyday Current', last_four: '1001', kind: 'Current', currency: 'NGN' },
      { name: 'Rainy Day Savings', last_four: '1002', kind: 'Savings', currency: 'NGN' },
    ),
    shows: 'accounts.title',
  },
  {
    screen: 'Accounts',
    name: 'accounts-barred',
    title: 'Some cannot be shared',
    ...of(
      naira('Everyday Current', '1001', 1_001_234_567),
      ...['dormant', 'closed', 'restricted', 'other_account'].map((barred, at) =>
        naira('Old Savings', `200${at}`, 4_200 * (at + 1), { kind: 'Savings', barred }),
      ),
    ),
    shows: 'barred.dormant',
  },
  {
    screen: 'Accounts',
    name: 'accounts-many',
    title: 'Long names, five currencies',
    ...of(
      naira('Everyday Current', '1051', 150_034_010),
      naira('Ada Sample and Chidi Sample, trading as Sample and Sample Provisions, Current', '1052', 9_900),
      naira('Dollar Domiciliary', '1058', 210_055, { kind: 'Domiciliary', currency: 'USD' }),
      naira('Compte courant', '1060', 420_500, { currency: 'XOF' }),
      naira('حساب التوفير', '1061', 90_005, { kind: 'Savings', currency: 'KWD' }),
      naira('Business Current', '1062', -4_825_035),
    ),
    shows: 'accounts.overdrawn',
  },
  {
    screen: 'Accounts',
    name: 'accounts-derived',
    title: 'Worked out, and not said by the bank',
    ...of(
      naira('Everyday Current', '1081', 21_999_950, {
        balance: { ledger_minor: 25_000_000, available_minor: 21_999_950, source: 'derived' },
      }),
      naira('Rainy Day Savings', '1082', 0, {
        kind: 'Savings',
        balance: { ledger_minor: 25_000_000, available_minor: null, source: 'ledger_only' },
      }),
    ),
    shows: 'accounts.derived',
  },
  { screen: 'Accounts', name: 'accounts-short', title: 'Too little for the charge', session: short(false), ...of(low), way: pick('Everyday Current'), shows: 'accounts.low.standard' },
  { screen: 'Accounts', name: 'accounts-garnish', title: 'Too little, and the rest when it comes', session: short(true), ...of(low), way: pick('Everyday Current'), shows: 'accounts.low.garnish' },
  {
    screen: 'Accounts',
    name: 'accounts-named',
    title: 'The host asks for one of them',
    session: opened({ account_ending: '1002', selection: 'single' }),
    ...of(naira('Everyday Current', '1001', 1_001_234_567, { barred: 'other_account' }), naira('Rainy Day Savings', '1002', 123_456_789)),
    shows: 'accounts.named',
  },
  { screen: 'Accounts', name: 'accounts-busy', title: 'They are being connected', ...signedIn(usual), way: pick('Everyday Current', press('accounts.go')), shows: 'accounts.busy' },
];

export const share = pick('Everyday Current', press('accounts.go'));
export { usual };
