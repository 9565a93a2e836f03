/** Whether a window of ours is in the frame. Nobody can be asked; it is there once it has greeted. */

/** How long the window may take to greet, at first and after each page that did not. */
export const LIMIT_MS = 15_000;

export type Presence = [
  /** Whether the window is waited for. */
  isMissed: () => boolean,
  /** Waits no longer: the window greeted, or nobody wants it any more. */
  found: () => void,
  /** A page has loaded in the frame. Whether the window is waited for from now on. */
  loaded: () => boolean,
];

/**
 * Waits for the greeting, and calls `missed` if it does not come in time. Every page of ours greets
 * before it has loaded. One that did not is none of ours: the browser's own, for instance, which says
 * that there is no network.
 */
export function presence(missed: () => void): Presence {
  /** Whether the page in the frame has greeted and not loaded yet. */
  let isNew = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => (timer = setTimeout(missed, LIMIT_MS));
  wait();
  return [
    () => !!timer,
    () => {
      isNew = true;
      clearTimeout(timer);
      timer = undefined;
    },
    () => {
      const isLost = !isNew && !timer;
      isNew = false;
      return isLost && !!wait();
    },
  ];
}
