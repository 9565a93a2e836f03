// What the page says to its host, and what the boot script leaves for the page's module.

import type { Text } from "./texts.ts";

/** A message to the host. okra-js looks at the keys in the order close, success, error, …: only one may be there. */
export type HostMessage =
  | { close: true }
  | { error: string; code: string }
  | { beforeClose: true }
  | { redirect: string }
  | ({ event: true } & Record<string, unknown>)
  | ({ success: true } & Record<string, unknown>);

/** A message from the host, besides its options: the customer pressed Escape or the back button out there. */
export interface HostRequest {
  cancel: true;
}

/** What the page was asked for, by the host or by its own address. */
export type Given = Record<string, unknown>;

/** Beside the reason why nothing follows the first screen. */
export interface WaysOn {
  /** For the host's makers. */
  note?: string | undefined;
  /** Try it again. */
  again?: (() => void) | undefined;
  /** Go on without WebAssembly. */
  plain?: (() => void) | undefined;
}

/** The static screen before, instead of and after the widget. */
export interface FirstScreen {
  /** The sentence of that name. */
  say(name: string): string;
  /** Speaks another language from now on. */
  speak(text: Text): void;
  /** Puts on what the host wants of its look. */
  dress(theme: import("./theme.ts").Theme): void;
  /** Shows the consent that was written into it. */
  consent(): void;
  /** Says why nothing follows, by the name of the sentence: to the customer, and in a note to the host's makers. */
  fail(why: string, ways?: WaysOn): void;
  /** Waits again. */
  wait(): void;
  /** Makes room for the widget. */
  hide(): void;
  /** The same, once the widget has something to show: what was pressed meanwhile is pressed there. */
  handOver(root: ShadowRoot): void;
  /** Says that nothing follows any more, on a page that nobody takes away. */
  end(): void;
}

/** What the boot script found out. */
export interface Boot {
  /** Whether a host page is around this one. */
  readonly framed: boolean;
  /** Whether the host sends the browser on itself: our own loader does, since its frame may not. */
  readonly redirects: boolean;
  /** Short name in the page's own address. */
  readonly short: string | undefined;
  /** What was asked for, once it is here. */
  readonly options: Promise<Given>;
  readonly first: FirstScreen;
  /** The languages. */
  /** What follows from the host's options for the look. */
  readonly themeOf: typeof import("./theme.ts").themeOf;
  readonly speech: typeof import("./speech.ts").speech;
  /** Says something to the host, if there is one. */
  readonly tell: (message: HostMessage) => void;
  /** The window is over: the host takes it away, or the customer does. */
  readonly gone: () => void;
  /** What follows on the wish to leave. Until the widget is there, the window is over at once. */
  leave: () => void;
}

declare global {
  interface Window {
    egusi: Boot;
  }
  /** The WebAssembly's file name, put in by the build. */
  const WASM_FILE: string;
  /** Its hash, as `integrity` attributes have them. */
  const WASM_INTEGRITY: string;
  /** The same for what is only fetched in the sandbox. */
  const LINT_FILE: string;
  /** The same for what is only fetched where the WebAssembly cannot be used. */
  const PLAIN_FILE: string;
}
