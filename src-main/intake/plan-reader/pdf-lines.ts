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

/** Writers set a little air between ideographs and figures; readers of the page report it as a space. */
const closeGaps = (text: string): string => text.replace(/(?<=[\u4e00-\u9fff]) (?=[\dA-Za-z≥≤△])|(?<=[\dA-Za-z%‰]) (?=[\u4e00-\u9fff])/gu, '');

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
      text += gap > run.size * 0.9 && text !== '' ? ` ${run.text}` : run.text;
      end = run.x + run.width;
    }
    return { text: closeGaps(text.trim()), x: sorted[0]?.x ?? 0, right: Math.max(...sorted.map((run) => run.x + run.width)), y: sorted[0]?.y ?? 0, size: Math.max(...sorted.map((run) => run.size)) };
  });
};
