// The static screen that stands in the page from its first byte: it waits, or shows the consent, or says why nothing
// follows.

import type { FirstScreen } from "./messages";
import { wordsOf } from "./consent";
import { speech } from "./speech.ts";
import { applyTheme } from "./theme.ts";

const find = (id: string): HTMLElement | null => document.getElementById(id);

const screen = find("first")!;
let waits = "first-wait";
let shown = waits;
let isPressed = false;
let text = speech.written;

const say = (name: string): string => text.sentences[name] ?? name;

/** Shows one of the screen's parts and none of the others. */
function show(part: string): void {
  if (!screen.isConnected) document.body.prepend(screen);
  shown = part;
  for (const id of ["first-wait", "first-consent", "first-failed", "first-end"]) find(id)!.hidden = id !== part;
  find("first-progress")!.hidden = part !== "first-consent";
}

function offer(id: string, way: (() => void) | undefined): void {
  const button = find(id)!;
  button.hidden = !way;
  button.onclick = way ?? null;
  button.textContent = say(button.dataset.say!);
}

/** The button looks as the widget's does while a call is under way. */
function press(): void {
  isPressed = true;
  const go = find("first-go") as HTMLButtonElement;
  go.disabled = true;
  go.replaceChildren(Object.assign(document.createElement("span"), { className: "spinner" }), say("consent.busy"));
}

/** Without a network it is said here too; what could not be loaded is tried again when it is back. */
function network(): void {
  const [news, again] = [find("first-news"), find("first-again")];
  if (!news) return;
  news.textContent = navigator.onLine ? "" : say("news.offline");
  if (navigator.onLine && !again!.closest("[hidden]")) again!.click();
}

addEventListener("online", network);
addEventListener("offline", network);

export const first: FirstScreen = {
  say,
  speak(other) {
    text = other;
    screen.lang = text.language;
    screen.dir = say("language.dir");
  },
  dress(theme) {
    // The widget's element inherits them from here.
    applyTheme(document.documentElement, theme);
    if (theme.mode) screen.dataset.mode = theme.mode;
  },
  consent() {
    // Why nothing follows may stand there by now, or the widget.
    const isWaiting = screen.isConnected && shown === waits;
    waits = "first-consent";
    if (!isWaiting) return;
    show(waits);
    find("first-go")!.onclick = press;
    if (isPressed) press();
    if (document.hasFocus()) screen.querySelector<HTMLElement>("h1")!.focus();
  },
  fail(why, { note, again, plain } = {}) {
    show("first-failed");
    // Where the one way on is the simple version, nothing has gone wrong.
    find("first-title")!.textContent = say(plain && !again ? "first.simple" : "first.failed");
    find("first-why")!.textContent = say(why);
    const small = find("first-note")!;
    small.hidden = !note;
    small.textContent = note ? say("refused.code").replace("{message}", () => note) : "";
    offer("first-again", again);
    offer("first-plain", plain);
    find("first-plain")!.className = again ? "second" : "primary";
  },
  wait() {
    show(waits);
    if (waits === "first-consent") first.consent();
  },
  hide: () => screen.remove(),
  handOver(root) {
    const consent = find("first-consent")!;
    const isAtButton = document.activeElement === find("first-go");
    // Nobody agrees to anything they have not read.
    const isSame = !consent.hidden && wordsOf(consent) === wordsOf(root);
    screen.remove();
    const go = root.querySelector<HTMLElement>(".foot .primary");
    if (isSame && isPressed) go?.click();
    else if (isSame && isAtButton) go?.focus();
    else root.querySelector<HTMLElement>("[data-focus]")?.focus();
    isPressed = false;
  },
  end() {
    show("first-end");
    for (const at of find("first-end")!.querySelectorAll<HTMLElement>("[data-say]")) at.textContent = say(at.dataset.say!);
    find("first-close")?.remove();
  },
};
