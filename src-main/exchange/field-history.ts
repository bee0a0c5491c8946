import { createHash } from 'node:crypto';
import { parseRowKey } from '../archive/index.ts';
import type { PlainCells } from '../archive/index.ts';
import type { MergedKind } from './merge-fields.ts';
import { keyedLines } from './row-lines.ts';

/**
 * Where a field's word comes from: the names of all edits that it has seen, its own among them. One word is newer than another where it has
 * seen all that the other has; where neither has, they were said apart. A copy of an archive folder needs no name of its own: an edit is named
 * by the hash of its event, and hashes chain, so that two copies that went on by themselves never use the same name.
 */
export type Seen = ReadonlySet<string>;

/** Of one row: what every field has seen, and for some fields more than that. A row that is not there has seen what it was taken away with. */
export interface RowHistory {
  readonly all: Seen;
  readonly own: ReadonlyMap<string, Seen>;
}

/** By kind, then by key, also of rows that are no more. A row that is missing here was never heard of. */
export type Histories = ReadonlyMap<MergedKind, ReadonlyMap<string, RowHistory>>;

/** Names of edits by field, `*` for every field. */
export type Added = Readonly<Record<string, readonly string[]>>;

export const nothingSeen: Seen = new Set();
export const neverHeardOf: RowHistory = { all: nothingSeen, own: new Map() };

export const seenBy = (history: RowHistory, field: string): Seen => history.own.get(field) ?? history.all;
export const isWithin = (one: Seen, other: Seen): boolean => one.size <= other.size && [...one].every((name) => other.has(name));
export const unite = (...sets: readonly Iterable<string>[]): Seen => new Set(sets.flatMap((set) => [...set]));
export const without = (one: Seen, other: Iterable<string>): Set<string> => {
  const rest = new Set(one);
  for (const name of other) rest.delete(name);
  return rest;
};

/** What any field of the row has seen. */
export const seenByRow = ({ all, own }: RowHistory): Seen => (own.size === 0 ? all : unite(all, ...own.values()));

export const historyOf = (histories: Histories, kind: MergedKind, key: string): RowHistory => histories.get(kind)?.get(key) ?? neverHeardOf;

const nameOf = (what: unknown): string => createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 16);

/** An edit as the log has it; 64 bits of its hash. */
export const nameOfEvent = (hash: string): string => hash.slice(0, 16);

/**
 * The answer to a collision, by a rule or a person, as an edit of its own. Named by what it has seen and says, so that the same answer given
 * twice, apart, is one.
 */
export const nameOfAnswer = (seen: Seen, cells: PlainCells | null): string => nameOf([[...seen].sort(), cells]);

/** A word that came with a pack that tells no histories: a form filled by hand. */
export const nameOfPackWord = (pack: string, kind: MergedKind, key: string, field: string): string => nameOf([pack, kind, key, field]);

/** A history that one reader alone holds and lets grow: a field may be edited thousands of times. */
export interface GrowingHistory {
  readonly all: Set<string>;
  readonly own: Map<string, Set<string>>;
}

/** One's own copy of a history. */
export const copyOf = ({ all, own }: RowHistory): GrowingHistory => ({ all: new Set(all), own: new Map([...own].map(([field, seen]) => [field, new Set(seen)])) });

const addTo = (seen: Set<string>, names: Iterable<string>): void => {
  for (const name of names) seen.add(name);
};

/** Adds names to a row's fields, in place. */
export const grow = ({ all, own }: GrowingHistory, added: Added): void => {
  const every = added['*'] ?? [];
  addTo(all, every);
  for (const seen of own.values()) addTo(seen, every);
  for (const [field, names] of Object.entries(added)) {
    if (field === '*') continue;
    const seen = own.get(field) ?? new Set(all);
    addTo(seen, names);
    own.set(field, seen);
  }
};

/** The history with names added to the row's fields. */
export const learn = (history: RowHistory, added: Added): RowHistory => {
  const grown = copyOf(history);
  grow(grown, added);
  return grown;
};

/** What the row's fields have seen, and these names, every field has seen from now on. */
export const level = ({ all, own }: GrowingHistory, names: readonly string[]): void => {
  for (const seen of own.values()) addTo(all, seen);
  own.clear();
  addTo(all, names);
};

/** The reverse of `learn`: a merge that is taken back was never heard. */
export const forget = (history: RowHistory, added: Added, isThere: boolean): GrowingHistory => {
  if (!isThere) return { all: without(history.all, Object.values(added).flat()), own: new Map() };
  const every = added['*'] ?? [];
  const own = new Map([...history.own].map(([field, seen]) => [field, without(seen, [...every, ...(added[field] ?? [])])]));
  return { all: without(history.all, every), own };
};

const dotPattern = /^[0-9a-f]{16}$/u;
const fieldPattern = /^(?:\*|[a-z_]{1,40})$/u;
const mostNames = 1_000_000;

export const isAdded = (value: unknown): value is Added =>
  typeof value === 'object' && value !== null && !Array.isArray(value) &&
  Object.entries(value).every(([field, names]: [string, unknown]) => fieldPattern.test(field) && Array.isArray(names) && names.length <= mostNames && names.every((name) => typeof name === 'string' && dotPattern.test(name)));

/** One row a line: `["value",["1",2023],{"*":["0123456789abcdef"],"note":["…"]}]`; a field's names are those beyond the row's. */
export const writeHistoryText = (histories: Histories): string => {
  const lines: string[] = [];
  for (const [kind, rows] of [...histories].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    for (const key of [...rows.keys()].sort()) {
      const { all, own } = rows.get(key) ?? neverHeardOf;
      const fields = [...own].map(([field, seen]): [string, readonly string[]] => [field, [...without(seen, all)].sort()]).filter(([, names]) => names.length > 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
      if (all.size + fields.length > 0) lines.push(`${JSON.stringify([kind, parseRowKey(key), Object.fromEntries([['*', [...all].sort()], ...fields])])}\n`);
    }
  }
  return lines.join('');
};

/** Throws an `Error` whose message names the line that is no history of ours. */
export const parseHistoryText = (text: string): Histories => {
  const histories = new Map<MergedKind, Map<string, RowHistory>>();
  for (const { kind, key, said, wrong } of keyedLines(text, 'history')) {
    if (!isAdded(said)) throw wrong('not names of edits');
    histories.set(kind, (histories.get(kind) ?? new Map<string, RowHistory>()).set(key, learn(neverHeardOf, said)));
  }
  return histories;
};
