/** The addresses of the gallery: every screen of the window in every state, side by side. */

import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { STATES } from './states/index.mjs';
import { page, script } from './frame.mjs';

const FILES = {
  '/gallery': ['text/html', 'gallery.html'],
  '/gallery/gallery.css': ['text/css', 'gallery.css'],
  '/gallery/gallery.js': ['text/javascript', 'gallery.js'],
};
const ASSETS = new URL('../../../target/dist/widget/assets/', import.meta.url);
const TYPES = { js: 'text/javascript', wasm: 'application/wasm', json: 'application/json' };

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** An answer, or nothing where the address is none of the gallery's. */
export async function gallery(pathname, query) {
  if (pathname in FILES) {
    const [type, name] = FILES[pathname];
    const body = await readFile(new URL(`public/${name}`, import.meta.url));
    return reply(type, body, { 'content-security-policy': POLICY });
  }
  if (pathname === '/gallery/states.json') {
    const shown = STATES.map(({ screen, name, title, alone, link }) => ({ screen, name, title, address: address(name, alone && link) }));
    return reply('application/json', JSON.stringify({ states: shown, languages: languages() }));
  }
  if (pathname === '/gallery/frame') {
    const made = page(query);
    return made && reply('text/html', made.html, { 'content-security-policy': made.policy });
  }
  if (pathname === '/gallery/frame.js') {
    const made = script(query);
    return made && reply('text/javascript', made);
  }
  // The page fetches the list ahead. What it shows comes from the state.
  if (pathname === '/connect/v1/institutions') return reply('application/json', '{"institutions":[]}');
  return asset(pathname);
}

/** A page that is opened by itself names what is saved in its address. */
function address(name, hasLink) {
  return `/gallery/frame?state=${name}${hasLink ? '&ref=shop' : ''}`;
}

/** The languages there are sentences in, by their own names. */
function languages() {
  const folder = new URL('../../text/widget/', import.meta.url);
  return readdirSync(folder).map((file) => file.replace('.json', '')).sort();
}

/** The widget's own files, where its page expects them. */
async function asset(pathname) {
  const [, name, extension] = /^\/assets\/([\w.-]+\.(js|wasm|json))$/.exec(pathname) ?? [];
  if (!name) return undefined;
  try {
    return reply(TYPES[extension], await readFile(new URL(name, ASSETS)));
  } catch {
    return undefined;
  }
}

function reply(type, body, more = {}) {
  const headers = { 'content-type': type === 'application/wasm' ? type : `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };
  return { status: 200, headers: { ...headers, ...more }, body };
}
