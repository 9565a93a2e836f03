/** Looks at what is drawn: text that is cut off or covered, and what is too small to be hit. Runs in the page. */

import type { Page } from '@playwright/test';

/** Every text that is cut off, covered by another or beyond an edge, in a line each. */
export function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const roots = [document, document.querySelector('egusi-widget')?.shadowRoot].filter((root) => !!root);
    const sheet = roots.flatMap((root) => [...root!.querySelectorAll('[role=dialog]')]).find((one) => one.getClientRects().length);
    if (!sheet) return ['there is no dialog'];
    // A question that lies over the screen is all there is to read.
    const over = sheet.querySelector('[role=alertdialog]');
    const faults: string[] = [];
    const wide = document.scrollingElement!;
    if (wide.scrollWidth > innerWidth) faults.push(`the page scrolls sideways: ${wide.scrollWidth} in ${innerWidth}`);
    const edge = sheet.getBoundingClientRect();
    const shown: { element: Element; text: string; rect: DOMRect }[] = [];
    for (const element of sheet.querySelectorAll('*')) {
      const style = getComputedStyle(element);
      if (style.visibility !== 'visible' || (over && !over.contains(element)) || element.closest('[inert], svg, select') || !element.getClientRects().length) continue;
      const isScroller = /auto|scroll/.test(style.overflowX + style.overflowY);
      if (isScroller && element.scrollWidth > element.clientWidth + 1) faults.push(`scrolls sideways: ${said(element)}`);
      if (isScroller && element.clientHeight < 40) faults.push(`${element.clientHeight} px are left to read: ${said(element)}`);
      // What is for ears alone is small on purpose.
      if (element.clientWidth <= 1 && element.clientHeight <= 1 && style.display !== 'inline') continue;
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE || !node.textContent!.trim()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const rect of range.getClientRects()) {
          const seen = within(element, rect, node.textContent!);
          if (seen) shown.push({ element, text: node.textContent!, rect: seen });
        }
      }
    }
    for (const [at, one] of shown.entries()) {
      for (const other of shown.slice(at + 1)) {
        if (one.element === other.element) continue;
        const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
        const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
        // The boxes of two lines touch; their letters do not.
        if (across > 2 && down > 5) faults.push(`covered: ${one.text} by ${other.text}`);
      }
    }
    return [...new Set(faults)];

    function said(element: Element): string {
      return `${element.tagName.toLowerCase()}.${element.className} ${element.textContent!.trim().slice(0, 60)}`;
    }

    /** What of a text is seen; says so where it is cut off by something that cannot be scrolled. */
    function within(element: Element, rect: DOMRect, text: string): DOMRect | undefined {
      let { left, right, top, bottom } = rect;
      const cut = (why: string): void => void faults.push(`${why}: ${text.slice(0, 60)}`);
      if (left < edge.left - 1 || right > edge.right + 1) cut('beyond the dialog');
      let isScrolled = false;
      for (let up: Element | null = element; up && sheet!.contains(up); up = up.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(up);
        if (overflowX === 'visible' && overflowY === 'visible') continue;
        const box = up.getBoundingClientRect();
        if (/auto|scroll/.test(overflowY)) isScrolled = true;
        else if (!isScrolled && (top < box.top - 3 || bottom > box.bottom + 3)) cut('cut off below');
        if (!/auto|scroll/.test(overflowX) && (left < box.left - 1 || right > box.right + 1)) cut('cut off sideways');
        [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
      }
      return bottom - top > 1 ? new DOMRect(left, top, right - left, bottom - top) : undefined;
    }
  });
}

/** Whatever can be pressed or typed into and is smaller than that, in a line each. */
export function tooSmall(page: Page, least: { width: number; height: number }): Promise<string[]> {
  return page.evaluate(({ width, height }) => {
    const roots = [document, document.querySelector('egusi-widget')?.shadowRoot].filter((root) => !!root);
    const all = roots.flatMap((root) => [...root!.querySelectorAll<HTMLElement>('button, a[href], input, select, label.account')]);
    const faults: string[] = [];
    for (const element of all) {
      const box = element.getBoundingClientRect();
      if (!element.getClientRects().length || element.closest('[inert]') || getComputedStyle(element).visibility !== 'visible') continue;
      // A link in a sentence is as high as its line.
      if (element.tagName === 'A' && getComputedStyle(element).display === 'inline') continue;
      if (box.width >= width && box.height >= height) continue;
      const name = element.getAttribute('aria-label') ?? element.textContent!.trim();
      faults.push(`${element.tagName.toLowerCase()} ${name.slice(0, 40)}: ${Math.round(box.width)} × ${Math.round(box.height)}`);
    }
    return faults;
  }, least);
}

/** What moves for longer than a blink. */
export function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('egusi-widget')?.shadowRoot;
    const all = [...document.getAnimations(), ...(root?.getAnimations() ?? [])];
    const lasting = all.filter(({ effect, playState }) => playState === 'running' && Number(effect!.getComputedTiming().endTime) > 100);
    return lasting.map((one) => `${(one as CSSAnimation).animationName ?? (one as CSSTransition).transitionProperty}`);
  });
}

/** WCAG 1.4.12: so far may a reader's own style sheet set the letters apart. */
export async function spaceOut(page: Page): Promise<void> {
  await page.evaluate(() => {
    const roots = [document, document.querySelector('egusi-widget')?.shadowRoot].filter((root) => !!root);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } ' +
        'p { margin-bottom: 2em !important }',
    );
    for (const root of roots) root!.adoptedStyleSheets = [...root!.adoptedStyleSheets, sheet];
  });
}
