/** The colour of one point of a page, as a person sees it. */

import type { Page } from '@playwright/test';

export async function pixel(page: Page, x: number, y: number): Promise<[red: number, green: number, blue: number]> {
  const png = await page.screenshot({ clip: { x, y, width: 1, height: 1 } });
  // Decoded by an empty page, since the page itself may have a policy against it.
  const decoder = await page.context().newPage();
  const colours = await decoder.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(1, 1).getContext('2d')!;
    canvas.drawImage(image, 0, 0);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  }, png.toString('base64'));
  await decoder.close();
  const [red, green, blue] = colours as [number, number, number];
  return [red, green, blue];
}
