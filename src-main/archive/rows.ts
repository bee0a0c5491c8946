import type { Row } from './database.ts';

/** Cells read with their type checked: a row that a damaged file garbled is an error, never a wrong figure. */
const wrong = (row: Row, column: string, wanted: string): Error => new Error(`column ${column} holds ${typeof row[column]}, not ${wanted}`);

export const text = (row: Row, column: string): string => {
  const cell = row[column];
  if (typeof cell !== 'string') throw wrong(row, column, 'text');
  return cell;
};

export const textOrNull = (row: Row, column: string): string | null => (row[column] === null ? null : text(row, column));

export const number = (row: Row, column: string): number => {
  const cell = row[column];
  if (typeof cell !== 'number') throw wrong(row, column, 'a number');
  return cell;
};

export const numberOrNull = (row: Row, column: string): number | null => (row[column] === null ? null : number(row, column));

export const flag = (row: Row, column: string): boolean => number(row, column) !== 0;

export const bytes = (row: Row, column: string): Uint8Array => {
  const cell = row[column];
  if (!(cell instanceof Uint8Array)) throw wrong(row, column, 'bytes');
  return cell;
};

export const oneOf = <Word extends string>(row: Row, column: string, words: readonly Word[]): Word => {
  const cell = text(row, column);
  const word = words.find((known) => known === cell);
  if (word === undefined) throw wrong(row, column, words.join('|'));
  return word;
};

/** Checks the shape of JSON that this program stored earlier. */
export type Shape<T> = (value: unknown) => value is T;

export const json = <T>(row: Row, column: string, isShape: Shape<T>): T => {
  const value: unknown = JSON.parse(text(row, column));
  if (!isShape(value)) throw wrong(row, column, 'the JSON that was stored');
  return value;
};

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isTextList = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');

/** Columns of a table as JSON-safe cells, as the events log keeps them. */
export type PlainCell = string | number | null;
export type PlainCells = Readonly<Record<string, PlainCell>>;
export const isPlainCells = (value: unknown): value is PlainCells =>
  isRecord(value) && Object.values(value).every((cell) => cell === null || typeof cell === 'string' || typeof cell === 'number');
