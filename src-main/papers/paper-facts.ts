import type { Paper } from './paper.ts';

/** What a paper states, line by line in its order: every text and every row of its tables. Its looks and page breaks are left out. */
export const factsOfPaper = (paper: Paper): readonly string[] =>
  paper.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block): readonly string[] => {
      switch (block.kind) {
        case 'text':
          return block.text.split('\n').map(squeeze);
        case 'table':
          return block.table.rows.map(({ cells }) => cells.map(({ text }) => squeeze(text)).join('｜'));
        case 'chart':
          return block.chart.points.map(({ label, value }) => `${block.chart.caption}${label}：${value === null ? '' : String(value)}`);
        case 'contents':
        case 'space':
        case 'move-to':
        case 'page-break':
          return [];
        default:
          return block satisfies never;
      }
    }).filter((line) => line !== ''),
  );

const squeeze = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** A statement of a paper that the archive no longer bears out: what was said, and what would be said now. One of both may be empty. */
export interface FactChange {
  readonly before: string;
  readonly now: string;
}

/** Compares what a paper said with what it would say now; lines that stand in both are left out, in whatever order they stand. */
export function compareFacts(before: readonly string[], now: readonly string[]): readonly FactChange[] {
  const gone = withoutThose(before, now);
  const come = withoutThose(now, before);
  const replaced = new Map<number, string>();
  // The line that replaced it says the same with other figures, or is the row of the same name.
  for (const isHeir of [isAlike, isSameRow]) {
    for (const [index, line] of gone.entries()) {
      const at = replaced.has(index) ? -1 : come.findIndex((other) => isHeir(line, other));
      if (at !== -1) replaced.set(index, come.splice(at, 1)[0] ?? '');
    }
  }
  return [...gone.map((line, index) => ({ before: line, now: replaced.get(index) ?? '' })), ...come.map((line) => ({ before: '', now: line }))];
}

const isAlike = (a: string, b: string): boolean => withoutFigures(a) === withoutFigures(b);

/** Rows of a table whose first cell is the same: a year, an indicator's code. */
const isSameRow = (a: string, b: string): boolean => {
  const [name = '', ...cells] = a.split('｜');
  return name !== '' && cells.length > 0 && b.startsWith(`${name}｜`);
};

function withoutThose(lines: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const left = counts.get(line) ?? 0;
    if (left > 0) counts.set(line, left - 1);
    return left === 0;
  });
}

const withoutFigures = (line: string): string => line.replace(/\d+(?:[.–-]\d+)*/gu, '0');
