/** Sharpness (intake's `PageLook`) below which a photo printed over a page is too blurred to serve; a sharp one has some hundreds. */
export const blurredBelow = 60;

/** Fewer characters tell too little of a page to say that another one is the same. */
const leastCharacters = 24;
const leastShared = 0.9;

/**
 * Whether two pages read the same, as one sheet scanned twice does: nearly all pairs of neighbouring characters, and every figure but
 * one in a hundred. Two sheets of one form with other figures do not.
 */
export function readTheSame(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)];
  if (Math.min(a.length, b.length) < leastCharacters) return false;
  const figures = shareOf(figuresOf(one), figuresOf(other));
  return figures.missing <= figures.all / 100 && shareOf(pairsOf(a), pairsOf(b)).shared >= leastShared;
}

const plain = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
const figuresOf = (text: string): readonly string[] => text.normalize('NFKC').match(/\d+(?:\.\d+)?/gu) ?? [];
const pairsOf = (text: string): readonly string[] => Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));

/** Members that both bags have, as a part of all (Dice), and how many of the larger bag's the other lacks. */
function shareOf(one: readonly string[], other: readonly string[]): { readonly shared: number; readonly missing: number; readonly all: number } {
  const counts = new Map<string, number>();
  for (const member of one) counts.set(member, (counts.get(member) ?? 0) + 1);
  let common = 0;
  for (const member of other) {
    const left = counts.get(member) ?? 0;
    if (left === 0) continue;
    counts.set(member, left - 1);
    common += 1;
  }
  const all = Math.max(one.length, other.length);
  return { shared: one.length + other.length === 0 ? 1 : (2 * common) / (one.length + other.length), missing: all - common, all };
}
