// Brings the host's options and the WebAssembly together, and carries what the widget says to the host.

import init, { buildWithOptions } from "egusi-wasm";
import "./messages";
import { slotFor, type Slot } from "./slot";

type Given = Record<string, unknown>;

const { framed, options, tell } = window.egusi;

/** What the host asked for, and what an earlier page of this frame left. It comes while the WebAssembly does. */
const asked = options.then(async (given) => ({ given, slot: await slotFor(given) }));

const find = (id: string): HTMLElement | null => document.getElementById(id);

/** Says on the first screen why nothing follows it: to the customer, and in a note to the host's makers. */
function fail(why: string, more: { note?: string; again?: () => void } = {}): void {
  find("first-wait")?.setAttribute("hidden", "");
  find("first-failed")?.removeAttribute("hidden");
  const [text, note, button] = ["first-why", "first-note", "first-again"].map(find);
  if (text) text.textContent = why;
  if (note) {
    note.hidden = !more.note;
    note.textContent = more.note ? `For its makers: ${more.note}` : "";
  }
  if (button) {
    button.hidden = !more.again;
    button.onclick = more.again ?? null;
  }
}

async function load(): Promise<void> {
  try {
    await init({ module_or_path: new URL(WASM_FILE, import.meta.url) });
  } catch (cause) {
    console.error("Egusi: the widget could not be loaded.", cause);
    fail("It could not be loaded. Check your network and try again.", { again });
    return;
  }
  const { given, slot } = await asked;
  open(given, slot);
  void advise(given);
}

function again(): void {
  find("first-failed")?.setAttribute("hidden", "");
  find("first-wait")?.removeAttribute("hidden");
  void load();
}

function open(given: Given, slot: Slot): void {
  try {
    const close = buildWithOptions({
      ...given,
      // Never the host's: with it a page could go on with a session it began by itself.
      resumeToken: slot.token,
      onSession: slot.keep,
      onSuccess: (data: Given) => slot.isNews() && tell({ ...data, success: true }),
      onError: (error: Error & { code: string }) => tell({ error: error.message, code: error.code }),
      onEvent: (data: Given) => tell({ ...plain(data), event: true }),
      beforeClose: () => tell({ beforeClose: true }),
      BeforeClose: undefined,
      onClose: () => {
        slot.clear();
        tell({ close: true });
      },
    });
    window.egusi.leave = () => close(true);
  } catch (cause) {
    // `onError` has told the host; the customer reads it too, since nothing else will appear.
    const note = cause instanceof Error ? cause.message : String(cause);
    fail("The page you came from has not set it up correctly. You have done nothing wrong.", { note });
    return;
  }
  leaveTo(document.querySelector("egusi-widget")?.shadowRoot);
}

/** The first screen goes the moment the widget has drawn itself: there is never a dialog twice, and never none. */
function leaveTo(root: ShadowRoot | null | undefined): void {
  const isDrawn = (): boolean => !root || root.querySelector("[role=dialog]") !== null;
  const go = (): void => {
    if (!isDrawn()) return;
    drawn.disconnect();
    find("first")?.remove();
  };
  const drawn = new MutationObserver(go);
  if (root) drawn.observe(root, { childList: true, subtree: true });
  go();
}

/** Without the keys by which a host tells messages apart: an event must not be taken for an end. */
function plain({ success, error, close, beforeClose, ifameLoaded, ...data }: Given): Given {
  return data;
}

/** In the sandbox the host's makers are told what of their options does nothing. */
async function advise(given: Given): Promise<void> {
  if (given.env === "production") return;
  try {
    const { lint } = (await import(new URL(LINT_FILE, import.meta.url).href)) as typeof import("./lint");
    lint(given);
  } catch {
    // Advice that does not arrive is missed by no customer.
  }
}

if (framed) void load();
else fail("It opens from a page that asks to connect your bank, not by itself.");
