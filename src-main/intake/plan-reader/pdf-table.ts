import { linesOf } from './pdf-lines.ts';
import type { PageRuns, Rule, Run } from './pdf-lines.ts';

export interface PageTable {
  readonly top: number;
  readonly bottom: number;
  readonly rows: readonly (readonly string[])[];
  readonly runs: readonly Run[];
  /** Found by positions alone, without lines drawn. */
  readonly guessed: boolean;
}

const NEAR = 3;

/** Tables that the page draws with lines; where it draws none, one under a header row of known words, guessed by position. */
export const tablesOnPage = (page: PageRuns): readonly PageTable[] => {
  const ruled = ruledTables(page);
  if (ruled.length > 0) return ruled;
  const guess = guessTable(page);
  return guess === null ? [] : [guess];
};

/** Positions that lie together taken as one. */
function cluster(values: readonly number[]): readonly number[] {
  const groups: number[][] = [];
  for (const value of values.toSorted((a, b) => a - b)) {
    const last = groups.at(-1);
    if (last !== undefined && value - (last.at(-1) ?? 0) <= NEAR) last.push(value);
    else groups.push([value]);
  }
  return groups.map((group) => group.reduce((sum, value) => sum + value, 0) / group.length);
}

function ruledTables(page: PageRuns): readonly PageTable[] {
  const down = page.rules.filter((rule) => !rule.across);
  const across = page.rules.filter((rule) => rule.across);
  if (down.length < 3 || across.length < 3) return [];
  return stretches(down, across).flatMap(([top, bottom]): readonly PageTable[] => {
    const own = down.filter((rule) => rule.from >= top - NEAR && rule.to <= bottom + NEAR);
    const lines = across.filter((rule) => rule.at >= top - NEAR && rule.at <= bottom + NEAR);
    const xs = cluster(own.map((rule) => rule.at));
    const ys = cluster(lines.map((rule) => rule.at));
    if (xs.length < 3 || ys.length < 3) return [];
    const runs = page.runs.filter((run) => run.y - run.size * 0.35 > top && run.y - run.size * 0.35 < bottom && run.x > (xs[0] ?? 0) - NEAR && run.x < (xs.at(-1) ?? 0));
    return [{ top, bottom, rows: readGrid(xs, ys, own, lines, runs), runs, guessed: false }];
  });
}

/** Vertical stretches of the page that rules going down cover without a gap. */
function stretches(down: readonly Rule[], across: readonly Rule[]): readonly (readonly [number, number])[] {
  const spans: [number, number][] = [];
  for (const { from, to } of down.toSorted((a, b) => a.from - b.from)) {
    const last = spans.at(-1);
    if (last !== undefined && from <= last[1] + NEAR * 2) last[1] = Math.max(last[1], to);
    else spans.push([from, to]);
  }
  return spans.filter(([top, bottom]) => across.filter((rule) => rule.at >= top - NEAR && rule.at <= bottom + NEAR).length >= 3);
}

/** The text of each cell; cells between which no line is drawn are one cell, whose text stands in each. */
function readGrid(xs: readonly number[], ys: readonly number[], down: readonly Rule[], across: readonly Rule[], runs: readonly Run[]): readonly (readonly string[])[] {
  const [width, height] = [xs.length - 1, ys.length - 1];
  const mid = (list: readonly number[], at: number): number => ((list[at] ?? 0) + (list[at + 1] ?? 0)) / 2;
  const wall = (rules: readonly Rule[], at: number, through: number): boolean => rules.some((rule) => Math.abs(rule.at - at) <= NEAR && rule.from <= through + NEAR && rule.to >= through - NEAR);
  const owner = Array.from({ length: height * width }, (_, index) => index);
  const root = (index: number): number => (owner[index] === index ? index : root(owner[index] ?? index));
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const index = row * width + column;
      if (column + 1 < width && !wall(down, xs[column + 1] ?? 0, mid(ys, row))) owner[root(index + 1)] = root(index);
      if (row + 1 < height && !wall(across, ys[row + 1] ?? 0, mid(xs, column))) owner[root(index + width)] = root(index);
    }
  }
  const cells = new Map<number, Run[]>();
  for (const run of runs) {
    const column = xs.findLastIndex((x) => x <= run.x + Math.min(run.width, 4) / 2);
    const row = ys.findLastIndex((y) => y <= run.y - run.size * 0.3);
    if (column < 0 || row < 0 || column >= width || row >= height) continue;
    const key = root(row * width + column);
    cells.set(key, [...(cells.get(key) ?? []), run]);
  }
  const textOf = (index: number): string => linesOf(cells.get(root(index)) ?? []).map((line) => line.text).join('');
  return Array.from({ length: height }, (_, row) => Array.from({ length: width }, (_unused, column) => textOf(row * width + column)));
}

const HEADER_WORDS = /^(?:序号|编号|指标|指标名称|建设指标|任务|工作任务|重点任务|内容|目标|目标值|指标值|标准|考核标准|牵头单位|责任单位|配合单位|协办单位|参与单位|责任部门|牵头部门|配合部门|类别|领域|备注|完成时限)$/u;

/** A table without lines: a row of three or more header words, columns between them, rows where the first column speaks. */
function guessTable(page: PageRuns): PageTable | null {
  const headers = page.runs.filter((run) => HEADER_WORDS.test(run.text.replace(/\s/gu, '')));
  const row = headers.map((run) => headers.filter((other) => Math.abs(other.y - run.y) < run.size * 0.6).toSorted((a, b) => a.x - b.x)).toSorted((a, b) => b.length - a.length)[0];
  if (row === undefined || row.length < 3) return null;
  const headY = row[0]?.y ?? 0;
  const below = page.runs.filter((run) => run.y > headY + run.size * 0.6);
  const edges = row.slice(1).map((run, at) => boundary(row[at], run, below));
  const columnOf = (run: Run): number => edges.filter((edge) => run.x + Math.min(run.width, run.size) / 2 >= edge).length;
  const firsts = linesOf(below.filter((run) => columnOf(run) === 0)).map((line) => line.y);
  if (firsts.length < 2) return null;
  const rows = firsts.map((_, at) => row.map((_unused, column) => linesOf(below.filter((run) => columnOf(run) === column && nearest(firsts, run.y) === at)).map((line) => line.text).join('')));
  return { top: headY - 12, bottom: Math.max(...below.map((run) => run.y)) + 2, rows: [row.map((run) => run.text), ...rows], runs: page.runs.filter((run) => run.y > headY - 6), guessed: true };
}

/** Where one column ends and the next begins: the middle of the gap that the rows below leave between two headers. */
function boundary(left: Run | undefined, right: Run, below: readonly Run[]): number {
  const from = left === undefined ? 0 : left.x + left.width / 2;
  const to = right.x + right.width / 2;
  let best = { x: (from + to) / 2, crossing: Number.POSITIVE_INFINITY };
  for (let x = from; x <= to; x += 2) {
    const crossing = below.filter((run) => run.x < x && run.x + run.width > x).length;
    const better = crossing < best.crossing || (crossing === best.crossing && Math.abs(x - right.x) < Math.abs(best.x - right.x));
    if (better) best = { x, crossing };
  }
  return best.x;
}

const nearest = (places: readonly number[], y: number): number => places.reduce((best, place, at) => (Math.abs(place - y) < Math.abs((places[best] ?? 0) - y) ? at : best), 0);
