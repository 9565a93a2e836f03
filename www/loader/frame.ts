/** The one thing the loader adds to the host page, and how it is taken away again. */

import { holdPage } from './page.ts';

export interface Frame {
  /** The window inside, while there is one. */
  content(): Window | null;
  /** Lets the keyboard speak to the window inside. */
  focus(): void;
  /** Leaves the page as it was; focus returns to where it had been. */
  remove(): void;
}

export interface FrameEvents {
  /** Escape or the back gesture, while the host page has the focus. False keeps the frame, if the browser lets it. */
  mayDismiss(): boolean;
  /** The browser closed the frame. */
  dismissed(): void;
  /** The browser reports that the page could not be fetched. */
  failed(): void;
}

/** The whole viewport and nothing else, whatever the host page's rules say about such elements. */
const COVER = Object.entries({
  position: 'fixed',
  inset: 0,
  display: 'block',
  width: '100%',
  height: '100%',
  'max-width': 'none',
  'max-height': 'none',
  margin: 0,
  padding: 0,
  border: 0,
  outline: 0,
  overflow: 'hidden',
  background: 'none',
  opacity: 1,
  // A frame is see-through only where its colour scheme is that of the page inside.
  'color-scheme': 'light',
})
  .map(([name, value]) => `${name}:${value}!important`)
  .join(';');

let page = '';
let frames = 0;

/**
 * By its name the window knows after a reload whether it is still in the same frame, and whether
 * the page around it is still the same.
 */
function nameOfNext(): string {
  page ||= Math.random().toString(36).slice(2);
  return `egusi-${page}-${++frames}`;
}

/**
 * Puts a transparent frame over the whole viewport.
 *
 * A modal `<dialog>` carries it: the top layer needs no war of z-indexes and works above a host's
 * own dialog, and the page behind is out of reach of keyboard and screen reader. Styles go through
 * `style.cssText`, which a strict Content-Security-Policy allows where it refuses a `style`
 * attribute or element.
 */
export function addFrame(src: string, events: FrameEvents): Frame {
  const dialog = document.createElement('dialog');
  const iframe = document.createElement('iframe');
  const title = 'Connect your bank';

  dialog.setAttribute('aria-label', title);
  // Until the window inside is ready to hear the keyboard, Escape is ours.
  dialog.tabIndex = -1;
  iframe.title = title;
  iframe.name = nameOfNext();
  iframe.referrerPolicy = 'strict-origin-when-cross-origin';
  iframe.src = src;
  iframe.onerror = events.failed;
  dialog.oncancel = (event) => {
    if (!events.mayDismiss()) event.preventDefault();
  };
  dialog.onclose = events.dismissed;
  dialog.style.cssText = iframe.style.cssText = COVER;

  dialog.append(iframe);
  // Without a body, the script runs in the head and the customer sees the frame all the same.
  (document.body ?? document.documentElement).append(dialog);
  const releasePage = holdPage();
  dialog.showModal();
  dialog.focus();

  return {
    content: () => iframe.contentWindow,
    focus: () => iframe.focus(),
    remove() {
      dialog.oncancel = dialog.onclose = iframe.onerror = null;
      dialog.close();
      dialog.remove();
      releasePage();
    },
  };
}
