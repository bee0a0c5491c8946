import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlainCells, RowState, SubjectKind } from '../../src-main/archive/index.ts';
import { mergeKindOf } from '../../src-main/exchange/merge-fields.ts';
import type { MergedKind } from '../../src-main/exchange/merge-fields.ts';
import { fieldName, mergeRows } from '../../src-main/exchange/merge-rows.ts';
import type { MergePlan } from '../../src-main/exchange/merge-rows.ts';

const state = (kind: SubjectKind, rows: Readonly<Record<string, PlainCells>>): RowState => new Map([[kind, new Map(Object.entries(rows))]]);

/** The rows of one kind after a plan was carried out. */
const after = (ours: RowState, kind: MergedKind, plan: MergePlan): Readonly<Record<string, PlainCells>> => {
  const rows = new Map(ours.get(kind));
  for (const write of plan.writes) {
    if (write.op === 'remove') rows.delete(write.key);
    else rows.set(write.key, { ...rows.get(write.key), ...write.cells });
  }
  return Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
};

const take = (ours: RowState, theirs: RowState, base: RowState): MergePlan => mergeRows({ ours, theirs, theirsBefore: base, oursBefore: base, undecided: new Set() });

const none = new Set<string>();
const sides = { ours: { K: { body: '甲', citations: '[]' } }, theirs: { K: { body: '乙', citations: '[]' } }, base: { K: { body: '原', citations: '[]' } } };

describe('three-way merge of rows', () => {
  // A certificate has every kind of rule: an order of states, the later time, and two that ask.
  const cell = fc.record({ state: fc.constantFrom('needed', 'printed', 'sent', 'returned'), printed_at: fc.constantFrom('', '2024-03-01', '2024-03-09'), returned_at: fc.constantFrom('', '2024-04-01') });
  const row = cell.map((cells): PlainCells => ({ ...cells, evidence_id: null, note: '' }));
  const rows = fc.dictionary(fc.constantFrom('["1",0,"甲"]', '["1",0,"乙"]', '["2",0,"丙"]'), row, { maxKeys: 3 });

  it('gives the same whatever the order, where no one need be asked', () => {
    fc.assert(
      fc.property(rows, rows, rows, (base, one, other) => {
        // What was there before is changed, not taken away: a row removed here and changed there is for a person.
        const [b, x, y] = [base, { ...base, ...one }, { ...base, ...other }].map((each) => state('certificate', each));
        if (b === undefined || x === undefined || y === undefined) throw new Error('three states');
        const first = state('certificate', after(b, 'certificate', take(b, x, b)));
        const second = state('certificate', after(b, 'certificate', take(b, y, b)));
        const [left, right] = [take(first, y, b), take(second, x, b)];
        expect([...left.conflicts, ...right.conflicts]).toEqual([]);
        expect(after(first, 'certificate', left)).toEqual(after(second, 'certificate', right));
      }),
      { numRuns: 500 },
    );
  });

  it('asks where both said something else, and not where one kept quiet', () => {
    const [ours, theirs, base] = [state('report', sides.ours), state('report', sides.theirs), state('report', sides.base)];
    expect(take(ours, theirs, base)).toMatchObject({ writes: [], conflicts: [{ field: 'text', base: { body: '原' }, ours: { body: '甲' }, theirs: { body: '乙' } }] });
    expect(take(base, theirs, base)).toMatchObject({ writes: [{ op: 'update', cells: { body: '乙' } }], conflicts: [] });
    expect(take(ours, base, base)).toEqual({ writes: [], conflicts: [] });
    expect(take(ours, ours, base)).toEqual({ writes: [], conflicts: [] });
  });

  it('does not take their word over ours where they have not yet decided', () => {
    const [ours, theirs] = [state('report', sides.ours), state('report', sides.theirs)];
    const known = { ours, theirs, theirsBefore: null, oursBefore: ours };
    expect(mergeRows({ ...known, undecided: none }).writes).toHaveLength(1);
    expect(mergeRows({ ...known, undecided: new Set([fieldName('report', 'K', 'text')]) })).toMatchObject({ writes: [], conflicts: [{ field: 'text' }] });
  });

  it('removes what they removed, unless it was changed here; brings back nothing that was removed here', () => {
    const [ours, base, gone] = [state('report', sides.ours), state('report', sides.base), state('report', {})];
    expect(take(base, gone, base).writes).toMatchObject([{ op: 'remove', key: 'K' }]);
    expect(take(ours, gone, base)).toMatchObject({ writes: [], conflicts: [{ field: '*', theirs: null }] });
    expect(take(gone, base, base)).toEqual({ writes: [], conflicts: [] });
    expect(take(gone, ours, base)).toMatchObject({ writes: [], conflicts: [{ field: '*', ours: null }] });
    // Removed there already when we last heard, and kept here since.
    expect(mergeRows({ ours: base, theirs: gone, theirsBefore: gone, oursBefore: base, undecided: none })).toEqual({ writes: [], conflicts: [] });
  });

  it('never takes an item away', () => {
    const item = Object.fromEntries(mergeKindOf('evidence').fields.flatMap((field) => field.columns.map((column) => [column, 'x'])));
    const base = state('evidence', { '["e1"]': item });
    expect(take(base, state('evidence', {}), base)).toEqual({ writes: [], conflicts: [] });
  });
});
