/** Letters of a name that recognition may have mistaken, by the name's length. Shorter names differ by one letter from each other. */
const allowedMistakes = (length: number): number => (length < 5 ? 0 : length < 9 ? 1 : 2);

/** Letters to change, add or take out to make one text of the other. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[other.length] ?? 0;
}

/**
 * The one name that a text read from a picture ends with, give or take a mistaken letter; null where none or several come near. Official
 * letterheads put the city or the Party's committee in front of a unit's name, so that only the end is compared.
 */
export function nearName(read: string, names: readonly string[]): string | null {
  const near = names.flatMap((name) => {
    const allowed = allowedMistakes(name.length);
    if (allowed === 0) return [];
    const distances = [-1, 0, 1].filter((more) => name.length + more <= read.length).map((more) => editDistance(read.slice(read.length - name.length - more), name));
    const mistakes = Math.min(...distances);
    return mistakes <= allowed ? [{ name, mistakes }] : [];
  });
  const fewest = Math.min(...near.map(({ mistakes }) => mistakes));
  const best = near.filter(({ mistakes }) => mistakes === fewest).toSorted((a, b) => b.name.length - a.name.length);
  const [first, second] = best;
  return first === undefined || (second !== undefined && !first.name.endsWith(second.name)) ? null : first.name;
}
