// Connects a customer and makes one of everything, so that hostile calls meet things that are there.
// Prints the settings by which schemathesis uses their ids in paths.

const [url, keysText] = process.argv.slice(2);
const keys = JSON.parse(keysText);

async function call(method, path, bearer, body) {
  const answer = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const api = (method, path, body) => call(method, path, keys.sandbox.secret_key, body);

const opened = await call('POST', '/connect/v1/sessions', '', {
  key: keys.sandbox.public_key,
  token: keys.token,
  env: 'production-sandbox',
  products: ['auth', 'balance', 'transactions'],
  show_balance: true,
  options: '{"order":"A-7"}',
});
// Each call is the answer to the turn before it, as the widget sends it.
let turn = opened.turn;
async function session(path, body) {
  ({ turn } = await call('POST', `/connect/v1/session/${path}`, opened.session_token, { turn, ...body }));
}
await session('institution', { institution: '5d6fe57a4099cc4b210bbeb1', consent: { agreed: true, language: 'en' } });
const field = (name, value) => ({ name, value });
await session('form', { fields: [field('username', 'user_good'), field('password', 'pass_good')] });
// An endpoint before the connection, so that there are deliveries. Nobody listens there.
const endpoint = await api('POST', '/v3/webhooks/endpoints', { url: 'https://nobody.invalid/hook' });
await session('accounts', { picks: [0, 1] });
const app = await api('POST', '/v3/apps', { name: 'Shop', low_funds: { NGN: '500.00' } });
const first = async (path) => (await api('GET', path)).data[0].id;

const ids = {
  accounts: await first('/v3/accounts'),
  apps: app.id,
  balances: await first('/v3/balances'),
  customers: await first('/v3/customers'),
  records: await first('/v3/records'),
  'webhooks/deliveries': await first('/v3/webhooks/deliveries'),
  'webhooks/endpoints': endpoint.id,
  'sandbox/accounts': await first('/v3/accounts'),
  'sandbox/records': await first('/v3/records'),
};
for (const [path, id] of Object.entries(ids)) {
  console.log(`[[operations]]\ninclude-path-regex = "^/v3/${path}/"\nparameters.id = "${id}"\n`);
}
