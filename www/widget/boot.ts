// Stands inside the page, so it runs before anything else is here. It catches the host's options,
// which may arrive long before the WebAssembly, and tells the host that it may send them.
//
// Hosts are okra-js and our own loader. Both answer `ifameLoaded` (the typo is the protocol's) by
// posting the options object itself. It is said once by each page: okra-js breaks on a second time,
// though not before it has posted the options again (see docs/options.md, "When the window is reloaded").

import type { Boot, HostMessage, HostRequest } from "./messages";

const host = window.parent;
const framed = host !== window;

/** Where to post: `"*"` until the host's origin is known, and for hosts whose origin is opaque. */
let target = "*";

const tell = (message: HostMessage): void => {
  if (framed) host.postMessage(message, target);
};

const options: Boot["options"] = new Promise((resolve) => {
  if (!framed) return;
  const hear = (message: MessageEvent): void => {
    // Only the page around this one may set the widget up, and only once.
    if (message.source !== host || !isOptions(message.data)) return;
    window.removeEventListener("message", hear);
    const origin = message.origin === "null" ? "" : message.origin;
    if (origin) target = origin;
    resolve({ ...message.data, hostOrigin: origin });
  };
  window.addEventListener("message", hear);
});

/** Other scripts of the host post messages of their own; options always carry one of these. */
function isOptions(data: unknown): data is Record<string, unknown> {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return false;
  return ["withOptions", "iframeData", "withShortURL", "key", "token"].some((name) => name in data);
}

const leave = (): void => tell({ close: true });
window.egusi = { framed, options, tell, leave };
tell({ ifameLoaded: true });

window.addEventListener("message", ({ source, data }: MessageEvent<HostRequest | null>) => {
  if (source === host && data?.cancel === true) window.egusi.leave();
});

document.addEventListener("click", (click) => {
  if ((click.target as Element | null)?.closest?.("#first-close")) leave();
});
