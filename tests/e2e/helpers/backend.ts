/** The back end of a company: okra-node as it is on npm, pointed at our server. */

import { Balance, Banks } from 'okra-node';

/** A client of the package, whichever it is, with our address in place of Okra's. */
export function client<C extends { apiBaseUrl: string }>(
  Client: new (secretKey: string, env: 'sandbox') => C,
  egusiUrl: string,
  secretKey: string,
): C {
  const made = new Client(secretKey, 'sandbox');
  made.apiBaseUrl = `${egusiUrl}/v2/sandbox/`;
  return made;
}

export const balances = (egusiUrl: string, secretKey: string) => client(Balance, egusiUrl, secretKey);
export const banks = (egusiUrl: string, secretKey: string) => client(Banks, egusiUrl, secretKey);

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
