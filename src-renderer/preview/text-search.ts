/** A place in a page's text: which run of text, and which character of it. */
export interface TextPlace {
  readonly run: number;
  readonly offset: number;
}

/** From the first character of a match to just behind its last. */
export interface TextMatch {
  readonly from: TextPlace;
  readonly to: TextPlace;
}

interface TextIndex {
  readonly characters: string;
  readonly places: readonly TextPlace[];
}

/** A page's text as it is compared: without blanks and line breaks (scans and tables break words anywhere), forms and case folded. */
export function indexText(runs: readonly string[]): TextIndex {
  let characters = '';
  const places: TextPlace[] = [];
  for (const [run, text] of runs.entries()) {
    for (let offset = 0; offset < text.length; offset += 1) {
      const folded = fold(text.charAt(offset));
      characters += folded;
      for (let count = 0; count < folded.length; count += 1) places.push({ run, offset });
    }
  }
  return { characters, places };
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/gu, '');

/** Every match of `query`, left to right, not overlapping. An empty query has none. */
export function findMatches(runs: readonly string[], query: string): readonly TextMatch[] {
  const wanted = fold(query);
  if (wanted === '') return [];
  const { characters, places } = indexText(runs);
  const matches: TextMatch[] = [];
  for (let at = characters.indexOf(wanted); at !== -1; at = characters.indexOf(wanted, at + wanted.length)) {
    const from = places[at];
    const last = places[at + wanted.length - 1];
    if (from !== undefined && last !== undefined) matches.push({ from, to: { run: last.run, offset: last.offset + 1 } });
  }
  return matches;
}
