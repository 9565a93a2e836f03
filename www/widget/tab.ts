// The window in a tab of its own, where its address can be seen. The tab takes over the session of the window
// that opened it, and nobody else's: each looks at the browser's word for the other's origin, and at who
// opened whom. The session's token passes in that one message and never through an address or a storage.

import type { Given } from "./messages";
import type { Slot } from "./slot";

/** Whether this page is such a tab. */
export const isTab = location.pathname === "/tab";

/** The window that opened this tab. Some pages let none of their frames open one that knows it. */
export const opener = window.opener as Window | null;

/** So long the other window may take to answer. */
const LIMIT_MS = 10_000;

/** Answers tabs that this window has opened, for as long as it has a session. */
export function answerTab(given: Given, token: () => string | undefined): void {
  addEventListener("message", ({ source, origin, data }: MessageEvent) => {
    if (origin !== location.origin || data?.egusi !== "tab" || (source as Window | null)?.opener !== window) return;
    if (token()) (source as Window).postMessage({ egusi: "tab", given, token: token() }, origin);
  });
}

/**
 * Asks the other window what it was asked for, and for its session.
 *
 * # Errors
 * Rejects where it does not answer.
 */
export function handedOver(): Promise<{ given: Given; slot: Slot }> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("the window that opened this tab does not answer")), LIMIT_MS);
    const hear = ({ source, origin, data }: MessageEvent): void => {
      if (!source || source !== opener || origin !== location.origin || data?.egusi !== "tab") return;
      removeEventListener("message", hear);
      clearTimeout(late);
      resolve({ given: data.given, slot: only(data.token) });
    };
    addEventListener("message", hear);
    opener?.postMessage({ egusi: "tab" }, location.origin);
  });
}

/** That one session. What begins anew begins in the other window, which the host listens to; the tab is over then. */
function only(token: string): Slot {
  return {
    token,
    keep(another) {
      if (another && another !== token) setTimeout(() => window.egusi.leave());
    },
    isNews: () => false,
    clear() {},
  };
}
