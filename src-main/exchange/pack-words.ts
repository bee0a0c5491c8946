import { packEvent, readPackState } from '../archive/index.ts';
import type { PlainCells, ReadableDb, RowState } from '../archive/index.ts';
import { historyOf, learn, nameOfPackWord, parseHistoryText, seenByRow, unite } from './field-history.ts';
import type { Histories, RowHistory } from './field-history.ts';
import { mergeKindOf, mergedKinds, sameCells } from './merge-fields.ts';
import type { MergedKind } from './merge-fields.ts';
import type { MergeSide } from './merge-rows.ts';
import { readHistories } from './read-histories.ts';
import { parseRowText } from './row-lines.ts';

/** A side of which nothing was ever heard. */
export const unknownSide: MergeSide = { rows: new Map(), histories: new Map() };

/** What a pack said that was handed out or taken in here; null where that was not kept. */
export const readPackSide = (db: ReadableDb, id: string): MergeSide | null => {
  const kept = readPackState(db, id);
  if (kept === null) return null;
  // From a program that kept no histories: as they were here when the pack was noted.
  return { rows: parseRowText(kept.rows), histories: kept.histories === null ? readHistories(db, packEvent(db, id)?.seq) : parseHistoryText(kept.histories) };
};

/**
 * Histories of words that come without any (a form filled by hand, a pack of version 1): what they leave as it was `before` has seen what that
 * had; what differs is a new word that has seen the one before. `areWhole`: a row that is missing was taken away, else nothing is said of it.
 */
export const historiesOfWords = (before: MergeSide, rows: RowState, { pack, areWhole }: { readonly pack: string; readonly areWhole: boolean }): Histories => {
  const word = (kind: MergedKind, key: string, known: RowHistory, old: PlainCells | undefined, row: PlainCells): RowHistory =>
    old === undefined
      ? { all: unite(known.all, [nameOfPackWord(pack, kind, key, '*')]), own: new Map() }
      : learn(known, Object.fromEntries(mergeKindOf(kind).fields.filter((field) => !sameCells(old, row, field.columns)).map(({ name }) => [name, [nameOfPackWord(pack, kind, key, name)]])));
  return new Map(
    mergedKinds.map((kind) => {
      const [old, now] = [before.rows.get(kind), rows.get(kind)];
      const histories = new Map([...(now ?? [])].map(([key, row]) => [key, word(kind, key, historyOf(before.histories, kind, key), old?.get(key), row)]));
      if (!areWhole) return [kind, histories];
      const gone = [...(old?.keys() ?? [])].filter((key) => now?.has(key) !== true);
      return [kind, new Map([...histories, ...gone.map((key): [string, RowHistory] => [key, { all: unite(seenByRow(historyOf(before.histories, kind, key)), [nameOfPackWord(pack, kind, key, '*')]), own: new Map() }])])];
    }),
  );
};

/**
 * A copy that was opened from a pack of version 1 knows its rows by the pack's name only. Where that pack was handed out from here, what it
 * stands for is known: all that its rows had seen.
 */
export const withPacksOfOurs = (db: ReadableDb, histories: Histories, handedOut: readonly string[]): Histories => {
  const old = handedOut.filter((id) => readPackState(db, id)?.histories === null).map((id) => ({ id, side: readPackSide(db, id) ?? unknownSide }));
  if (old.length === 0) return histories;
  const known = (kind: MergedKind, key: string, history: RowHistory): RowHistory =>
    old.reduce((sum, { id, side }) => (seenByRow(sum).has(nameOfPackWord(id, kind, key, '*')) ? learn(sum, { '*': [...seenByRow(historyOf(side.histories, kind, key))] }) : sum), history);
  return new Map([...histories].map(([kind, rows]) => [kind, new Map([...rows].map(([key, history]) => [key, known(kind, key, history)]))]));
};
