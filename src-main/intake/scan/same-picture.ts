import type { Canvas } from '@napi-rs/canvas';
import { spreadOfSquares } from '../image-likeness.ts';
import { findInk, greyOf, type GreyPicture } from './grey-picture.ts';

/** Pixels of the longer side at which one figure of small print on A4 can still be told from another. */
const comparedSide = 1240;
const piece = 16;
const inkOfPiece = 0.1;
/** Least correlation of every piece that bears ink. Saving again with half the pixels leaves more, one other figure less. */
const leastAgreement = 0.82;

/**
 * Whether two pages are one picture, copied or saved again in another size or quality. A sheet that was scanned twice lies a little
 * askew and is another picture; whether the two say the same only their text can tell.
 */
export function showSamePicture(one: Canvas, other: Canvas): boolean {
  if (Math.abs(one.width / one.height / (other.width / other.height) - 1) > 0.02) return false;
  const scale = comparedSide / Math.max(one.width, one.height);
  const [width, height] = [Math.round(one.width * scale), Math.round(one.height * scale)];
  const [a, b] = [greyOf(one, width, height), greyOf(other, width, height)];
  return agree(a, b) && agree(b, a);
}

function agree(a: GreyPicture, b: GreyPicture): boolean {
  const ink = findInk(a);
  let pieces = 0;
  for (let top = 1; top + piece < a.height; top += piece) {
    for (let left = 1; left + piece < a.width; left += piece) {
      let count = 0;
      for (let y = top; y < top + piece; y += 1) for (let x = left; x < left + piece; x += 1) count += ink[y * a.width + x] ?? 0;
      if (count < piece * piece * inkOfPiece) continue;
      pieces += 1;
      if (correlate(a, b, left, top) < leastAgreement) return false;
    }
  }
  return pieces > 0;
}

/** Normalised correlation of a piece with its counterpart, which rounding may have moved by one pixel. */
function correlate(a: GreyPicture, b: GreyPicture, left: number, top: number): number {
  let best = 0;
  for (let dy = -1; dy <= 1; dy += 1) {
    for (let dx = -1; dx <= 1; dx += 1) {
      const { spreadOne, spreadOther, together } = spreadOfSquares(a.data, top * a.width + left, b.data, (top + dy) * b.width + left + dx, a.width, piece);
      const spread = Math.sqrt(spreadOne * spreadOther);
      if (spread > 0) best = Math.max(best, together / spread);
      if (best >= leastAgreement) return best;
    }
  }
  return best;
}
