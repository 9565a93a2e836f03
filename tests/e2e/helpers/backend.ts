/** The back end of a company: okra-node as it is on npm, pointed at our server. */

import { Balance, Banks } from 'okra-node';

export function balances(egusiUrl: string, secretKey: string): Balance {
  const client = new Balance(secretKey, 'sandbox');
  client.apiBaseUrl = `${egusiUrl}/v2/sandbox/`;
  return client;
}

export function banks(egusiUrl: string, secretKey: string): Banks {
  const client = new Banks(secretKey, 'sandbox');
  client.apiBaseUrl = `${egusiUrl}/v2/sandbox/`;
  return client;
}

/** What a call came to, so that two outcomes can be compared whichever way they went. */
export async function outcome(call: Promise<unknown>): Promise<{ answered?: unknown; thrown?: any }> {
  try {
    return { answered: await call };
  } catch (thrown) {
    return { thrown };
  }
}
