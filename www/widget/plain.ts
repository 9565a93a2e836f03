// The same session without WebAssembly: pages that the server writes, in a frame over this page. What they
// have to tell the host goes through here, because the host listens to nobody else.

import { kindOf } from "../loader/words.ts";
import type { Given, HostMessage } from "./messages";

const { first, gone, redirects, tell } = window.egusi;

/** Goes on with pages of the server. */
export function openPlain(given: Given): void {
  const frame = document.createElement("iframe");
  frame.name = "egusi-plain";
  frame.title = first.say("first.dialog");
  frame.className = "over";
  let succeeded = false;
  const end = (): void => {
    window.removeEventListener("message", hear);
    frame.remove();
    window.egusi.leave = gone;
  };
  const close = (): void => {
    end();
    gone();
  };
  const hear = ({ source, origin, data }: MessageEvent): void => {
    if (!source || source !== frame.contentWindow || origin !== location.origin) return;
    const kind = kindOf(data);
    // A page that the customer loads anew says all of it once more.
    if (kind === "success") {
      if (succeeded) return;
      succeeded = true;
    }
    if (kind === "close") close();
    else if (kind === "redirect" && !redirects) (window.top ?? window).location.href = data.redirect;
    else if (kind) tell(data as HostMessage);
  };
  window.addEventListener("message", hear);
  // The server's page asks before something half done is lost, by the button that every one has.
  window.egusi.leave = () => {
    const button = frame.contentDocument?.querySelector<HTMLElement>("button[name=do][value=close]");
    if (button) button.click();
    else close();
  };
  frame.onload = () => {
    // A page of ours can be read from here. The browser's own, which says that there is no network, cannot,
    // and has no way out.
    if (frame.contentDocument) return;
    // Who is connected has nothing to try again.
    if (succeeded) return close();
    end();
    first.fail("first.network", { again: () => openPlain(given) });
  };
  document.body.append(frame);
  send(given, frame.name);
  frame.focus();
}

/** A form is the one way to post into a frame; nothing of the options is in an address. */
function send(given: Given, target: string): void {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/plain/open", target, hidden: true });
  const field = document.createElement("textarea");
  field.name = "options";
  field.value = JSON.stringify(given);
  form.append(field);
  document.body.append(form);
  form.submit();
  form.remove();
}
