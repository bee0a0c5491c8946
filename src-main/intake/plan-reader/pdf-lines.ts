/** A run of text on a page: x from the left, y of its baseline from the top, points. */
export interface Run {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

/** A straight line on a page: `at` is its y where it goes across, else its x. */
export interface Rule {
  readonly across: boolean;
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface PageRuns {
  readonly width: number;
  readonly height: number;
  readonly runs: readonly Run[];
  readonly rules: readonly Rule[];
}

export interface Line {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

/** Between these writers of pages set a little air. */
const isAir = (before: string, after: string): boolean => (/[\u4e00-\u9fff]$/u.test(before) && /^[\dA-Za-z≥≤△]/u.test(after)) || (/[\dA-Za-z%‰]$/u.test(before) && /^[\u4e00-\u9fff]/u.test(after));

const BESIDE = 2;
const tight = (text: string): string => text.replace(/\s/gu, '');
const beside = (before: string, after: string): string => `${tight(before).slice(-BESIDE)} ${tight(after).slice(0, BESIDE)}`;

/** The signs on both sides of each blank in a text as its page writes it (`高于 85`). */
export const blanksOf = (written: string): ReadonlySet<string> =>
  new Set([...written.matchAll(/(?<=\S) (?=\S)/gu)].map(({ index }) => beside(written.slice(Math.max(0, index - 8), index), written.slice(index + 1, index + 9))));

/** Readers of a page report the air between ideographs and figures as blanks. Here a blank stays only where the page writes one. */
export const closeGaps = (pieces: readonly string[], blanks: ReadonlySet<string>): readonly string[] => {
  let said = '';
  return pieces.map((piece, at) => {
    const ahead = pieces.slice(at + 1, at + 9).join('');
    const closed = piece.replace(/ +/gu, (gap, from: number) => {
      const [before, after] = [`${said}${piece.slice(0, from)}`, `${piece.slice(from + gap.length)}${ahead}`];
      return isAir(tight(before), tight(after)) && !blanks.has(beside(before.slice(-8), after)) ? '' : gap;
    });
    said = `${said}${piece}`.slice(-8);
    return closed;
  });
};

/** Runs on one baseline put together, from top to bottom. */
export const linesOf = (runs: readonly Run[]): readonly Line[] => {
  const rows: Run[][] = [];
  for (const run of runs.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const row = rows.findLast((candidate) => Math.abs((candidate[0]?.y ?? 0) - run.y) < Math.max(2, run.size * 0.45));
    if (row === undefined) rows.push([run]);
    else row.push(run);
  }
  return rows.map((row) => {
    const sorted = row.toSorted((a, b) => a.x - b.x);
    let text = '';
    let end = Number.NaN;
    for (const run of sorted) {
      const gap = run.x - end;
      text += gap > run.size * 0.9 && text !== '' && !isAir(text, run.text) ? ` ${run.text}` : run.text;
      end = run.x + run.width;
    }
    return { text: text.trim(), x: sorted[0]?.x ?? 0, right: Math.max(...sorted.map((run) => run.x + run.width)), y: sorted[0]?.y ?? 0, size: Math.max(...sorted.map((run) => run.size)) };
  });
};
