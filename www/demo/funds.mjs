/** The shop's back end reads what the connected accounts hold, with okra-node as it is on npm. */

import { Balance } from 'okra-node';
import { TOTAL } from './order.mjs';

/** What the checkout page may show, and whether the order is covered. */
export async function checkFunds({ customer, secretKey, egusi }) {
  const balances = new Balance(secretKey, 'sandbox');
  // The one line that differs from an integration with Okra.
  balances.apiBaseUrl = `${egusi}/v2/sandbox/`;
  try {
    const { balance } = await balances.get({ customer, page: 1, limit: 50 });
    const accounts = balance.map(({ account, available_balance, ledger_balance, currency }) => ({
      name: account.name,
      lastFour: String(account.nuban).slice(-4),
      available: available_balance,
      ledger: ledger_balance,
      currency,
    }));
    // Money that is only in the ledger is not there to be spent.
    const covered = accounts.some(({ available, currency }) => currency === 'NGN' && (available ?? 0) >= TOTAL);
    return { status: 200, body: { accounts, covered } };
  } catch (thrown) {
    // okra-node throws what the server answered; the customer is told, the details stay here.
    console.error('balance of a customer:', thrown?.http_error_code ?? thrown);
    return { status: 502, body: { message: 'The balance could not be read just now.' } };
  }
}
