/** Room a letter takes: one for Chinese and other full-width ones, half for Latin letters and digits. */
const roomOf = (letter: string): number => (/^[\u0020-\u024f]$/u.test(letter) ? 0.55 : 1);

/** Takes letters from one end while they fit. */
function fit(letters: readonly string[], room: number): readonly string[] {
  let left = room;
  const end = letters.findIndex((letter) => (left -= roomOf(letter)) < 0);
  return end === -1 ? letters : letters.slice(0, end);
}

/** A title that is too long loses its middle: what tells it from its neighbours often stands at the end. `room` in full-width letters. */
export function shortenMiddle(text: string, room: number): string {
  const letters = [...text];
  if (letters.reduce((sum, letter) => sum + roomOf(letter), 0) <= room) return text;
  const tail = fit(letters.toReversed(), Math.max(3, room * 0.45)).toReversed();
  const head = fit(letters, Math.max(3, room - tail.reduce((sum, letter) => sum + roomOf(letter), 0) - 1));
  return `${head.join('')}…${tail.join('')}`;
}
