import { A4, MM_PER_POINT } from '../domain/page-drawing.ts';
import type { DrawnPage, DrawOp, MeasureText } from '../domain/page-drawing.ts';
import { breakLines, cleanText } from '../papers/line-breaking.ts';

export interface ContentsRow {
  readonly key: string;
  readonly title: string;
  /** The number printed and stamped: the page's place in the whole file. */
  readonly page: number;
}

const left = 28;
const right = A4.width - 26;
const top = 60;
const pitch = 9;
const size = 12;
const rowsPerPage = Math.floor((A4.height - 35 - top) / pitch);

const countContentsPages = (lines: number): number => Math.max(1, Math.ceil(lines / rowsPerPage));

/** Breaks a title to the width of its column by the rules that all papers follow. */
function breakTitle(title: string, measure: MeasureText): readonly string[] {
  const width = right - left - 22;
  if (measure(title, 'song', size) <= width) return [title];
  return breakLines(cleanText(title).replaceAll('\n', ' '), width, (piece) => measure(piece, 'song', size));
}

/** A contents list: a title, a dotted leader and a page number for each source, each row linked to its first page. */
export function layoutContents(rows: readonly ContentsRow[], measure: MeasureText): readonly DrawnPage[] {
  const lines = rows.flatMap((row) => {
    const broken = breakTitle(row.title, measure);
    return broken.map((text, index) => ({ text, row, last: index === broken.length - 1 }));
  });
  const pages: DrawnPage[] = [];
  for (let page = 0; page < countContentsPages(lines.length); page += 1) {
    const ops: DrawOp[] = [];
    const heading = '目录';
    ops.push({ op: 'text', x: (A4.width - measure(heading, 'xiaobiaosong', 22) - 8) / 2, y: 45, text: '目 录', font: 'xiaobiaosong', size: 22 });
    lines.slice(page * rowsPerPage, (page + 1) * rowsPerPage).forEach(({ text, row, last }, index) => {
      const y = top + index * pitch;
      ops.push({ op: 'text', x: left, y, text, font: 'song', size });
      ops.push({ op: 'link', x: left, y: y - size * MM_PER_POINT, w: right - left, h: pitch - 1, toItem: row.key });
      if (!last) return;
      const number = String(row.page);
      const numberX = right - measure(number, 'song', size);
      ops.push({ op: 'text', x: numberX, y, text: number, font: 'song', size });
      const leaderFrom = left + measure(text, 'song', size) + 2;
      if (numberX - 2 > leaderFrom) ops.push({ op: 'line', x1: leaderFrom, y1: y - 0.6, x2: numberX - 2, y2: y - 0.6, width: 0.25, dash: [0.3, 1.2] });
    });
    pages.push({ width: A4.width, height: A4.height, ops });
  }
  return pages;
}
