/** What a page holds, as the browser itself counts it after a full collection of garbage. */

import type { CDPSession, Page } from '@playwright/test';

declare global {
  interface Window {
    /** Timers that were set and neither fired nor were taken back. */
    timersLeft(): number;
    /** The memories of all WebAssembly of this page. */
    memories: WebAssembly.Memory[];
  }
}

export interface Reading {
  /** Bytes of JavaScript's heap. */
  heap: number;
  nodes: number;
  documents: number;
  listeners: number;
  /** Bytes of WebAssembly's memory. */
  wasm: number;
  timers: number;
  /** What a customer would notice: where the page and the keyboard stand, what its root says, how far *back* leads. */
  page: { scroll: number; focus: string; root: string; body: string; sheets: number; frames: number; history: number };
}

export interface Meter {
  read(): Promise<Reading>;
}

/** Begins to count, before the page's first script. */
export async function meterOf(page: Page): Promise<Meter> {
  await page.addInitScript(() => {
    const left = new Set<number>();
    const { setTimeout: set, clearTimeout: clear, setInterval: repeat } = window;
    Object.assign(window, {
      memories: [],
      timersLeft: () => left.size,
      setTimeout(run: (...given: unknown[]) => void, ...more: [number?, ...unknown[]]) {
        const id: number = set((...given: unknown[]) => {
          left.delete(id);
          run(...given);
        }, ...more);
        left.add(id);
        return id;
      },
      setInterval(...given: Parameters<typeof repeat>) {
        const id = repeat(...given);
        left.add(id);
        return id;
      },
      // Either takes back what either set.
      clearTimeout: (id: number) => (left.delete(id), clear(id)),
      clearInterval: (id: number) => (left.delete(id), clear(id)),
    });
    const { instantiate, instantiateStreaming } = WebAssembly;
    const keep = <Made extends { instance?: WebAssembly.Instance }>(made: Made): Made => {
      const exported = Object.values((made.instance ?? made as unknown as WebAssembly.Instance).exports);
      for (const one of exported) if (one instanceof WebAssembly.Memory) window.memories.push(one);
      return made;
    };
    Object.assign(WebAssembly, {
      instantiate: (...given: Parameters<typeof instantiate>) => instantiate(...given).then((made) => keep(made as any)),
      instantiateStreaming: (...given: Parameters<typeof instantiateStreaming>) => instantiateStreaming(...given).then(keep),
    });
  });
  const browser = await page.context().newCDPSession(page);
  for (const domain of ['Performance', 'HeapProfiler'] as const) await browser.send(`${domain}.enable`);
  return { read: () => readingOf(page, browser) };
}

async function readingOf(page: Page, browser: CDPSession): Promise<Reading> {
  // What one collection lets go of may be what held something else.
  for (let round = 0; round < 4; round++) {
    await browser.send('HeapProfiler.collectGarbage');
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  const { metrics } = await browser.send('Performance.getMetrics');
  const { nodes, documents, jsEventListeners: listeners } = await browser.send('Memory.getDOMCounters');
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')!.value;
  const rest = await page.evaluate(() => {
    const { documentElement: root, body } = document;
    const attributes = ({ attributes }: Element) => [...attributes].map(({ name, value }) => `${name}=${value}`).join(' ');
    return {
      wasm: window.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
      timers: window.timersLeft(),
      page: {
        scroll: scrollY,
        focus: document.activeElement?.outerHTML ?? '',
        root: attributes(root),
        body: attributes(body),
        sheets: document.adoptedStyleSheets.length,
        frames: window.length,
        history: history.length,
      },
    };
  });
  return { heap, nodes, documents, listeners, ...rest };
}

/** One line for people. */
export function line(cycles: number, { heap, nodes, documents, listeners, wasm, timers, page }: Reading): string {
  const counts = { heap: kib(heap), nodes, documents, listeners, wasm: kib(wasm), timers, ...page };
  const { focus: _, ...shown } = counts;
  return `after ${String(cycles).padStart(4)}: ${Object.entries(shown).map((pair) => pair.join(' ')).join(', ')}`;
}

const kib = (bytes: number) => `${Math.round(bytes / 1024)} KiB`;
