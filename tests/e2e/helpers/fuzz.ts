/** Messages that nobody should send, the same ones in every run. */

import type { BrowserContext } from '@playwright/test';

declare global {
  interface Window {
    /** A thousand messages, or as many as are asked for, made of these words. */
    fuzz(seed: number, count: number, words: Words): unknown[];
  }
}

export interface Words {
  /** Messages that would mean something from the right sender. */
  right: Record<string, unknown>[];
  /** Nonces that are wrong here. */
  nonces: unknown[];
  /** Leaves the right words out, where the sender is the right one. */
  onlyWrong?: boolean;
}

/** Lets every page of the context make them. What is cyclic or of another kind than text cannot be brought in. */
export async function bringFuzz(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: `window.fuzz = ${makeMessages.toString()}` });
}

function makeMessages(seed: number, count: number, { right, nonces, onlyWrong = false }: Words): unknown[] {
  let state = seed;
  const below = (limit: number): number => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  const pick = (all: any[]): any => all[below(all.length)];
  // A text is enough for an error; from the right sender it would be one.
  const keys = [...(onlyWrong ? [] : ['error']), 'close', 'success', 'event', 'beforeClose', 'redirect', 'ifameLoaded', 'cancel', 'egusi', 'key', 'token', 'withOptions', 'record', 'accounts', 'data', 'source', 'origin', 'ports'];
  const dangerous = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'then', '__defineGetter__'];
  const leaf = (): unknown =>
    pick([
      undefined, null, false, 0, -0, NaN, Infinity, 10n, '', ' ', 'null', 'close', '<img src=x onerror=alert(1)>', '\u0000\ud800\u202e', [], {},
      new Date(0), /close/g, new Map([['close', true]]), new Set(['success']), new Error('close'), new Uint8Array(9), new ArrayBuffer(9),
      new Boolean(false), Object('close'), { valueOf: 1 }, 'x'.repeat(below(2000)),
    ]);
  const tree = (depth: number): any => {
    if (depth === 0 || below(3) === 0) return leaf();
    if (below(4) === 0) return Array.from({ length: below(5) }, () => tree(depth - 1));
    const made: any = {};
    for (let at = below(6); at >= 0; at--) {
      // As JSON makes it: an own property of that name.
      const name = below(4) === 0 ? pick(dangerous) : pick(keys);
      Object.defineProperty(made, name, { value: tree(depth - 1), enumerable: true, configurable: true, writable: true });
    }
    return made;
  };
  const cyclic = (): unknown => {
    const made = tree(2);
    const root: any = made && typeof made === 'object' && !ArrayBuffer.isView(made) ? made : {};
    if (Object.isExtensible(root)) root.self = [root, { root }];
    return root;
  };
  /** A right message with one thing about it that is not. */
  const almost = (): unknown => {
    const message: any = structuredClone(pick(right));
    const name = pick(Object.keys(message));
    message[name] = pick([null, undefined, 0, 1, {}, [0], { true: true }]);
    return message;
  };
  const whole = (): unknown => (onlyWrong ? almost() : { ...structuredClone(pick(right)), ...(below(2) && { egusi: pick(nonces) }) });
  const deep = (): unknown => {
    let nested: any = {};
    for (let at = 0; at < 400; at++) nested = below(2) ? [nested] : { close: nested };
    return nested;
  };
  return Array.from({ length: count }, (_, at) => {
    if (at % 250 === 249) return { ...(pick(right) as object), [pick(keys)]: 'x'.repeat(1_000_000), close: 'x', success: 'x', egusi: 0, key: 0 };
    return [leaf, () => tree(4), cyclic, almost, whole, deep][below(6)]!();
  });
}
