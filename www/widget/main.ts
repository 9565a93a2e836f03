// Brings the host's options and the WebAssembly together, and carries what the widget says to the host.

import init, { buildWithOptions } from "egusi-wasm";
import "./messages";

const { framed, options, tell } = window.egusi;

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
  open(await options);
}

function again(): void {
  find("first-failed")?.setAttribute("hidden", "");
  find("first-wait")?.removeAttribute("hidden");
  void load();
}

function open(given: Record<string, unknown>): void {
  try {
    buildWithOptions({
      ...given,
      onSuccess: (data: Record<string, unknown>) => tell({ ...data, success: true }),
      onError: (error: Error & { code: string }) => tell({ error: error.message, code: error.code }),
      onClose: () => tell({ close: true }),
    });
  } catch (cause) {
    // `onError` has told the host; the customer reads it too, since nothing else will appear.
    const note = cause instanceof Error ? cause.message : String(cause);
    fail("The page you came from has not set it up correctly. You have done nothing wrong.", { note });
    return;
  }
  // The widget draws itself a moment later, over the first screen, which then goes.
  requestAnimationFrame(() => requestAnimationFrame(() => find("first")?.remove()));
}

if (framed) void load();
else fail("It opens from a page that asks to connect your bank, not by itself.");
