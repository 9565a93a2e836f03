/**
 * One frame of the gallery: the widget's page as it was built, with a script before all of its own
 * that is the host, the network and the customer of one state. The policy is the page's own, so what
 * is seen here is what a customer's browser allows.
 */

import { readFileSync } from 'node:fs';
import { NOW, opened } from './states/parts.mjs';
import { STATES } from './states/index.mjs';
import { pseudoOf } from './pseudo.mjs';

const ROOT = new URL('../../../', import.meta.url);
const INSIDE = readFileSync(new URL('public/inside.js', import.meta.url), 'utf8');
const built = (path) => readFileSync(new URL(`target/dist/widget/${path}`, ROOT), 'utf8');

const BY_NAME = new Map(STATES.map((state) => [state.name, state]));

/** The sandbox's institutions as a list of the protocol has them. */
const INSTITUTIONS = JSON.parse(
  readFileSync(new URL('crates/connectors/data/institutions.json', ROOT), 'utf8'),
).map(({ id, name, monogram, also, color, country, kind, holders, health }) => ({
  id, name, monogram, also, color, country, kind, holders, health,
}));

/** What is asked for in the address, or why it cannot be shown. */
function wanted(query) {
  const state = BY_NAME.get(query.get('state') ?? '');
  const language = query.get('language') ?? 'en';
  if (!state || !/^[a-z]{2,3}$/.test(language)) return undefined;
  return { state, language, mode: query.get('mode'), color: query.get('color'), isPseudo: query.has('pseudo') };
}

/** What the server knows of the opening; the host asked for it in the same words. */
const settingOf = (state) => state.session?.setting ?? opened().setting;

/** The sentences of a language, English where it lacks one. */
function sentencesOf({ language, isPseudo }) {
  const read = (tag) => JSON.parse(readFileSync(new URL(`www/text/widget/${tag}.json`, ROOT), 'utf8'));
  let own = {};
  try {
    own = read(language);
  } catch {
    // Not written yet.
  }
  const all = { ...read('en'), ...own };
  return isPseudo ? pseudoOf(all) : all;
}

/** The page, or nothing where there is no such state. */
export function page(query) {
  const asked = wanted(query);
  if (!asked) return undefined;
  const sentences = sentencesOf(asked);
  const script = `<script src="/gallery/frame.js?${query.toString().replaceAll('&', '&amp;')}"></script>\n`;
  let html = pageOf(asked.language);
  if (asked.isPseudo) html = inPseudo(html, sentencesOf({ ...asked, isPseudo: false }), sentences);
  html = html.replace('<script', `${script}<script`);
  const { operator, consent_days } = settingOf(asked.state);
  const facts = JSON.stringify({ operator, consent_days });
  html = html.replace('<!--facts-->', `<script type="application/json" id="facts">${facts}</script>`);
  return { html, policy: built('policy.txt') };
}

function pageOf(language) {
  try {
    return built(`index.${language}.html`);
  } catch {
    return built('index.en.html');
  }
}

/** Puts the long sentences where the page has the others: in its data, and in what it shows at first. */
function inPseudo(html, before, after) {
  const inText = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const data = html.replace(/(<script type="application\/json"[^>]*>)(\{.*?\})(<\/script>)/gs, (all, start, json, end) => {
    const data = JSON.parse(json);
    if (!data.sentences) return all;
    const sentences = Object.fromEntries(Object.keys(data.sentences).map((name) => [name, after[name] ?? '']));
    return start + JSON.stringify({ ...data, sentences }).replaceAll('<', '\\u003c') + end;
  });
  // The page's own scripts stay as they are, or its policy would refuse them.
  const parts = data.split(/(<script\b.*?<\/script>)/s);
  return parts.map((part, at) => (at % 2 ? part : spoken(part))).join('');

  function spoken(part) {
    let shown = part;
    for (const [name, sentence] of Object.entries(before)) {
      for (const [open, close] of [['>', '<'], ['="', '"']]) {
        shown = shown.replaceAll(open + inText(sentence) + close, open + inText(after[name]) + close);
      }
    }
    return shown;
  }
}

/** The script of a frame. It is a file, so nothing in it can end it early. */
export function script(query) {
  const asked = wanted(query);
  if (!asked) return undefined;
  const { state, language, mode, color } = asked;
  const sentences = sentencesOf(asked);
  const setting = settingOf(state);
  const shown = typeof state.list === 'object' ? state.list : { institutions: INSTITUTIONS.slice(0, state.list) };
  const given = {
    name: 'Moringa Market',
    key: 'c81f3e05-7a5c-5727-8d33-1113a3c7a5e4',
    token: '5d8a35224d8113507c7521ac',
    env: setting.env,
    products: setting.products,
    showBalance: setting.show_balance,
    language,
    ...(mode && { mode }),
    ...(color && { color }),
    ...('link' in state && { ref: 'shop', key: '', token: '' }),
    ...state.options,
  };
  // A page that carries no sentences is handed them as one of the options.
  const text = pageOf(language).includes('"sentences"') ? undefined : { language, sentences };
  const link = state.link && { ...state.link, options: { ...state.link.options, text } };
  const gallery = {
    state: { session: opened(), ...state, link },
    sentences,
    text,
    given,
    list: shown,
    now: NOW,
  };
  return `window.gallery = ${JSON.stringify(gallery)};\n${INSIDE}`;
}
