/** What the window stands in: a modal dialog over the whole page, with a word of waiting in it at first. */

import { holdPage } from '../loader/page.ts';
import { keepUnrecorded } from './unrecorded.ts';
import { waiting } from './waiting.ts';

export interface Dialog {
  /** The widget draws into it. */
  readonly element: HTMLDialogElement;
  /** The widget is there: the word of waiting goes. */
  filled(): void;
  /** Leaves the page as it was; focus returns to where it had been. */
  remove(): void;
}

export interface DialogEvents {
  /** The back gesture, or Escape before the widget hears it. False keeps the dialog, if the browser lets it. */
  mayDismiss(): boolean;
  /** The customer leaves before the widget is there, the browser closed the dialog, or the page took it away. */
  dismissed(): void;
}

/** The whole viewport and nothing else, whatever the page's rules say about dialogs. */
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
  transform: 'none',
  filter: 'none',
})
  .map(([name, value]) => `${name}:${value}!important`)
  .join(';');

/** Keys that the widget hears are not the page's too: its shortcuts and its own modals stay quiet. */
const KEYS = ['keydown', 'keyup', 'keypress'] as const;
const keepInside = (key: Event) => key.stopPropagation();

/**
 * Puts the dialog over the page, in the top layer. Styles go through `style.cssText`, which a strict
 * Content-Security-Policy allows where it refuses a `style` attribute or element.
 */
export function addDialog(events: DialogEvents): Dialog {
  const element = document.createElement('dialog');
  const first = waiting(events.dismissed);
  element.setAttribute('aria-label', 'Connect your bank');
  element.tabIndex = -1;
  // Turbo keeps copies of a page and shows them again: a window in one would be a picture of a window.
  element.setAttribute('data-turbo-temporary', '');
  keepUnrecorded(element);
  element.style.cssText = COVER;
  element.oncancel = (event) => {
    if (!events.mayDismiss()) event.preventDefault();
  };
  element.onclose = events.dismissed;
  for (const key of KEYS) element.addEventListener(key, keepInside);
  element.append(first);
  const parent = document.body ?? document.documentElement;
  parent.append(element);
  const releasePage = holdPage();
  element.showModal();
  element.focus();
  // A page that is emptied, or whose body is exchanged, takes the dialog with it; no event tells of that.
  const observer = new MutationObserver(() => element.isConnected || events.dismissed());
  for (const place of [parent, document.documentElement]) observer.observe(place, { childList: true });
  return {
    element,
    filled: () => first.remove(),
    remove() {
      observer.disconnect();
      element.oncancel = element.onclose = null;
      element.close();
      element.remove();
      releasePage();
    },
  };
}
