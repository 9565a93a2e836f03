/** What a company's server is told when a customer connects, checked with the scheme's own library from npm. */

import { Webhook } from 'standardwebhooks';
import { okra, v3 } from './helpers/backend.ts';
import { receive, type Arrival, type Receiver } from './helpers/receiver.ts';
import { heard } from './helpers/host-page.ts';
import { finish, openWith, share, walkToBank } from './helpers/walk.ts';
import { expect, test, type World } from './helpers/world.ts';
import type { Page } from '@playwright/test';

const codes = (receiver: Receiver) => receiver.arrivals.map(({ body }) => body.callback_code).sort();

/** Connects with a webhook address; gives what the page heard. */
async function connectWith(page: Page, world: World, options: object, username = 'user_good'): Promise<any> {
  await openWith(page, world, options);
  await walkToBank(page, username);
  await share(page, /Current/);
  await finish(page);
  await page.locator('iframe').waitFor({ state: 'detached' });
  return (await heard(page)).find(({ name }) => name === 'onSuccess')?.given[0];
}

async function secretOf(world: World, url: string): Promise<string> {
  const read = (path: string) => v3(world.egusi.url, world.company.sandbox.secret_key, path);
  const { data } = await read('webhooks/endpoints');
  const { id } = data.find((endpoint: any) => endpoint.url === url);
  return (await read(`webhooks/endpoints/${id}/secret`)).secret;
}

function verified(arrival: Arrival, secret: string): any {
  return new Webhook(secret).verify(arrival.text, arrival.headers as Record<string, string>);
}

test('a connection is told as AUTH and BALANCE, signed, with what the page passed along', async ({ page, world }) => {
  const receiver = await receive();
  const meta = { cart: ['beans', 7] };
  const connection = await connectWith(page, world, { callback_url: receiver.url, meta, options: { order: 'A-7' } });
  expect(connection.meta).toEqual(meta);

  await expect.poll(() => codes(receiver)).toEqual(['AUTH_SUCCESS', 'BALANCE_SUCCESS']);
  const secret = await secretOf(world, receiver.url);
  for (const arrival of receiver.arrivals) {
    const body = verified(arrival, secret);
    expect(body).toMatchObject({
      status: 'is_success',
      type: 'CALLBACK',
      env: 'production-sandbox',
      record: connection.record,
      recordId: connection.record,
      customerId: connection.customer_id,
      bankId: connection.bank_id,
      callbackURL: receiver.url,
      meta,
      options: { order: 'A-7' },
    });
  }
  const tampered = { ...receiver.arrivals[0]!, text: receiver.arrivals[0]!.text.replace('is_success', 'is_failure') };
  expect(() => verified(tampered, secret)).toThrow();

  // What Okra's clients do next: they look the record up by the options they passed.
  const { url } = world.egusi;
  const found = await okra(url, world.company.sandbox.secret_key, 'balance/byOptions', { options: { order: 'A-7' } });
  expect(found.balance[0].record[0]._id).toBe(connection.record);
  await receiver.stop();
});

test('low funds are told once, when the account holds less than the charge', async ({ page, world }) => {
  const receiver = await receive();
  const charge = { type: 'one-time', amount: 50_000, currency: 'NGN' };
  await connectWith(page, world, { callback_url: receiver.url, charge }, 'user_low');
  await expect.poll(() => codes(receiver)).toContain('LOW_FUNDS');
  const [low] = receiver.arrivals.filter(({ body }) => body.callback_code === 'LOW_FUNDS');
  expect(low!.body.low_funds).toMatchObject({ threshold: 500, available_balance: 350, currency: 'NGN' });
  await receiver.stop();
});
