/**
 * Moringa Market, a shop that does not exist: the example to copy, and the host of the end-to-end
 * tests. It runs on an origin of its own, as every real host page does.
 *
 *   PORT            where to listen on 127.0.0.1; 0 takes any free port
 *   EGUSI_URL       where the Egusi server is
 *   EGUSI_COMPANY   file with what `egusi-server company create … --json` printed
 */

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { checkFunds } from './funds.mjs';
import { gallery } from './gallery/index.mjs';
import { ORDER } from './order.mjs';
import { PAGES, page } from './pages.mjs';

const egusi = new URL(required('EGUSI_URL')).origin;
const company = JSON.parse(await readFile(required('EGUSI_COMPANY'), 'utf8'));
const { resolve } = createRequire(import.meta.url);

/** What the page may know. The secret key is not in it and never leaves this process. */
const config = {
  egusi,
  key: company.sandbox.public_key,
  token: company.token,
  env: 'production-sandbox',
  order: ORDER,
};

/** Files by their address; nothing else on this disk can be asked for. */
const FILES = {
  '/shop.css': ['text/css', new URL('public/shop.css', import.meta.url)],
  '/shop.js': ['text/javascript', new URL('public/shop.js', import.meta.url)],
  '/with-egusi.js': ['text/javascript', new URL('public/with-egusi.js', import.meta.url)],
  '/with-module.js': ['text/javascript', new URL('public/with-module.js', import.meta.url)],
  '/with-okra-js.js': ['text/javascript', new URL('public/with-okra-js.js', import.meta.url)],
  '/icon.svg': ['image/svg+xml', new URL('public/icon.svg', import.meta.url)],
  '/okra-js/bundle.js': ['text/javascript', resolve('okra-js/dist/bundle.js')],
  '/okra-js-2.0.8/bundle.js': ['text/javascript', resolve('okra-js-2.0.8/dist/bundle.js')],
};

const server = createServer((request, response) => {
  answer(request)
    .catch((thrown) => {
      console.error(thrown);
      return json(500, { message: 'Something went wrong in the shop.' });
    })
    .then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
});

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`demo listening on http://127.0.0.1:${server.address().port}`);
});

/** Every address of the shop. */
async function answer({ method, url }) {
  const { pathname, searchParams } = new URL(url, 'http://shop');
  if (method !== 'GET') return json(405, { message: 'expected GET' });
  if (pathname in PAGES) return page(pathname, egusi);
  if (pathname in FILES) {
    const [type, path] = FILES[pathname];
    return reply(200, `${type}; charset=utf-8`, await readFile(path));
  }
  if (pathname === '/config.json') return json(200, config);
  if (pathname === '/api/balance') {
    // A real shop takes the customer from its own sign-in, not from the address: whoever knows an
    // id could otherwise ask for somebody else's balance.
    const { status, body } = await checkFunds({
      customer: searchParams.get('customer') ?? '',
      secretKey: company.sandbox.secret_key,
      egusi,
    });
    return json(status, body);
  }
  return (await gallery(pathname, searchParams)) ?? json(404, { message: 'nothing here' });
}

function reply(status, type, body) {
  const headers = { 'content-type': type, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };
  return { status, headers, body };
}

function json(status, value) {
  return reply(status, 'application/json', JSON.stringify(value));
}

function required(name) {
  const value = process.env[name];
  if (value) return value;
  console.error(`expected ${name} to be set; see the head of www/demo/server.mjs`);
  return process.exit(2);
}
