/**
 * The checkout page. What an integration needs is in `connect`; the rest shows what happened.
 * Whatever comes from outside becomes text, never HTML.
 */

const byId = (id) => document.getElementById(id);

/** `library` gives the object with `buildWithOptions`, however the page got it. */
export async function openShop(library) {
  const config = await (await fetch('/config.json')).json();
  document.querySelector(`nav a[href="${location.pathname}"]`)?.setAttribute('aria-current', 'page');
  showOrder(config.order);
  try {
    const okra = await library(config);
    byId('connect').addEventListener('click', () => connect(okra, config));
    byId('connect').disabled = !okra;
    if (!okra) throw new Error('its script did not load');
  } catch ({ message }) {
    say(`The server at ${config.egusi} could not be reached: ${message}.`);
  }
}

function connect(okra, { key, token, env }) {
  say('');
  okra.buildWithOptions({
    name: 'Moringa Market',
    key,
    token,
    env,
    products: ['auth', 'balance'],
    showBalance: true,
    onSuccess(connection) {
      log('onSuccess', connection);
      showFunds(connection.customer_id);
    },
    onError(problem) {
      log('onError', problem);
      say(problem.error);
    },
    onEvent: (event) => log('onEvent', event),
    onClose: (...nothing) => log('onClose', ...nothing),
  });
}

/** Asks the shop's own back end, which alone has the secret key. */
async function showFunds(customer) {
  say('Reading your balance…');
  const response = await fetch(`/api/balance?customer=${encodeURIComponent(customer)}`);
  const { message, accounts, covered } = await response.json();
  if (!response.ok) return say(message);
  byId('balance').replaceChildren(...accounts.map(accountRow));
  say(covered ? 'Your account covers this order.' : 'None of these accounts covers this order yet.');
}

function accountRow({ name, lastFour, available, ledger, currency }) {
  return element(
    'li',
    {},
    element('span', { className: 'account' }, name, element('small', {}, ` ending in ${lastFour}`)),
    element('span', { className: 'figures' }, amount(available, currency), element('small', {}, `ledger ${amount(ledger, currency)}`)),
  );
}

function showOrder(order) {
  const rows = order.map(({ name, detail, price }) =>
    element('div', {}, element('dt', {}, name, element('small', {}, detail)), element('dd', {}, amount(price, 'NGN'))),
  );
  byId('order').replaceChildren(...rows);
  byId('total').textContent = amount(
    order.reduce((sum, { price }) => sum + price, 0),
    'NGN',
  );
}

/** Newest last, with exactly what the callback received. */
function log(callback, ...given) {
  byId('log-empty').hidden = true;
  const text = given.length ? given.map((value) => JSON.stringify(value, null, 2)).join(', ') : 'no argument';
  byId('log').append(element('li', {}, element('strong', {}, callback), element('pre', { tabIndex: 0 }, text)));
}

function say(text) {
  byId('status').textContent = text;
}

function amount(value, currency) {
  if (value === null || value === undefined) return 'not known';
  return new Intl.NumberFormat('en-NG', { style: 'currency', currency }).format(value);
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}
