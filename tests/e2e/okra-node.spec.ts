/** The shop's back end reads what it may with okra-node as it is on npm, and is told what it may not. */

import { readFile } from 'node:fs/promises';
import models from 'okra-node/src/models/models.js';
import { balances, banks, okra, outcome } from './helpers/backend.ts';
import { calls, type Found, type NamedCall } from './helpers/okra-node-calls.ts';
import { connect } from './helpers/walk.ts';
import { expect, test, type World } from './helpers/world.ts';

/** How a look at a record stands. */
async function polled(world: World, record: string, method: string): Promise<any> {
  return okra(world.egusi.url, world.company.sandbox.secret_key, 'callback', { record, method });
}

/** The institution tells the past of a new record while nobody waits. */
async function pastIsRead(world: World, record: string): Promise<void> {
  await expect.poll(async () => (await polled(world, record, 'TRANSACTIONS')).status).toBe('completed');
}

test('balances by customer and by id, before and after the server was killed', async ({ page, ownWorld: world }) => {
  const { customer_id: customer, record } = await connect(page, world);
  await pastIsRead(world, record);
  // An average counts up to now, so that it is another one a second later.
  const still = (answer: object) => JSON.parse(JSON.stringify(answer, (name, value) => (name === 'summary' ? {} : value)));
  const read = async () => {
    const client = balances(world.egusi.url, world.company.sandbox.secret_key);
    const byCustomer = await client.get({ customer, page: 1, limit: 20 });
    const byId = await client.get({ id: byCustomer.balance[0]._id });
    return { byCustomer: still(byCustomer), byId: still(byId) };
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

/** A connection with one transaction, which the institution is asked for. */
async function withEverything(world: World, connection: any): Promise<Found> {
  const { url } = world.egusi;
  const key = world.company.sandbox.secret_key;
  const { customer_id: customer, record, bank_id: bank } = connection;
  const account = connection.accounts[0].id;
  await pastIsRead(world, record);
  const made = await fetch(`${url}/v3/sandbox/accounts/${account}/transactions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ amount: '-40000.50', description: 'POS/MORINGA MARKET' }),
  });
  expect(made.status).toBe(201);
  const { callback_url } = await okra(url, key, 'transactions/refresh', { account_id: account });
  const poll = async () => (await (await fetch(callback_url, { headers: { authorization: `Bearer ${key}` } })).json()).data;
  await expect.poll(async () => (await poll()).status).toBe('completed');
  const bought = { type: 'debit', value: '40000.50' };
  const { transaction } = await okra(url, key, 'transactions/getByType', bought);
  const { balance } = await okra(url, key, 'balance/getByAccount', { account_id: account });
  const [{ _id, ledger_balance: ledger }] = balance;
  return { customer, record, bank, account, balance: _id, ledger, transaction: transaction[0]._id };
}

async function result({ call, rows, refused }: NamedCall): Promise<string> {
  const { answered, thrown } = await outcome(call());
  if (refused) {
    expect(thrown).toMatchObject({ http_error_code: 400, error_payload: { code: 'NOT_SUPPORTED' } });
    return 'answers not supported';
  }
  expect(thrown).toBeUndefined();
  if (!rows) return 'works';
  const many = (answered as any)[rows].length;
  expect(many).toBeGreaterThan(0);
  return `works, ${many} of ${rows}`;
}

test('every method of okra-node about balances and their neighbours', async ({ page, ownWorld: world }) => {
  const products = ['auth', 'balance', 'transactions'];
  const found = await withEverything(world, await connect(page, world, 'user_good', { products }));
  const table: Record<string, string> = {};
  for (const named of calls(world.egusi.url, world.company.sandbox.secret_key, found)) {
    table[named.name] = await test.step(named.name, () => result(named));
  }
  const width = Math.max(...Object.keys(table).map((name) => name.length));
  console.log(Object.entries(table).map(([name, came]) => `${name.padEnd(width)}  ${came}`).join('\n'));
});

test('the page about paths says what the server answers to each path that okra-node knows', async ({ world }) => {
  const page = await readFile('docs/okra-paths.md', 'utf8');
  const said = new Map([...page.matchAll(/^\| `(\w+\.\w+)` \| `([^`]+)` \| ([a-z ]+) \|$/gm)].map(([, ...row]) => [row[0], row]));
  const headers = { authorization: `Bearer ${world.company.sandbox.secret_key}`, 'content-type': 'application/json' };
  for (const [subject, methods] of Object.entries(models)) {
    for (const [method, { path }] of Object.entries(methods)) {
      const address = `${world.egusi.url}/v2/sandbox/${path.replace('#', '0'.repeat(24))}`;
      const answer = await fetch(address, { method: 'POST', headers, body: '{}' });
      const { code } = (await answer.json()) as { code?: string };
      const does = code === 'NOT_SUPPORTED' ? 'answers not supported' : 'works';
      expect(answer.status, path).not.toBe(does === 'works' ? 405 : 200);
      expect(said.get(`${subject}.${method}`), path).toEqual([`${subject}.${method}`, path.replace('#', '{id}'), does]);
      said.delete(`${subject}.${method}`);
    }
  }
  expect([...said.keys()], 'no row about anything else').toEqual([]);
});
