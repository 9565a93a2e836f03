/** What of the screen the customer can see: keyboards cover it, and telephones have round corners. */

const INSETS = ['top', 'right', 'bottom', 'left'].map((side) => `env(safe-area-inset-${side},0px)`).join(' ');

/**
 * Lets an element tell the safe area: in a frame of another site it is not to be had. The property
 * does nothing to an element that does not scroll.
 */
export const MEASURE = `scroll-padding:${INSETS}!important`;

/**
 * How far from each edge the screen is good for text and buttons, as style sheets write it:
 * `47px 0px 34px`. The element carries `MEASURE`.
 */
export function safeArea(element: HTMLElement): string {
  return getComputedStyle(element).scrollPadding;
}

/**
 * Keeps the element in the part of the screen that a keyboard leaves free. A customer who zooms in
 * wants to see a part of the element, and not the whole of it in that part.
 */
export function follow(element: HTMLElement, signal: AbortSignal): void {
  const viewport = window.visualViewport;
  const fit = () => {
    if (!viewport || Math.abs(viewport.scale - 1) > 0.01) return;
    element.style.setProperty('top', `${viewport.offsetTop}px`, 'important');
    element.style.setProperty('height', `${viewport.height}px`, 'important');
  };
  for (const type of ['resize', 'scroll']) viewport?.addEventListener(type, fit, { signal });
}
