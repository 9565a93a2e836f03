/** The shop's back end reads balances with okra-node as it is on npm. */

import { balances, banks, outcome } from './helpers/backend.ts';
import { connect } from './helpers/walk.ts';
import { expect, test } from './helpers/world.ts';

test('balances by customer and by id, before and after the server was killed', async ({ page, ownWorld: world }) => {
  const { customer_id: customer } = await connect(page, world);
  const read = async () => {
    const client = balances(world.egusi.url, world.company.sandbox.secret_key);
    const byCustomer = await client.get({ customer, page: 1, limit: 20 });
    const byId = await client.get({ id: byCustomer.balance[0]._id });
    return { byCustomer: JSON.parse(JSON.stringify(byCustomer)), byId: JSON.parse(JSON.stringify(byId)) };
  };
  const before = await read();
  expect(before.byCustomer.pagination).toMatchObject({ totalDocs: 1, page: 1 });
  expect(before.byCustomer.balance).toHaveLength(1);
  expect(before.byId.balance).toMatchObject({
    _id: before.byCustomer.balance[0]._id,
    ledger_balance: 10_045_210.75,
    available_balance: 10_012_345.67,
    currency: 'NGN',
    customer: { _id: customer },
  });

  await world.killAndRestart();
  expect(await read()).toEqual(before);
});

test('all banks in one answer, though okra-node asks for pages of one, and one bank by its id', async ({ world }) => {
  const client = banks(world.egusi.url, world.company.sandbox.secret_key);
  const { banks: all } = await client.get();
  expect(all.length).toBeGreaterThanOrEqual(200);
  const [first] = all;
  expect(await client.get({ id: first.id })).toEqual(first);
});

test('a wrong secret key is refused with 401', async ({ world }) => {
  const wrong = await outcome(balances(world.egusi.url, 'not-a-key').get({ customer: '0'.repeat(24) }));
  expect(wrong.thrown).toMatchObject({ http_error_code: 401, error_payload: { message: expect.any(String) } });
});

test("somebody else's ids answer like ids that do not exist", async ({ page, world }) => {
  const { customer_id: customer } = await connect(page, world);
  const own = await balances(world.egusi.url, world.company.sandbox.secret_key).get({ customer });
  const stranger = await world.createCompany('Stranger Stores');
  const theirs = balances(world.egusi.url, stranger.sandbox.secret_key);
  const missing = '0'.repeat(24);

  expect(own.balance).toHaveLength(1);
  const [id] = own.balance.map(({ _id }: { _id: string }) => _id);
  expect(await outcome(theirs.get({ id }))).toEqual(await outcome(theirs.get({ id: missing })));
  const foreign = await outcome(theirs.get({ customer }));
  expect(foreign).toEqual(await outcome(theirs.get({ customer: missing })));
  expect(JSON.stringify(foreign)).not.toContain(id);
});
