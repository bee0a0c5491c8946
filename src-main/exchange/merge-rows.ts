import type { PlainCells, RowState } from '../archive/index.ts';
import { historyOf, isWithin, nameOfAnswer, seenBy, seenByRow, unite, without } from './field-history.ts';
import type { Added, Histories, RowHistory, Seen } from './field-history.ts';
import { compareFields, mergeKindOf, mergedKinds, pickCells, sameCells } from './merge-fields.ts';
import type { MergeField, MergedKind } from './merge-fields.ts';

/** One row to write, with what its fields' histories gain by it; `learn` writes nothing else. */
export type RowWrite =
  | { readonly op: 'insert' | 'update'; readonly kind: MergedKind; readonly key: string; readonly added: Added; readonly cells: PlainCells }
  | { readonly op: 'remove' | 'learn'; readonly kind: MergedKind; readonly key: string; readonly added: Added };

/** A field that both sides changed, neither knowing of the other; `*` where one side removed a row that the other changed. Null: no such row. */
export interface RowConflict {
  readonly kind: MergedKind;
  readonly key: string;
  readonly field: string;
  readonly ours: PlainCells | null;
  readonly theirs: PlainCells | null;
  /** What their word has seen. */
  readonly seen: Seen;
}

/** One side: its rows, and where their words come from. */
export interface MergeSide {
  readonly rows: RowState;
  readonly histories: Histories;
}

export interface MergeInput {
  readonly ours: MergeSide;
  readonly theirs: MergeSide;
  /** ISO 8601, for an item that goes into 回收站. */
  readonly now: string;
  /** Their side is a unit: only what a unit may say is taken from it. */
  readonly asUnit?: boolean;
}

export interface MergePlan {
  readonly writes: readonly RowWrite[];
  readonly conflicts: readonly RowConflict[];
}

const noRows: ReadonlyMap<string, PlainCells> = new Map();

const settle = (one: MergeField, ours: PlainCells, theirs: PlainCells): 'ours' | 'theirs' | 'ask' => {
  if (one.collision === 'ask') return 'ask';
  if (one.collision === 'least') return compareFields(ours, theirs, one.columns) <= 0 ? 'ours' : 'theirs';
  if (one.collision === 'most') return compareFields(ours, theirs, one.columns) >= 0 ? 'ours' : 'theirs';
  const { latest } = one.collision;
  const [column = ''] = one.columns;
  return latest.indexOf(String(ours[column])) >= latest.indexOf(String(theirs[column])) ? 'ours' : 'theirs';
};

interface Row {
  readonly kind: MergedKind;
  readonly key: string;
  readonly ours: RowHistory;
  readonly theirs: RowHistory;
}

/** A row that is on both sides, field by field. */
const mergeFields = ({ kind, key, ours, theirs }: Row, ourRow: PlainCells, theirRow: PlainCells, asUnit: boolean): MergePlan => {
  const conflicts: RowConflict[] = [];
  const taken: MergeField[] = [];
  const added: Record<string, readonly string[]> = {};
  for (const one of mergeKindOf(kind).fields) {
    if (asUnit && !one.unit) continue;
    const [our, their] = [seenBy(ours, one.name), seenBy(theirs, one.name)];
    if (isWithin(their, our)) continue;
    const gain = [...without(their, our)];
    if (sameCells(ourRow, theirRow, one.columns)) {
      added[one.name] = gain;
      continue;
    }
    const isNewer = isWithin(our, their);
    const choice = isNewer ? 'theirs' : settle(one, ourRow, theirRow);
    if (choice === 'ask') {
      conflicts.push({ kind, key, field: one.name, ours: pickCells(ourRow, one.columns), theirs: pickCells(theirRow, one.columns), seen: their });
      continue;
    }
    if (choice === 'theirs') taken.push(one);
    added[one.name] = isNewer ? gain : [...gain, nameOfAnswer(unite(our, their), pickCells(choice === 'theirs' ? theirRow : ourRow, one.columns))];
  }
  const head = { kind, key, added };
  if (taken.length > 0) return { writes: [{ ...head, op: 'update', cells: pickCells(theirRow, taken.flatMap((one) => one.columns)) }], conflicts };
  return { writes: Object.keys(added).length > 0 ? [{ ...head, op: 'learn' }] : [], conflicts };
};

const nothing: MergePlan = { writes: [], conflicts: [] };
const columnsOf = (kind: MergedKind): readonly string[] => mergeKindOf(kind).fields.flatMap((one) => one.columns);

/** That an item is, or is not, in 回收站, said by a merge that has seen both sides. */
const answerOnBin = (seen: Seen, trashed_at: string | null): string => nameOfAnswer(seen, { trashed_at });

