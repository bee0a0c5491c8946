import type { Canvas } from '@napi-rs/canvas';
import { detailHeight, detailWidth } from '../image-likeness.ts';
import type { PageLook } from '../worker-protocol.ts';
import { findInk, greyOf, toGrey, type GreyPicture } from './grey-picture.ts';
import { findTextStrips, type TextStrips } from './text-strips.ts';

/** Pixels of the longer side that a page is looked at in: 16 pt letters are some 22 high. */
export const lookSide = 1240;

/** What can be told of a page from its pixels, without reading it, and pieces of its lines for telling which way up it lies. */
export function lookAtPixels(page: Canvas): Pick<PageLook, 'blank' | 'print' | 'detail' | 'sharpness'> & { readonly strips: TextStrips } {
  const grey = toGrey(page, lookSide);
  const ink = findInk(grey);
  const inCells = (width: number, height: number): string => Buffer.from(greyOf(page, width, height).data).toString('base64');
  return { blank: isBlank(grey, ink), print: inCells(printWidth, printHeight), detail: inCells(detailWidth, detailHeight), sharpness: measureSharpness(toGrey(page, sharpSide)), strips: findTextStrips(grey, ink, page.width / grey.width) };
}

const cell = 8;
const inkOfCell = 6;

/**
 * No letter on it. Shadow, tint, grain and specks are no ink; neither is a lone streak of the scanner's or a fold, which fills one or
 * two columns or a single row. What lies within 3 % of an edge is the lid's or the table's.
 */
function isBlank({ width, height }: GreyPicture, ink: Uint8Array): boolean {
  const rows = new Set<number>();
  const columns = new Set<number>();
  let cells = 0;
  const edge = Math.ceil(0.03 * Math.max(width, height));
  for (let top = edge; top + cell <= height - edge; top += cell) {
    for (let left = edge; left + cell <= width - edge; left += cell) {
      let count = 0;
      for (let y = top; y < top + cell; y += 1) for (let x = left; x < left + cell; x += 1) count += ink[y * width + x] ?? 0;
      if (count < inkOfCell) continue;
      cells += 1;
      rows.add(top);
      columns.add(left);
    }
  }
  return cells < 3 || columns.size <= 2 || rows.size <= 1;
}

/** Cells of a page's print: some 6.6 mm of A4 each. Coarser, all letters look alike; finer, a sheet laid askew is another one. */
export const printWidth = 32;
export const printHeight = 45;

/** Differences between neighbours of a 9 × 8 grey picture, 64 bits as 16 hexadecimal digits. */
export function hashOf(page: Canvas): string {
  const { data } = greyOf(page, 9, 8);
  let hash = 0n;
  for (let y = 0; y < 8; y += 1) {
    for (let x = 0; x < 8; x += 1) hash = (hash << 1n) | ((data[y * 9 + x] ?? 0) > (data[y * 9 + x + 1] ?? 0) ? 1n : 0n);
  }
  return hash.toString(16).padStart(16, '0');
}

const tile = 32;

/** Pixels of the longer side at which a picture printed over a page must be in focus; grain counts little there. */
const sharpSide = 640;

/**
 * Variance of the Laplacian in the sharpest tenth of the picture's tiles: high wherever a picture has an edge in focus, however
 * much of it is sky. Flat pictures have none; see `blurredBelow` in domain for what the figure means.
 */
function measureSharpness({ width, height, data }: GreyPicture): number {
  const figures: number[] = [];
  for (let top = 1; top + tile < height; top += tile) {
    for (let left = 1; left + tile < width; left += tile) {
      let sum = 0;
      let squares = 0;
      for (let y = top; y < top + tile; y += 1) {
        for (let x = left; x < left + tile; x += 1) {
          const at = y * width + x;
          const edge = 4 * (data[at] ?? 0) - (data[at - 1] ?? 0) - (data[at + 1] ?? 0) - (data[at - width] ?? 0) - (data[at + width] ?? 0);
          sum += edge;
          squares += edge * edge;
        }
      }
      const count = tile * tile;
      figures.push(squares / count - (sum / count) ** 2);
    }
  }
  const sharpest = figures.toSorted((a, b) => b - a).slice(0, Math.max(1, Math.ceil(figures.length / 10)));
  return figures.length === 0 ? 0 : Math.round((sharpest.reduce((total, figure) => total + figure, 0) / sharpest.length) * 10) / 10;
}
