// What the page says to its host, and what the boot script leaves for the page's module.

/** A message to the host. okra-js looks at the keys in the order close, success, error, …: only one may be there. */
export type HostMessage =
  | { ifameLoaded: true }
  | { close: true }
  | { error: string; code: string }
  | { beforeClose: true }
  | ({ event: true } & Record<string, unknown>)
  | ({ success: true } & Record<string, unknown>);

/** A message from the host, besides its options: the customer pressed Escape or the back button out there. */
export interface HostRequest {
  cancel: true;
}

/** What the boot script found out. */
export interface Boot {
  /** Whether a host page is around this one. */
  readonly framed: boolean;
  /** The host's options, once they are here. */
  readonly options: Promise<Record<string, unknown>>;
  /** Posts a message to the host. */
  readonly tell: (message: HostMessage) => void;
  /** What follows on the host's wish to leave. Until the widget is there, it just closes. */
  leave: () => void;
}

declare global {
  interface Window {
    egusi: Boot;
  }
  /** The WebAssembly's file name, put in by the build. */
  const WASM_FILE: string;
  /** The same for what is only fetched in the sandbox. */
  const LINT_FILE: string;
}
