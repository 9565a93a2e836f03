/*
 * Runs in a frame of the gallery before the widget's page does anything: it is the page around the
 * window, the network, the clock and the customer. `gallery` is written before it by frame.mjs.
 */
(() => {
  const { state, sentences, text, given, list, now } = window.gallery;
  const never = new Promise(() => {});
  const html = document.documentElement;

  // The clock stands still. Timers of the widget wait until the customer has come where the state is;
  // then so many seconds go by as it says, and no more.
  const { Date, setTimeout, clearTimeout } = window;
  window.Date = class extends Date {
    constructor(...parts) {
      super(...(parts.length ? parts : [now]));
    }
    static now() {
      return now;
    }
  };
  const soon = (after = 16) => new Promise((next) => setTimeout(next, after));
  const held = new Map();
  let [passed, number] = [0, 1e9];
  window.setTimeout = (what, after = 0, ...more) => {
    if (after < 400) return setTimeout(what, after, ...more);
    held.set(++number, { due: passed + after, run: () => what(...more) });
    return number;
  };
  window.clearTimeout = (id) => held.delete(id) || clearTimeout(id);
  async function passTime() {
    const end = passed + (state.seconds ?? 0) * 1000;
    for (;;) {
      const [id, next] = [...held].sort(([, one], [, other]) => one.due - other.due)[0] ?? [];
      if (!next || next.due > end) break;
      held.delete(id);
      passed = next.due;
      next.run();
      await soon();
    }
  }

  if (state.offline) {
    Object.defineProperty(navigator, 'onLine', { get: () => false });
    setTimeout(() => window.dispatchEvent(new Event('offline')));
  }
  window.open = () => (state.popup === 'blocked' ? null : { closed: false, opener: null, close() {}, focus() {} });

  // Frames of one tab share what is stored, and none is to go on where another stopped.
  const nothing = { getItem: () => null, setItem() {}, removeItem() {}, clear() {} };
  Object.defineProperty(window, 'sessionStorage', { value: nothing });

  // The page around the window: it hears everything, and answers the first word with its options.
  window.told = [];
  if (state.alone) {
    window.parent = window;
  } else {
    const host = {
      postMessage(message) {
        window.told.push(message);
        if (message.ifameLoaded) setTimeout(() => window.dispatchEvent(options()));
      },
    };
    const options = () => {
      const data = { ...given, ...(text && { text }) };
      const event = new MessageEvent('message', { data, origin: 'https://shop.example' });
      Object.defineProperty(event, 'source', { value: host });
      return event;
    };
    window.parent = host;
  }

  // The network. The program is a file and comes from where the page does.
  const steps = [...(state.steps ?? [])];
  let turn = 0;
  const { fetch } = window;
  window.fetch = async (request, init) => {
    const { pathname } = new URL(request.url ?? request, location.href);
    if (pathname.endsWith('.wasm') && state.program === 'never') return never;
    if (pathname.endsWith('.wasm') && state.program === 'lost') throw new TypeError('Failed to fetch');
    if (!pathname.startsWith('/connect/')) return fetch(request, init);
    return answer(pathname, init?.method ?? request.method);
  };
  if (state.program === 'none') window.WebAssembly = undefined;

  async function answer(pathname, method) {
    const call = pathname.split('/')[3];
    if (method === 'DELETE') return reply({});
    if (call === 'links') return state.link ? reply(state.link) : reply({ code: 'unknown_link', message: '' }, 404);
    if (call === 'sessions') return reply(state.session);
    if (call === 'institutions') return reply(list);
    const step = steps.shift();
    if (!step) return never;
    if (step.lost || step.status) return reply(step);
    turn += 1;
    return reply({ step, turn });
  }

  function reply(body, status = 200) {
    if (body.never) return never;
    if (body.lost) throw new TypeError('Failed to fetch');
    if (body.status) return reply(body.body, body.status);
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  }

  // The customer. Sentences are looked for whatever stands in their holes, and in every plural form.
  const escape = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const formsOf = (name) => {
    const names = Object.keys(sentences).filter((key) => key === name || key.startsWith(`${name}.`));
    const own = names.filter((key) => key === name || /^(zero|one|two|few|many|other)$/.test(key.slice(name.length + 1)));
    return own.length ? own.map((key) => sentences[key]) : [name];
  };
  const pattern = (name) =>
    formsOf(name)
      .map((sentence) => sentence.split(/\{\w+\}/).map((part) => escape(part).replace(/\s+/g, '\\s+')).join('.*'))
      .join('|');
  const roots = () => [document.querySelector('egusi-widget')?.shadowRoot, document].filter(Boolean);
  const all = (kind) => roots().flatMap((root) => [...root.querySelectorAll(kind)]);
  const isShown = (element) => element.getClientRects().length > 0;
  const nameOf = (element) => {
    const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent;
    return label.trim();
  };
  const named = (kind, name) => {
    const wanted = new RegExp(`^(${pattern(name)})`, 's');
    const found = all(kind).filter((element) => isShown(element) && wanted.test(nameOf(element)));
    // Of several the shortest name is the one that was meant.
    return found.sort((one, other) => nameOf(one).length - nameOf(other).length)[0];
  };
  const isSaid = (name) => {
    const wanted = new RegExp(pattern(name), 's');
    const said = all('h1, h2, p, span, small, button, a, label, [aria-label], [role=status]').filter(isShown);
    return said.some((element) => wanted.test(element.textContent) || wanted.test(element.getAttribute('aria-label') ?? ''));
  };
  const until = async (what, of) => {
    for (let frame = 0; frame < 600; frame++) {
      const found = of();
      if (found) return found;
      await soon();
    }
    throw new Error(`never came: ${what}`);
  };
  const ready = (element) => element && !element.disabled && element;
  const deeds = {
    async press(name) {
      (await until(name, () => ready(named('egusi-widget, button, a, input[type=checkbox], input[type=radio]', name)))).click();
    },
    async type(name, words) {
      const field = await until(name, () => ready(named('input', name)));
      field.focus();
      field.value = words;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    },
    async wait(name) {
      await until(name, () => isSaid(name));
    },
  };

  async function walk() {
    if (state.way) await until('the widget', () => document.querySelector('egusi-widget'));
    for (const [deed, ...what] of state.way ?? []) await deeds[deed](...what);
    if (state.seconds) {
      await soon(100);
      await passTime();
    }
    if (state.shows) await deeds.wait(state.shows);
    // What the last step led to is drawn, and its focus has moved.
    for (let frame = 0; frame < 3; frame++) await soon();
    html.dataset.gallery = 'here';
  }
  addEventListener('DOMContentLoaded', () =>
    walk().catch((cause) => {
      console.error(cause);
      html.dataset.gallery = `failed: ${cause.message}`;
    }),
  );
})();
