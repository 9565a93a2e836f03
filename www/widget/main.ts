// Brings what the host asks for and the WebAssembly together, and carries what the widget says to the host.

import init, { buildWithOptions } from "egusi-wasm";
import { isProduction } from "../loader/world.ts";
import { wantedBy } from "./link";
import type { Given } from "./messages";
import { slotFor, type Slot } from "./slot";

const { first, framed, gone, options, redirects, short, tell } = window.egusi;

const NOT_LOADED = "It could not be loaded. Check your network and try again.";
const NOT_RUN = "Your browser does not run the program behind this window. The simple version needs none.";
const NOT_SET_UP = "The page you came from has not set it up correctly. You have done nothing wrong.";

/** What the window opens with, or why it does not: for the customer, and for the host. */
type Plan = { given: Given; slot: Slot } | { why: string; error: string; code: string };

/** What is asked for, with what is saved, and with what an earlier page of this frame left. */
async function plan(): Promise<Plan> {
  const wanted = await wantedBy(await options, short);
  if ("unknown" in wanted) {
    const why = "The link you followed does not lead anywhere. Ask whoever gave it to you for a new one.";
    const error = `ref: expected the short name of a saved configuration, got ${JSON.stringify(wanted.unknown)}`;
    return { why, error, code: "unknown_link" };
  }
  const { given } = wanted;
  if (framed && given.hostOrigin === location.origin && isProduction(given.env)) {
    // Every script of such a page can read what is typed here.
    const error = `expected the page around this window on another origin than its server, got ${location.origin} for both`;
    return { why: NOT_SET_UP, error, code: "same_origin" };
  }
  return { given, slot: await slotFor(given) };
}

async function load(): Promise<void> {
  // Asked while the WebAssembly comes. Whatever is wrong with it is said below.
  const planned = plan();
  planned.catch(() => {});
  const plain = (): void => void planned.then(openPlain).catch(() => first.fail(NOT_LOADED, { again, plain }));
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
  show(made.given, made.slot, plain);
  void advise(made.given);
}

function show(given: Given, slot: Slot, plain?: () => void): void {
  try {
    const close = buildWithOptions({
      ...given,
      // Never the host's: with it a page could go on with a session it began by itself.
      resumeToken: slot.token,
      container: undefined,
      onSession: slot.keep,
      onSuccess: (data: Given) => slot.isNews() && tell({ ...data, success: true }),
      onError: (error: Error & { code: string }) => tell({ error: error.message, code: error.code }),
      onEvent: (data: Given) => tell({ ...bare(data), event: true }),
      onRedirect: redirects ? (url: string) => tell({ redirect: url }) : undefined,
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

/** The first screen goes the moment the widget has drawn itself: there is never a dialog twice, and never none. */
function leaveTo(root: ShadowRoot | null | undefined): void {
  const isDrawn = (): boolean => !root || root.querySelector("[role=dialog]") !== null;
  const go = (): void => {
    if (!isDrawn()) return;
    drawn.disconnect();
    first.hide();
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

if (framed || short) void load();
else first.fail("It opens from a page that asks to connect your bank, not by itself.");
