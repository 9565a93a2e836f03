// Stands inside the page, so it runs before anything else is here. It catches the host's options,
// which may arrive long before the WebAssembly, and tells the host that it may send them.
//
// Our own loader gives each window a nonce in its address. With it the window takes its options from
// nobody but the page around it, with that nonce and one end of a line, and from then on both speak on
// that line alone. okra-js has no nonce. It answers `ifameLoaded` (the typo is the protocol's) by posting
// the options object itself; it is said once by each page, because okra-js breaks on a second time,
// though not before it has posted the options again (see docs/options.md, "When the window is reloaded").
// Its oldest generations post nothing for a saved configuration: its name is in the address.

import { isForeseen, writeConsent, type Facts } from "./consent";
import { first } from "./first";
import type { Boot, Given, HostMessage, HostRequest } from "./messages";
import { isProduction } from "../loader/world.ts";
import { hasKept } from "./slot";
import { speech } from "./speech.ts";
import { themeOf } from "./theme.ts";

const host = window.parent;
const framed = host !== window;
const query = new URLSearchParams(location.search);
const nonce = framed ? /^#egusi=([0-9a-f]{32})$/.exec(location.hash)?.[1] : undefined;
const short = /^\/(?!tab$)([\w-]{3,40})$/.exec(location.pathname)?.[1] ?? (query.get("ref") || undefined);

/** Where to post: `"*"` until the host's origin is known, and for hosts whose origin is opaque. */
let target = "*";
let line: MessagePort | undefined;
/** What is said before there is a line. */
const unsaid: HostMessage[] = [];

const tell = (message: HostMessage): void => {
  if (!framed) return;
  if (!nonce) host.postMessage(message, target);
  else if (line) line.postMessage(message);
  else unsaid.push(message);
};
const gone = (): void => {
  // In a task of its own: the host takes this page away at once, and a browser that waits for it to be
  // done with the customer's click would wait for ever.
  if (framed) setTimeout(() => tell({ close: true }));
  else first.end();
};

const options: Boot["options"] = new Promise((resolve) => {
  if (!framed) {
    if (short) resolve({});
    return;
  }
  if (short && !nonce && query.get("withOptions") !== "true") {
    resolve({ hostOrigin: vouchedFor() });
    return;
  }
  const hear = ({ source, origin, data, ports }: MessageEvent): void => {
    // Only the page around this one may set the widget up, and only once.
    if (source !== host || !isOptions(data)) return;
    if (nonce && (data.egusi !== nonce || ports.length !== 1)) return;
    window.removeEventListener("message", hear);
    if (nonce) take(ports[0]!);
    resolve({ ...asked(data), hostOrigin: answerTo(origin) });
  };
  window.addEventListener("message", hear);
});

function take(port: MessagePort): void {
  line = port;
  line.onmessage = ({ data }: MessageEvent) => heed(data);
  for (const message of unsaid) tell(message);
}

/** Without what is between the loader and this page. */
function asked({ egusi, safeArea, ...given }: Given): Given {
  fit(safeArea);
  return given;
}

/** From now on the host is spoken to by its origin, which the browser vouches for; `null` is an opaque one. */
function answerTo(origin: string): string {
  if (origin && origin !== "null") target = origin;
  return origin || "null";
}

/** The host's origin where it posts nothing. A referrer can be left out, but not made up. */
function vouchedFor(): string {
  const referrer = /^https?:\/\/[^/]+/.exec(document.referrer)?.[0];
  return answerTo(location.ancestorOrigins?.[0] ?? referrer ?? "null");
}

/** Other scripts of the host post messages of their own; options always carry one of these. */
function isOptions(data: unknown): data is Given {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return false;
  return ["withOptions", "iframeData", "withShortURL", "key", "token"].some((name) => name in data);
}

/** `47px 0px 34px`, as style sheets write it: how far the edges of the screen are not good for buttons. */
function fit(area: unknown): void {
  if (typeof area !== "string" || !/^(\d{1,3}(\.\d+)?px ?){1,4}$/.test(area)) return;
  const [top, right = top, bottom = top, left = right] = area.split(" ");
  const { style } = document.documentElement;
  for (const [side, size] of Object.entries({ top, right, bottom, left })) style.setProperty(`--safe-${side}`, size!);
}

function heed(data: HostRequest | null | undefined): void {
  if (data?.cancel === true) window.egusi.leave();
}

window.egusi = { framed, redirects: !!nonce, short, options, first, speech, themeOf, tell, gone, leave: gone };
if (framed) host.postMessage({ ifameLoaded: true, ...(nonce && { egusi: nonce }) }, "*");

window.addEventListener("message", ({ source, data }: MessageEvent) => {
  // With a line, the line alone is listened to.
  if (framed && !nonce && source === host) heed(data);
});

void options.then((given) => {
  if (!hasKept()) early(given);
  return prepare(given);
});

/** The list is the same for everyone in one world: asked for now, it is here when the widget asks. */
function early({ env }: Given): void {
  const world = isProduction(env) ? "production" : "production-sandbox";
  const link = Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "" });
  link.href = `/connect/v1/institutions?env=${world}`;
  document.head.append(link);
}

/** The first screen in the language that is wished for, with the consent where it can be foreseen. */
async function prepare(posted: Given): Promise<void> {
  const facts = JSON.parse(document.getElementById("facts")?.textContent ?? "null") as Facts | null;
  const given = facts?.link ? { ...facts.link.options, env: facts.link.env } : posted;
  first.dress(themeOf(given));
  const text = await speech.text(given);
  first.speak(text);
  if (!facts || hasKept() || !isForeseen(given)) return;
  writeConsent(given, facts, text);
  first.consent();
}

document.addEventListener("click", (click) => {
  if ((click.target as Element | null)?.closest?.("#first-close")) window.egusi.leave();
});

// While this screen stands, the widget does not hear the keyboard.
document.addEventListener("keydown", (key) => {
  const screen = document.getElementById("first");
  if (!screen) return;
  if (key.key === "Escape") window.egusi.leave();
  if (key.key !== "Tab") return;
  // As in the widget, after the last thing comes the first: the page around has to wait.
  const all = [...screen.querySelectorAll("button")].filter((button) => button.offsetParent);
  if (key.shiftKey) all.reverse();
  const { activeElement } = document;
  if (activeElement !== all.at(-1) && screen.contains(activeElement)) return;
  key.preventDefault();
  all[0]?.focus();
});

// A script that does not arrive cannot say so itself.
window.addEventListener(
  "error",
  ({ target: failed }) => {
    if (!(failed instanceof HTMLScriptElement)) return;
    const say = (): void => first.fail("first.network", { again });
    // Without a network a reload would put the browser's own page here, which has no way out.
    const again = (): void => {
      first.wait();
      void fetch(location.pathname + location.search).then(() => location.reload(), say);
    };
    say();
  },
  true,
);
