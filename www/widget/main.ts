// Brings what the host asks for and the WebAssembly together, and carries what the widget says to the host.

import init, { buildWithOptions } from "egusi-wasm";
import { isProduction } from "../loader/world.ts";
import { wantedBy } from "./link";
import type { Given } from "./messages";
import { slotFor, type Slot } from "./slot";
import { answerTab, handedOver, isTab, opener } from "./tab";
import type { Text } from "./texts.ts";

const { first, framed, gone, options, redirects, short, speech, tell, themeOf } = window.egusi;

const NOT_LOADED = "first.network";
const NOT_RUN = "first.program";
const NOT_SET_UP = "refused.text";

/** What the window opens with, or why it does not: for the customer, and for the host. */
type Plan = { given: Given; slot: Slot; text: Text } | { why: string; error: string; code: string };

type Made = Extract<Plan, { given: Given }>;

/** What is asked for, with what is saved, and with what an earlier page of this frame left. */
async function plan(): Promise<Plan> {
  if (isTab) {
    const made = await handedOver();
    first.dress(themeOf(made.given));
    return { ...made, text: await speech.text(made.given) };
  }
  const wanted = await wantedBy(await options, short);
  if ("unknown" in wanted) {
    const why = "first.link";
    const error = `ref: expected the short name of a saved configuration, got ${JSON.stringify(wanted.unknown)}`;
    return { why, error, code: "unknown_link" };
  }
  const { given } = wanted;
  if (framed && given.hostOrigin === location.origin && isProduction(given.env)) {
    // Every script of such a page can read what is typed here.
    const error = `expected the page around this window on another origin than its server, got ${location.origin} for both`;
    return { why: NOT_SET_UP, error, code: "same_origin" };
  }
  const [slot, text] = await Promise.all([slotFor(given), speech.text(given)]);
  return { given, slot, text };
}

async function load(): Promise<void> {
  // Asked while the WebAssembly comes. Whatever is wrong with it is said below.
  const planned = plan();
  planned.catch(() => {});
  // In the tab it would be another session, of which the host hears nothing.
  const plain = isTab ? undefined : (): void => void planned.then(openPlain).catch(() => first.fail(NOT_LOADED, { again, plain }));
  if (typeof WebAssembly !== "object") {
    first.fail(NOT_RUN, { plain });
    return;
  }
  try {
    await init({ module_or_path: fetch(new URL(WASM_FILE, import.meta.url), { integrity: INTEGRITY }) });
  } catch (cause) {
    console.error("Egusi: the widget could not be loaded.", cause);
    first.fail(NOT_LOADED, { again, plain });
    return;
  }
  try {
    open(await planned, plain);
  } catch (cause) {
    console.error("Egusi: what is saved could not be loaded.", cause);
    first.fail(NOT_LOADED, { again });
  }
}

/** Empty, and so not asked for, where the build says none. */
const INTEGRITY = typeof WASM_INTEGRITY === "string" ? WASM_INTEGRITY : "";

/** Goes on without WebAssembly; what that needs is fetched now. */
async function openPlain(made: Plan): Promise<void> {
  if (!("given" in made)) return open(made);
  const plain = (await import(new URL(PLAIN_FILE, import.meta.url).href)) as typeof import("./plain");
  plain.openPlain(made.given);
}

function again(): void {
  first.wait();
  void load();
}

function open(made: Plan, plain?: () => void): void {
  if (!("given" in made)) {
    tell({ error: made.error, code: made.code });
    first.fail(made.why, { note: made.error });
    return;
  }
  show(made, plain);
  void advise(made.given);
}

function show({ given, slot, text }: Made, plain?: () => void): void {
  let token = slot.token;
  if (framed) answerTab(given, () => token);
  try {
    const close = buildWithOptions({
      ...given,
      // Never the host's: with it a page could go on with a session it began by itself.
      resumeToken: slot.token,
      mode: themeOf(given).mode,
      styles: document.querySelector("style")!.textContent,
      text,
      languages: speech.languages,
      onLanguage: speech.change,
      container: undefined,
      ownTab: framed,
      onSession: (now?: string) => slot.keep((token = now)),
      onSuccess: (data: Given) => slot.isNews() && tell({ ...data, success: true }),
      onError: (error: Error & { code: string }) => tell({ error: error.message, code: error.code }),
      onEvent: (data: Given) => tell({ ...bare(data), event: true }),
      // Where the page itself goes on to is that page's affair, also of a tab of ours.
      onRedirect: isTab ? () => {} : redirects ? (url: string) => tell({ redirect: url }) : undefined,
      beforeClose: () => tell({ beforeClose: true }),
      BeforeClose: undefined,
      onClose: () => {
        slot.clear();
        gone();
      },
    });
    window.egusi.leave = () => close(true);
  } catch (cause) {
    notShown(cause as Partial<Error & { code: string }>, plain);
    return;
  }
  leaveTo(document.querySelector("egusi-widget")?.shadowRoot);
}

/** Says why the widget is not there: to the customer, since nothing else will appear, and to the host. */
function notShown(cause: Partial<Error & { code: string }> | undefined, plain?: () => void): void {
  const why = cause?.message ?? String(cause);
  if (cause?.code === "invalid_option") {
    // `onError` has told the host.
    first.fail(NOT_SET_UP, { note: why });
    return;
  }
  // Nobody's options: a browser that lacks something the program needs.
  console.error("Egusi: the widget could not be shown.", cause);
  document.querySelector("egusi-widget")?.remove();
  tell({ error: `the widget could not be shown: ${why}`, code: "load_failed" });
  first.fail(NOT_RUN, { again, plain });
}

/** The first screen goes the moment the widget has a screen to show: there is never a dialog twice, and never none. */
function leaveTo(root: ShadowRoot | null | undefined): void {
  // While it only waits for its session, this screen says more.
  const isDrawn = (): boolean => !root || root.querySelector("[data-focus]") !== null;
  const go = (): void => {
    if (!isDrawn()) return;
    drawn.disconnect();
    if (root) first.handOver(root);
    else first.hide();
  };
  const drawn = new MutationObserver(go);
  if (root) drawn.observe(root, { childList: true, subtree: true });
  go();
}

/** Without the keys by which a host tells messages apart: an event must not be taken for an end. */
function bare({ success, error, close, beforeClose, redirect, ifameLoaded, ...data }: Given): Given {
  return data;
}

/** In the sandbox the host's makers are told what of their options does nothing. */
async function advise(given: Given): Promise<void> {
  if (isProduction(given.env)) return;
  try {
    const { lint } = (await import(new URL(LINT_FILE, import.meta.url).href)) as typeof import("./lint");
    lint(given);
  } catch {
    // Advice that does not arrive is missed by no customer.
  }
}

if (framed || short || (isTab && opener)) void load();
else first.fail("first.alone");
