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
