/** A window whose handle somebody keeps, to give it out again as long as the window is there. */

import { call } from '../loader/hearing.ts';
import type { Handle, OpenOptions } from './index.ts';

/**
 * Opens a window. Whatever ends it, `forget` is called once, and before the page hears of it: a page
 * that opens the window again in `onClose` must get a new one. The handle's own `destroy` tells it too.
 */
export function openKept(open: (options: OpenOptions) => Handle, options: OpenOptions, forget: () => void): Handle {
  const { onClose } = options;
  let isOver = false;
  // The handle of a window that is gone may be used once more, and the next window is there by then.
  const end = () => {
    if (!isOver) forget();
    isOver = true;
  };
  const handle = open({
    ...options,
    onClose: () => {
      end();
      call(onClose);
    },
  });
  return {
    ...handle,
    destroy: () => {
      end();
      handle.destroy();
    },
  };
}
