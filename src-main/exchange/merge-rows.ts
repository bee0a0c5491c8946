import type { PlainCells, RowState } from '../archive/index.ts';
import { compareFields, mergeKindOf, mergedKinds, pickCells, sameCells } from './merge-fields.ts';
import type { MergeField, MergedKind } from './merge-fields.ts';

/** One row to write, in the order in which they may be written. */
export type RowWrite =
  | { readonly op: 'insert'; readonly kind: MergedKind; readonly key: string; readonly cells: PlainCells }
  | { readonly op: 'update'; readonly kind: MergedKind; readonly key: string; readonly cells: PlainCells; readonly fields: readonly string[] }
  | { readonly op: 'remove'; readonly kind: MergedKind; readonly key: string };

/** A field that both sides changed; `*` where one side removed a row that the other changed. Null: no such row. */
export interface RowConflict {
  readonly kind: MergedKind;
  readonly key: string;
  readonly field: string;
  readonly base: PlainCells | null;
  readonly ours: PlainCells | null;
  readonly theirs: PlainCells | null;
}

export interface MergeInput {
  readonly ours: RowState;
  readonly theirs: RowState;
  /** What their side said when it was last taken in here; null the first time. */
  readonly theirsBefore: RowState | null;
  /** What our side said when it was last taken in there (the rows handed out); null where it never was. */
  readonly oursBefore: RowState | null;
  /** Fields that their side left undecided: there our earlier word was not yet answered. */
  readonly undecided: ReadonlySet<string>;
  /** Their side is a unit: only what a unit may say is taken from it. */
  readonly asUnit?: boolean;
}

export interface MergePlan {
  readonly writes: readonly RowWrite[];
  readonly conflicts: readonly RowConflict[];
}

/** Names one field of one row, as conflicts and manifests do. */
export const fieldName = (kind: string, key: string, field: string): string => JSON.stringify([kind, key, field]);

const noRows: ReadonlyMap<string, PlainCells> = new Map();

/** The base of a field that both changed is shown to the person who decides: what both knew last. */
const shownBase = (bases: readonly PlainCells[], columns: readonly string[]): PlainCells | null => {
  const [first] = bases;
  return first === undefined ? null : pickCells(first, columns);
};

const settle = (one: MergeField, ours: PlainCells, theirs: PlainCells): 'ours' | 'theirs' | 'ask' => {
  if (one.collision === 'ask') return 'ask';
  if (one.collision === 'least') return compareFields(ours, theirs, one.columns) <= 0 ? 'ours' : 'theirs';
  if (one.collision === 'most') return compareFields(ours, theirs, one.columns) >= 0 ? 'ours' : 'theirs';
  const { latest } = one.collision;
  const [column = ''] = one.columns;
  return latest.indexOf(String(ours[column])) >= latest.indexOf(String(theirs[column])) ? 'ours' : 'theirs';
};

/**
 * Three-way merge of recorded rows, field by field. A field that they did not change since a state known to both stays ours; one that we
 * did not change since becomes theirs; where both changed it, its own rule decides or a person is asked. Rows are told apart by key, so
 * that links and evidence are united as sets. Where nothing collides the order of merges does not matter.
 */
export const mergeRows = ({ ours, theirs, theirsBefore, oursBefore, undecided, asUnit = false }: MergeInput): MergePlan => {
  const writes: RowWrite[] = [];
  const conflicts: RowConflict[] = [];
  for (const kind of mergedKinds) {
    const { fields, local, unit: mayAdd } = mergeKindOf(kind);
    const columns = fields.flatMap((one) => one.columns);
    const [our, their] = [ours.get(kind) ?? noRows, theirs.get(kind) ?? noRows];
    const [theirOld, ourOld] = [theirsBefore?.get(kind) ?? noRows, oursBefore?.get(kind) ?? noRows];
    /** States of the row that both sides have had before them, the newest word of their side first. */
    const basesOf = (key: string, field: string): readonly PlainCells[] => [theirOld.get(key), undecided.has(fieldName(kind, key, field)) ? undefined : ourOld.get(key)].filter((row) => row !== undefined);

    for (const [key, theirRow] of their) {
      const ourRow = our.get(key);
      if (ourRow === undefined) {
        if (asUnit && !mayAdd) continue;
        const bases = basesOf(key, '*');
        if (bases.length === 0) writes.push({ op: 'insert', kind, key, cells: { ...pickCells(theirRow, columns), ...local } });
        else if (!bases.some((base) => sameCells(base, theirRow, columns))) conflicts.push({ kind, key, field: '*', base: shownBase(bases, columns), ours: null, theirs: pickCells(theirRow, columns) });
        continue;
      }
      const taken: MergeField[] = [];
      for (const one of fields) {
        if ((asUnit && !one.unit) || sameCells(ourRow, theirRow, one.columns)) continue;
        const bases = basesOf(key, one.name);
        if (bases.some((base) => sameCells(base, theirRow, one.columns))) continue;
        const choice = bases.some((base) => sameCells(base, ourRow, one.columns)) ? 'theirs' : settle(one, ourRow, theirRow);
        if (choice === 'theirs') taken.push(one);
        else if (choice === 'ask') conflicts.push({ kind, key, field: one.name, base: shownBase(bases, one.columns), ours: pickCells(ourRow, one.columns), theirs: pickCells(theirRow, one.columns) });
      }
      if (taken.length > 0) writes.push({ op: 'update', kind, key, cells: pickCells(theirRow, taken.flatMap((one) => one.columns)), fields: taken.map((one) => one.name) });
    }
    // An item whose 回收站 was emptied elsewhere stays here: nothing that was filed is lost by a merge.
    if (kind === 'evidence') continue;
    for (const [key, ourRow] of our) {
      if (their.has(key)) continue;
      // Never known there, or already taken away there when we last heard and kept here.
      const bases = basesOf(key, '*');
      if (bases.length === 0 || (theirsBefore !== null && !theirOld.has(key)) || (asUnit && !mayAdd)) continue;
      if (bases.some((base) => sameCells(base, ourRow, columns))) writes.push({ op: 'remove', kind, key });
      else conflicts.push({ kind, key, field: '*', base: shownBase(bases, columns), ours: pickCells(ourRow, columns), theirs: null });
    }
  }
  return { writes, conflicts };
};