/** A row that only they have. */
const mergeTheirRow = ({ kind, key, ours, theirs }: Row, theirRow: PlainCells): MergePlan => {
  const [gone, their] = [ours.all, seenByRow(theirs)];
  // Taken away here, by someone who had seen all that they say.
  if (gone.size > 0 && isWithin(their, gone)) return nothing;
  const isNewer = isWithin(gone, their);
  // An item in their 回收站 is not brought back to where that was emptied.
  if (kind === 'evidence' && gone.size > 0 && theirRow['trashed_at'] !== null) return { writes: [{ op: 'learn', kind, key, added: { '*': [...without(their, gone)] } }], conflicts: [] };
  const cells = pickCells(theirRow, columnsOf(kind));
  if (kind !== 'evidence' && !isNewer) return { writes: [], conflicts: [{ kind, key, field: '*', ours: null, theirs: cells, seen: their }] };
  const own: Added = Object.fromEntries([...theirs.own].map(([field, seen]) => [field, [...without(seen, theirs.all)]]));
  // An item that was changed there while 回收站 was emptied here comes back; of other rows a person decides.
  const added: Added = isNewer ? own : { ...own, trashed_at: [...(own['trashed_at'] ?? []), answerOnBin(unite(gone, their), null)] };
  return { writes: [{ op: 'insert', kind, key, cells: { ...cells, ...mergeKindOf(kind).local }, added: { '*': [...without(theirs.all, gone)], ...added } }], conflicts: [] };
};

/** A row that only we have, and that they say is gone. */
const mergeOurRow = ({ kind, key, ours, theirs }: Row, ourRow: PlainCells, now: string): MergePlan => {
  const [gone, our] = [theirs.all, seenByRow(ours)];
  if (isWithin(gone, our)) return nothing;
  const [gain, isOlder] = [[...without(gone, our)], isWithin(our, gone)];
  if (kind === 'evidence') {
    // Nothing that was filed is lost by a merge: where 回收站 was emptied elsewhere, the item goes into ours, or stays where it was changed since.
    if (ourRow['trashed_at'] !== null) return nothing;
    const answer = answerOnBin(unite(our, gone), isOlder ? now : null);
    if (!isOlder) return { writes: [{ op: 'learn', kind, key, added: { '*': [...without(gone, ours.all)], trashed_at: [answer] } }], conflicts: [] };
    return { writes: [{ op: 'update', kind, key, cells: { trashed_at: now }, added: { trashed_at: [...without(gone, seenBy(ours, 'trashed_at')), answer] } }], conflicts: [] };
  }
  if (isOlder) return { writes: [{ op: 'remove', kind, key, added: { '*': gain } }], conflicts: [] };
  return { writes: [], conflicts: [{ kind, key, field: '*', ours: pickCells(ourRow, columnsOf(kind)), theirs: null, seen: gone }] };
};

/**
 * Merges recorded rows, field by field, by what each side's words have seen. A word of theirs that ours has seen says nothing new; one that has
 * seen ours is newer and comes in; where neither has seen the other, equal words become one, and for others the field's own rule decides or a
 * person is asked. The answer has seen both. So two copies that have merged with each other in both directions, and decided, say the same, by
 * whatever way words came: every word is known by what it has seen, and what has seen the same says the same.
 */
export const mergeRows = ({ ours, theirs, now, asUnit = false }: MergeInput): MergePlan => {
  const plans: MergePlan[] = [];
  for (const kind of mergedKinds) {
    const [our, their] = [ours.rows.get(kind) ?? noRows, theirs.rows.get(kind) ?? noRows];
    const mayAdd = !asUnit || mergeKindOf(kind).unit;
    for (const key of new Set([...their.keys(), ...(theirs.histories.get(kind)?.keys() ?? [])])) {
      const row: Row = { kind, key, ours: historyOf(ours.histories, kind, key), theirs: historyOf(theirs.histories, kind, key) };
      const [ourRow, theirRow] = [our.get(key), their.get(key)];
      if (ourRow !== undefined && theirRow !== undefined) plans.push(mergeFields(row, ourRow, theirRow, asUnit));
      else if (!mayAdd) continue;
      else if (theirRow !== undefined) plans.push(mergeTheirRow(row, theirRow));
      else if (ourRow !== undefined) plans.push(mergeOurRow(row, ourRow, now));
      else if (!isWithin(row.theirs.all, row.ours.all)) plans.push({ writes: [{ op: 'learn', kind, key, added: { '*': [...without(row.theirs.all, row.ours.all)] } }], conflicts: [] });
    }
  }
  return { writes: plans.flatMap((plan) => plan.writes), conflicts: plans.flatMap((plan) => plan.conflicts) };
};
