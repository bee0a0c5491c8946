/** Bits in which two perceptual hashes differ, 0–64; up to 8 is taken as the same sheet scanned twice. */
export function countDifferentBits(a: string, b: string): number {
  let difference = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  while (difference > 0n) {
    count += Number(difference & 1n);
    difference >>= 1n;
  }
  return count;
}

/** How two prints of pages differ: on the average of their cells and in the one that differs most, 0 to 255. */
export interface PrintDifference {
  readonly mean: number;
  readonly most: number;
}

/** Prints of different sizes have nothing in common. */
export function comparePrints(one: Uint8Array, other: Uint8Array): PrintDifference {
  if (one.length !== other.length || one.length === 0) return { mean: 255, most: 255 };
  let sum = 0;
  let most = 0;
  for (let at = 0; at < one.length; at += 1) {
    const difference = Math.abs((one[at] ?? 0) - (other[at] ?? 0));
    sum += difference;
    if (difference > most) most = difference;
  }
  return { mean: sum / one.length, most };
}

/** Cells of a page's finer print: some 1.1 mm of A4 each, a quarter of a letter of its text. */
export const detailWidth = 192;
export const detailHeight = 272;

const block = 8;
/** Spread of brightness in a block that is not mere paper, shadow or grain. */
const leastSpread = 16;
/** Least correlation of every such block. What is still one picture in full keeps more than 0.8, and 0.5 where it was spoilt beyond that; of two letters some line has none. */
const leastAgreement = 0.4;

/** Whether two pages near by their prints are surely two pictures, by their finer prints; false also where those have not that size. */
export function differInDetail(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== detailWidth * detailHeight || other.length !== one.length) return false;
  for (let top = 0; top + block <= detailHeight; top += block) {
    for (let left = 0; left + block <= detailWidth; left += block) if (blockDiffers(one, other, top * detailWidth + left)) return true;
  }
  return false;
}

function blockDiffers(one: Uint8Array, other: Uint8Array, from: number): boolean {
  const { spreadOne, spreadOther, together } = spreadOfSquares(one, from, other, from, detailWidth, block);
  return Math.max(spreadOne, spreadOther) >= leastSpread ** 2 && together <= leastAgreement * Math.sqrt(Math.max(0, spreadOne * spreadOther));
}

/** Variances of two squares of grey, `size` × `size` in rows of `width`, and their covariance. */
export function spreadOfSquares(one: Uint8Array, from: number, other: Uint8Array, otherFrom: number, width: number, size: number): { readonly spreadOne: number; readonly spreadOther: number; readonly together: number } {
  let [sumOne, sumOther, squareOne, squareOther, product] = [0, 0, 0, 0, 0];
  for (let row = 0; row < size * width; row += width) {
    for (let at = row; at < row + size; at += 1) {
      const [a, b] = [one[from + at] ?? 0, other[otherFrom + at] ?? 0];
      sumOne += a;
      sumOther += b;
      squareOne += a * a;
      squareOther += b * b;
      product += a * b;
    }
  }
  const cells = size * size;
  return { spreadOne: squareOne / cells - (sumOne / cells) ** 2, spreadOther: squareOther / cells - (sumOther / cells) ** 2, together: product / cells - (sumOne / cells) * (sumOther / cells) };
}

/** One picture, saved again, may differ so much; of other pages one pair in two hundred. */
export const mayBeCopy = ({ mean, most }: PrintDifference): boolean => most <= 36 && mean <= 4;
/** One sheet, scanned again a little askew, may differ so much; of other letters every tenth pair. */
export const mayBeRescan = ({ mean, most }: PrintDifference): boolean => most <= 110 && mean <= 6;
