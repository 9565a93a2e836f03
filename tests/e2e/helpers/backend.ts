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

/** A call of the Okra API as any HTTP client makes it; gives the data of the envelope. */
export async function okra(egusiUrl: string, secretKey: string, path: string, body: object): Promise<any> {
  const answer = await fetch(`${egusiUrl}/v2/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()).data;
}

/** A read of our own API. */
export async function v3(egusiUrl: string, secretKey: string, path: string): Promise<any> {
  const answer = await fetch(`${egusiUrl}/v3/${path}`, { headers: { authorization: `Bearer ${secretKey}` } });
  return answer.json();
}
