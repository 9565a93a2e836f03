/** How well parts of a page can be read: true pixels of a picture, measured as WCAG 2.2 measures contrast. */

import type { Page } from '@playwright/test';

/** What is measured: the letters on their ground, one plain shape, or the ground beside it. */
export type Box = { x: number; y: number; width: number; height: number };

/** Of each box the colour most of it has, and how far another pixel of it is from that one at most. */
export interface Measured {
  ground: [number, number, number];
  ratio: number;
}

/** Decodes pictures in an empty page, since the page itself may have a policy against it. */
export async function measurer(page: Page): Promise<(boxes: Record<string, Box>) => Promise<Record<string, Measured>>> {
  const decoder = await page.context().newPage();
  return async (boxes) => {
    const png = await page.screenshot({ animations: 'allow', caret: 'hide' });
    return decoder.evaluate(measure, { encoded: png.toString('base64'), boxes });
  };
}

async function measure({ encoded, boxes }: { encoded: string; boxes: Record<string, Box> }) {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${encoded}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d', { willReadFrequently: true })!;
  canvas.drawImage(image, 0, 0);
  const linear = (part: number) => (part > 10 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 3295);
  const luminance = ([red, green, blue]: number[]) => 0.2126 * linear(red!) + 0.7152 * linear(green!) + 0.0722 * linear(blue!);
  const contrast = (one: number[], other: number[]) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((first, second) => first - second);
    return (light! + 0.05) / (dark! + 0.05);
  };
  const found: Record<string, Measured> = {};
  for (const [name, { x, y, width, height }] of Object.entries(boxes)) {
    const { data } = canvas.getImageData(Math.round(x), Math.round(y), Math.round(width), Math.round(height));
    const counts = new Map<number, number>();
    for (let at = 0; at < data.length; at += 4) {
      const color = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    const parts = (color: number): [number, number, number] => [color >> 16, (color >> 8) & 255, color & 255];
    const ground = parts([...counts].sort(([, one], [, other]) => other - one)[0]![0]);
    found[name] = { ground, ratio: Math.max(...[...counts.keys()].map((color) => contrast(parts(color), ground))) };
  }
  return found;
}
