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

/** Throws an `Error` whose message names the line that is no row of ours. */
export const parseRowText = (text: string): RowState => {
  const state = new Map<MergedKind, Map<string, PlainCells>>(mergedKinds.map((kind) => [kind, new Map()]));
  const lines = text.split('\n');
  if (lines.length > mostRows) throw new Error(`${lines.length} rows`);
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const wrong = (why: string): Error => new Error(`row ${index + 1}: ${why}`);
    let parsed: unknown;
    try {
      parsed = JSON.parse(line);
    } catch {
      throw wrong('no JSON');
    }
    if (!Array.isArray(parsed) || parsed.length !== 3) throw wrong('not kind, key and cells');
    const [kind, key, cells]: readonly unknown[] = parsed;
    if (typeof kind !== 'string' || !isMergedKind(kind)) throw wrong(`unknown kind ${String(kind)}`);
    const shape: RecordedTable = recordedTables[kind];
    if (!Array.isArray(key) || key.length !== shape.key.length || !key.every((cell) => cell !== null && isCell(cell))) throw wrong('not a key');
    if (!isPlainCells(cells) || Object.keys(cells).length !== shape.columns.length || !shape.columns.every((column) => isCell(cells[column]))) throw wrong('not the cells of the table');
    if (Object.values(cells).some((cell) => typeof cell === 'string' && cell.length > longestCell)) throw wrong('a cell too long');
    const rows = state.get(kind);
    const name = rowKey(key);
    if (rows === undefined || rows.has(name)) throw wrong('twice the same key');
    rows.set(name, cells);
  }
  return state;
};
