/** What `egusi/react` gives: a hook and a button. */

import {
  createElement,
  forwardRef,
  useCallback,
  useEffect,
  useInsertionEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ComponentPropsWithoutRef,
  type FocusEvent,
  type MouseEvent,
  type PointerEvent,
} from 'react';
import { LoaderError, open as openWindow, preload as warm, type ErrorMessage, type Handle, type OpenOptions } from './index.ts';
import { openKept } from './kept.ts';

/** What `useEgusi` gives. The functions are the same in every render. */
export interface Egusi {
  /** Opens the window with the newest options, or gives the one that is open; null if it could not, and `error` says why. */
  open(): Handle | null;
  /** Closes the window as if the customer had. */
  close(): void;
  /** Fetches what the window needs, before it is opened. */
  preload(): void;
  isOpen: boolean;
  /** The last thing that `onError` heard since the window was opened. */
  error: ErrorMessage | null;
}

// React for servers warns of an effect it will not run.
const useOnceDrawn = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** One window of this component; it is gone when the component is. */
export function useEgusi(options: OpenOptions): Egusi {
  const newest = useRef(options);
  const handle = useRef<Handle | null>(null);
  const isGone = useRef(false);
  const [isOpen, setOpen] = useState(false);
  const [error, setError] = useState<ErrorMessage | null>(null);

  // Before any effect of the page could call what an older render gave.
  useInsertionEffect(() => {
    newest.current = options;
  });
  // Before the page's own effects, which may open the window.
  useOnceDrawn(() => {
    isGone.current = false;
  }, []);
  // Not with the layout: what waits for a part of itself is hidden until that is there, and its layout
  // effects are cleaned up, but the customer is in the window all the while.
  useEffect(
    () => () => {
      isGone.current = true;
      // React tries in development whether a component stands being taken away and put back at once.
      queueMicrotask(() => isGone.current && handle.current?.destroy());
    },
    [],
  );

  const open = useCallback(() => {
    if (handle.current || isGone.current) return handle.current;
    setError(null);
    const heard = (problem: ErrorMessage) => {
      setError(problem);
      newest.current.onError?.(problem);
    };
    try {
      handle.current = openKept(openWindow, { ...newest.current, ...callingNewest(newest), onError: heard }, () => {
        handle.current = null;
        setOpen(false);
      });
      setOpen(true);
    } catch (thrown) {
      // It was heard by `onError`.
      if (!(thrown instanceof LoaderError)) throw thrown;
    }
    return handle.current;
  }, []);
  const close = useCallback(() => handle.current?.close(), []);
  const preload = useCallback(() => warm(newest.current.baseUrl), []);
  return { open, close, preload, isOpen, error };
}

/** Callbacks that call those of the last render, whatever they were when the window was opened. */
function callingNewest(newest: { readonly current: OpenOptions }): Partial<OpenOptions> {
  return {
    onSuccess: (connection) => newest.current.onSuccess?.(connection),
    onEvent: (event) => newest.current.onEvent?.(event),
    onClose: () => newest.current.onClose?.(),
    beforeClose: (message) => (newest.current.beforeClose ?? newest.current.BeforeClose)?.(message),
  };
}

/** A button of React's own kind, with the window's options. */
export interface EgusiButtonProps extends ComponentPropsWithoutRef<'button'> {
  options: OpenOptions;
}

/** Opens the window on a press, and warms it up when the pointer or the focus comes near. */
export const EgusiButton = /* @__PURE__ */ forwardRef<HTMLButtonElement, EgusiButtonProps>(function EgusiButton(
  { options, children = 'Connect your bank', onClick, onPointerEnter, onFocus, ...props },
  ref,
) {
  const { open, preload } = useEgusi(options);
  return createElement(
    'button',
    {
      type: 'button',
      'aria-haspopup': 'dialog',
      ...props,
      ref,
      onClick: (event: MouseEvent<HTMLButtonElement>) => {
        onClick?.(event);
        if (!event.defaultPrevented) open();
      },
      onPointerEnter: (event: PointerEvent<HTMLButtonElement>) => {
        onPointerEnter?.(event);
        if (!props.disabled) preload();
      },
      onFocus: (event: FocusEvent<HTMLButtonElement>) => {
        onFocus?.(event);
        preload();
      },
    } as ComponentPropsWithoutRef<'button'>,
    children,
  );
});
