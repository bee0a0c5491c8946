import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './tools.ts';

/** A page as poppler draws it: three bytes a pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

/** Draws pages `first`–`last` of a file into a folder of that name, which is emptied first. */
export function renderPages(path: string, into: string, options: readonly string[], run = runTool): readonly Picture[] {
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into);
  run('pdftoppm', [...options, path, join(into, 'p')]);
  return readdirSync(into).sort().map((file) => {
    const bytes = readFileSync(join(into, file));
    const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 40));
    return { width: Number(header?.[1]), height: Number(header?.[2]), pixels: bytes.subarray(header?.[0].length ?? 0) };
  });
}

/** A corner of the picture, in pixels, that is not compared: the page number stands there. */
export interface StampedCorner {
  readonly width: number;
  readonly height: number;
}

/** Pixels that differ visibly outside the upper right corner. With `nudged`, what moved by less than a pixel does not count. */
export function differingPixels(a: Picture, b: Picture, corner: StampedCorner, nudged = false): number {
  if (a.width !== b.width || a.height !== b.height) return a.width * a.height;
  let count = 0;
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width; x++) {
      if (y < corner.height && x > a.width - corner.width) continue;
      const at = (y * a.width + x) * 3;
      let apart = 0;
      for (let c = 0; c < 3; c++) apart += Math.abs((a.pixels[at + c] ?? 0) - (b.pixels[at + c] ?? 0));
      if (apart > VISIBLE && !(nudged && (isAround(a, b, x, y) || isAround(b, a, x, y)))) count++;
    }
  }
  return count;
}

const VISIBLE = 24;

/** Whether a pixel's colour lies among those around the same place in the other picture. */
function isAround(a: Picture, b: Picture, x: number, y: number): boolean {
  let outside = 0;
  for (let c = 0; c < 3; c++) {
    let low = 255;
    let high = 0;
    for (let v = Math.max(0, y - 1); v <= Math.min(b.height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(b.width - 1, x + 1); u++) {
        const value = b.pixels[(v * b.width + u) * 3 + c] ?? 0;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    const own = a.pixels[(y * a.width + x) * 3 + c] ?? 0;
    outside += Math.max(0, low - own, own - high);
  }
  return outside <= VISIBLE;
}
