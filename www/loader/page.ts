/** Holds the page behind still while at least one window is open. */

const HELD: Record<string, string> = { overflow: 'hidden', 'scrollbar-gutter': 'stable' };

let windows = 0;
let restore = () => {};

/** Returns the release. Windows may close in any order; the last one gives scroll and focus back. */
export function holdPage(): () => void {
  if (!windows++) restore = hold(document.documentElement);
  return () => {
    if (!--windows) restore();
  };
}

function hold(root: HTMLElement): () => void {
  const { style } = root;
  const hadStyle = root.hasAttribute('style');
  const focused = document.activeElement as HTMLElement | null;
  // The room of a visible scroll bar is kept, so that nothing behind moves; where there was no bar
  // none is made.
  const names = window.innerWidth > root.clientWidth ? ['overflow', 'scrollbar-gutter'] : ['overflow'];
  const before = names.map((name) => [name, style.getPropertyValue(name), style.getPropertyPriority(name)] as const);
  for (const name of names) style.setProperty(name, HELD[name]!, 'important');
  return () => {
    for (const entry of before) style.setProperty(...entry);
    // An emptied attribute would be a trace.
    if (!hadStyle && !style.length) root.removeAttribute('style');
    focused?.focus({ preventScroll: true });
  };
}
