import { isPlainCells, parseRowKey, recordedTables, rowKey } from '../archive/index.ts';
import type { PlainCell, PlainCells, RecordedTable, RowState } from '../archive/index.ts';
import { isMergedKind, mergedKinds } from './merge-fields.ts';
import type { MergedKind } from './merge-fields.ts';

/** A cell is a text of the office's; a longer one is not. */
const longestCell = 4_000_000;
const mostRows = 2_000_000;

/** One row a line: `["value",["1",2023],{"value":96.3,…}]`, kinds and keys in a fixed order, so that equal rows are equal bytes. */
export function* rowLines(state: RowState): Generator<string> {
  for (const kind of mergedKinds) {
    const shape: RecordedTable = recordedTables[kind];
    const rows = state.get(kind);
    if (rows === undefined) continue;
    for (const key of [...rows.keys()].sort()) {
      const cells = rows.get(key) ?? {};
      yield `${JSON.stringify([kind, parseRowKey(key), Object.fromEntries(shape.columns.map((column) => [column, cells[column] ?? null]))])}\n`;
    }
  }
}

export const writeRowText = (state: RowState): string => [...rowLines(state)].join('');

const isCell = (value: unknown): value is PlainCell => value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));

/** A line of three: kind, key, and what is said of that row. */
interface KeyedLine {
  readonly kind: MergedKind;
  readonly key: string;
  readonly shape: RecordedTable;
  readonly said: unknown;
  readonly wrong: (why: string) => Error;
}

/** The lines of a text, every row once. Throws an `Error` whose message names the line that is none of ours. */
export function* keyedLines(text: string, what: string): Generator<KeyedLine> {
  const known = new Map<MergedKind, Set<string>>(mergedKinds.map((kind) => [kind, new Set()]));
  const lines = text.split('\n');
  if (lines.length > mostRows) throw new Error(`${lines.length} ${what}s`);
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const wrong = (why: string): Error => new Error(`${what} ${index + 1}: ${why}`);
    let parsed: unknown;
    try {
      parsed = JSON.parse(line);
    } catch {
      throw wrong('no JSON');
    }
    if (!Array.isArray(parsed) || parsed.length !== 3) throw wrong('not kind, key and cells');
    const [kind, key, said]: readonly unknown[] = parsed;
    if (typeof kind !== 'string' || !isMergedKind(kind)) throw wrong(`unknown kind ${String(kind)}`);
    const shape: RecordedTable = recordedTables[kind];
    if (!Array.isArray(key) || key.length !== shape.key.length || !key.every((cell) => cell !== null && isCell(cell))) throw wrong('not a key');
    const name = rowKey(key);
    if (known.get(kind)?.has(name) !== false) throw wrong('twice the same key');
    known.get(kind)?.add(name);
    yield { kind, key: name, shape, said, wrong };
  }
}

/** Throws an `Error` whose message names the line that is no row of ours. */
export const parseRowText = (text: string): RowState => {
  const state = new Map<MergedKind, Map<string, PlainCells>>(mergedKinds.map((kind) => [kind, new Map()]));
  for (const { kind, key, shape, said: cells, wrong } of keyedLines(text, 'row')) {
    if (!isPlainCells(cells) || Object.keys(cells).length !== shape.columns.length || !shape.columns.every((column) => isCell(cells[column]))) throw wrong('not the cells of the table');
    if (Object.values(cells).some((cell) => typeof cell === 'string' && cell.length > longestCell)) throw wrong('a cell too long');
    state.get(kind)?.set(key, cells);
  }
  return state;
};
