// The static screen that stands in the page from its first byte.

import type { FirstScreen } from "./messages";

const find = (id: string): HTMLElement | null => document.getElementById(id);

let hidden: HTMLElement | null = null;

/** Shows one of the screen's parts and none of the others. */
function show(part: string): void {
  if (hidden) document.body.append(hidden);
  for (const id of ["first-wait", "first-failed", "first-end"]) find(id)?.toggleAttribute("hidden", id !== part);
}

function offer(id: string, way: (() => void) | undefined): void {
  const button = find(id);
  if (!button) return;
  button.hidden = !way;
  button.onclick = way ?? null;
}

export const first: FirstScreen = {
  fail(why, { note, again, plain } = {}) {
    show("first-failed");
    const [title, text, small] = ["first-title", "first-why", "first-note"].map(find);
    // Where the one way on is the simple version, nothing has gone wrong.
    if (title) title.textContent = plain && !again ? "Your browser needs the simple version" : "This window cannot open";
    if (text) text.textContent = why;
    if (small) {
      small.hidden = !note;
      small.textContent = note ? `For its makers: ${note}` : "";
    }
    offer("first-again", again);
    offer("first-plain", plain);
  },
  wait: () => show("first-wait"),
  hide() {
    hidden = find("first");
    hidden?.remove();
  },
  end() {
    show("first-end");
    find("first-close")?.remove();
  },
};
