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

/** One picture, saved again, may differ so much; of other pages one pair in two hundred. */
export const mayBeCopy = ({ mean, most }: PrintDifference): boolean => most <= 36 && mean <= 4;
/** One sheet, scanned again a little askew, may differ so much; of other letters every tenth pair. */
export const mayBeRescan = ({ mean, most }: PrintDifference): boolean => most <= 110 && mean <= 6;
