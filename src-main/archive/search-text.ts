/**
 * Text as search sees it: NFKC, lower case, punctuation gone; white space gone too, but for one `_` between two words that are
 * not Chinese. Done code point by code point so that each result maps back to its place in the original.
 */
const letterOrDigit = /[\p{L}\p{N}]/u;
const mark = /\p{M}/u;
const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}〇々]/u;
const digit = /\p{Nd}/u;
const space = /\s/u;

export interface FoldedText {
  readonly text: string;
  /** For each UTF-16 unit of `text`, where the character it came from begins in the original. */
  readonly starts: readonly number[];
  /** For each UTF-16 unit of `text`, where that character ends in the original. */
  readonly ends: readonly number[];
}

const foldedCharacters = new Map<string, string>();

const foldCharacter = (character: string): string => {
  const known = foldedCharacters.get(character);
  if (known !== undefined) return known;
  const folded = [...character.normalize('NFKC').toLowerCase()].filter((part) => letterOrDigit.test(part) || part === '.').join('');
  const plain = mark.test(character) ? '' : folded;
  foldedCharacters.set(character, plain);
  return plain;
};

const kinds = new Map<string, 'han' | 'digit' | 'word'>();
const kindOf = (character: string): 'han' | 'digit' | 'word' => {
  const known = kinds.get(character);
  if (known !== undefined) return known;
  const kind = han.test(character) ? 'han' : digit.test(character) ? 'digit' : 'word';
  kinds.set(character, kind);
  return kind;
};

/** Folds with places. */
export const foldText = (original: string): FoldedText => {
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let last = '';
  let pendingSpace = -1;
  let pendingPoint = -1;
  let at = 0;
  const append = (part: string, start: number, end: number): void => {
    folded += part;
    for (let unit = 0; unit < part.length; unit += 1) {
      starts.push(start);
      ends.push(end);
    }
  };
  for (const character of original) {
    const start = at;
    at += character.length;
    if (space.test(character)) {
      if (pendingSpace < 0) pendingSpace = start;
      continue;
    }
    const parts = foldCharacter(character);
    if (parts === '.') {
      pendingPoint = start;
      continue;
    }
    for (const part of parts) {
      if (part === '.') continue;
      const kind = kindOf(part);
      const lastKind = last === '' ? 'han' : kindOf(last);
      // A point counts only inside a figure: 96.3 is not 963.
      if (pendingPoint >= 0 && pendingSpace < 0 && kind === 'digit' && lastKind === 'digit') append('.', pendingPoint, pendingPoint + 1);
      else if (pendingSpace >= 0 && kind !== 'han' && lastKind !== 'han') append('_', pendingSpace, pendingSpace + 1);
      append(part, start, at);
      last = part;
      pendingSpace = -1;
      pendingPoint = -1;
    }
  }
  return { text: folded, starts, ends };
};

/** Folds without places. */
export const normalizeForSearch = (original: string): string => foldText(original).text;

/** Overlapping pairs of characters (the last one alone), separated by spaces: what the index holds for a text. */
export const toBigrams = (folded: string): string => {
  const characters = [...folded];
  let pairs = '';
  for (let at = 0; at < characters.length; at += 1) pairs += `${at === 0 ? '' : ' '}${characters[at] ?? ''}${characters[at + 1] ?? ''}`;
  return pairs;
};

/** The query that finds a folded text wherever it stands; null for an empty one. */
export const toPhraseQuery = (folded: string): string | null => {
  const characters = [...folded];
  const first = characters[0];
  if (first === undefined) return null;
  if (characters.length === 1) return `"${first}"*`;
  return `"${characters.slice(0, -1).map((character, at) => `${character}${characters[at + 1] ?? ''}`).join(' ')}"`;
};
