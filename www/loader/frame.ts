/** The one thing the loader adds to the host page, and how it is taken away again. */

import { LoaderError } from './error.ts';
import { newNonce } from './handshake.ts';
import { isolate } from './isolation.ts';
import { holdPage } from './page.ts';
import { MEASURE, follow, safeArea } from './viewport.ts';

export interface Frame {
  /** The window inside, while there is one. */
  content(): Window | null;
  /** Lets the keyboard speak to the window inside, or to the frame itself. */
  focus(isInside: boolean): void;
  /** What of the frame is good for text and buttons. */
  safeArea(): string;
  /** Leaves the page as it was; focus returns to where it had been. */
  remove(): void;
}

export interface FrameEvents {
  /** Escape or the back gesture, while the host page has the focus. False keeps the frame, if the browser lets it. */
  mayDismiss(): boolean;
  /** The browser closed the frame, or the host page took it away. */
  dismissed(): void;
  /** A page has loaded in the frame, whoever's it is. */
  loaded(): unknown;
}

/** The whole viewport and nothing else, whatever the host page's rules say about such elements. */
const COVER = [
  'all:initial',
  'position:fixed',
  'inset:0',
  'display:block',
  'width:100%',
  'height:100%',
  'overflow:hidden',
  // A frame is see-through only where its colour scheme is that of the page inside.
  'color-scheme:light',
  '',
].join('!important;');

let page = '';
let frames = 0;

/**
 * By its name the window knows after a reload whether it is still in the same frame, and whether
 * the page around it is still the same.
 */
function nameOfNext(): string {
  page ||= newNonce();
  return `egusi-${page}-${++frames}`;
}

/**
 * Puts a transparent frame over the whole viewport.
 *
 * A modal `<dialog>` carries it: the top layer needs no war of z-indexes and works above a host's
 * own dialog, and the page behind is out of reach of keyboard and screen reader. With a z-index it
 * is no modal one, for hosts that must stay above. Styles go through `style.cssText`, which a strict
 * Content-Security-Policy allows where it refuses a `style` attribute or element. What is listened to
 * ends with the signal.
 */
export function addFrame(src: string, zIndex: unknown, signal: AbortSignal, events: FrameEvents): Frame {
  const dialog = document.createElement('dialog');
  const iframe = document.createElement('iframe');
  const title = 'Connect your bank';

  dialog.setAttribute('aria-label', title);
  // What Turbo must not keep: in its copy of the page it would be a frame of nobody's.
  dialog.dataset.turboTemporary = '';
  // Until the window inside is ready to hear the keyboard, Escape is ours.
  dialog.tabIndex = -1;
  iframe.title = title;
  iframe.name = nameOfNext();
  isolate(iframe);
  iframe.src = src;
  iframe.onload = events.loaded;
  dialog.oncancel = (event) => {
    if (!events.mayDismiss()) event.preventDefault();
  };
  dialog.onclose = events.dismissed;
  dialog.style.cssText = COVER + MEASURE;
  iframe.style.cssText = COVER.replace('fixed', 'absolute');

  dialog.append(iframe);
  // Without a body, the script runs in the head and the customer sees the frame all the same.
  const parent = document.body ?? document.documentElement;
  parent.append(dialog);
  const releasePage = holdPage();
  const isModal = typeof zIndex !== 'number';
  const leave = () => {
    dialog.oncancel = dialog.onclose = iframe.onload = null;
    // Closing it would move the focus by the browser's own idea of where it was.
    dialog.remove();
    releasePage();
  };
  if (!isModal) dialog.style.setProperty('z-index', `${zIndex}`, 'important');
  try {
    dialog[isModal ? 'showModal' : 'show']();
  } catch (reason) {
    // An old browser has none; the page must not stay locked behind nothing.
    leave();
    throw new LoaderError('load_failed', `expected dialog.showModal to work: ${reason}`);
  }
  dialog.focus();

  const hearKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !dialog.contains(event.target as Node)) return;
    // It is none for the host's dialogs behind ours.
    event.stopPropagation();
    // The browser itself asks a modal one.
    if (!isModal && events.mayDismiss()) events.dismissed();
  };
  // Before anybody else in the page hears it.
  addEventListener('keydown', hearKey, { capture: true, signal });
  follow(dialog, signal);
  // A host that empties its page, or exchanges its body, takes us with it.
  const observer = new MutationObserver(() => dialog.isConnected || events.dismissed());
  for (const place of [parent, document.documentElement]) observer.observe(place, { childList: true });

  return {
    content: () => iframe.contentWindow,
    focus: (isInside) => (isInside ? iframe : dialog).focus(),
    safeArea: () => safeArea(dialog),
    remove() {
      observer.disconnect();
      leave();
    },
  };
}
