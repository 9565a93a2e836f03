/** Holds the page behind still while a window is open, and gives it back as it was. */

let windows = 0;
let unlock = () => {};
/** Where the focus was before the first window. */
let home: HTMLElement | null;

/** Returns the release. Windows may close in any order; the last one gives the scroll back. */
export function holdPage(): () => void {
  const focused = focusedElement();
  if (!windows++) {
    home = focused;
    unlock = lock(document);
  }
  return () => {
    if (!--windows) unlock();
    // Where the focus is in use it is somebody else's by now: a dialog of the host's, or the window
    // above this one.
    if (document.activeElement?.matches(':not(html,body)')) return;
    (focused?.isConnected ? focused : home)?.focus({ preventScroll: true });
    if (!windows) home = null;
  };
}

/** The element itself, where it stands inside others that are open. */
function focusedElement(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element as HTMLElement | null;
}

/**
 * By a style sheet of our own, so that the host's styles are as the host left them: what it reads
 * there, keeps and sets again later, when its own dialog closes, is never ours.
 *
 * The viewport scrolls as the root says, or as the body says where the root says nothing. The body
 * goes on saying it there: under a root that does it would scroll by itself, from its beginning.
 */
function lock({ documentElement: root, body }: Document): () => void {
  let sheet: CSSStyleSheet;
  try {
    sheet = new CSSStyleSheet();
  } catch {
    // A browser from before 2023. The page behind can be scrolled there, and all else is well.
    return () => {};
  }
  // The room of a visible scroll bar is kept, so that nothing behind moves; where there was no bar
  // none is made.
  const gutter = window.innerWidth > root.clientWidth ? ';scrollbar-gutter:stable!important' : '';
  const [sayer, shown, held] = isSilent(root) && body && !isSilent(body)
    ? [body, 'visible', ':root>body{overflow:hidden!important}']
    : [root, 'hidden', ''];
  sheet.replaceSync(`:root{overflow:${shown}!important${gutter}}${held}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  // No sheet is stronger than what stands as important on the element itself: it loses that for now.
  const { style } = sayer;
  const own = style.getPropertyPriority('overflow') && style.overflow;
  if (own) style.overflow = own;
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    // What the host changed meanwhile is what it wants now.
    if (own && style.overflow === own) style.setProperty('overflow', own, 'important');
  };
}

/** Whether the element leaves its overflow to others. */
function isSilent(element: HTMLElement): boolean {
  return getComputedStyle(element).overflow === 'visible';
}
