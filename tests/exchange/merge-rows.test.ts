import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlainCells } from '../../src-main/archive/index.ts';
import { learn, neverHeardOf } from '../../src-main/exchange/field-history.ts';
import type { RowHistory } from '../../src-main/exchange/field-history.ts';
import { mergeKindOf } from '../../src-main/exchange/merge-fields.ts';
import type { MergedKind } from '../../src-main/exchange/merge-fields.ts';
import { mergeRows } from '../../src-main/exchange/merge-rows.ts';
import type { MergePlan, MergeSide } from '../../src-main/exchange/merge-rows.ts';

/** A side of one kind: each row with the names of the edits that all its fields have seen; no cells where it was taken away. */
const side = (kind: MergedKind, rows: Readonly<Record<string, readonly [cells: PlainCells | null, ...seen: string[]]>>): MergeSide => ({
  rows: new Map([[kind, new Map(Object.entries(rows).flatMap(([key, [cells]]) => (cells === null ? [] : [[key, cells]])))]]),
  histories: new Map([[kind, new Map(Object.entries(rows).map(([key, [, ...seen]]): [string, RowHistory] => [key, learn(neverHeardOf, { '*': seen })]))]]),
});

/** The side after a plan was carried out. */
const after = (ours: MergeSide, kind: MergedKind, { writes }: MergePlan): MergeSide => {
  const [rows, histories] = [new Map(ours.rows.get(kind)), new Map(ours.histories.get(kind))];
  for (const { key, added, ...write } of writes) {
    if (write.op === 'remove') rows.delete(key);
    else if (write.op === 'insert' || write.op === 'update') rows.set(key, { ...rows.get(key), ...write.cells });
    histories.set(key, learn(histories.get(key) ?? neverHeardOf, added));
  }
  return { rows: new Map([[kind, rows]]), histories: new Map([[kind, histories]]) };
};

const take = (ours: MergeSide, theirs: MergeSide): MergePlan => mergeRows({ ours, theirs, now: '2024-04-12T00:00:00.000Z' });
const isQuiet = (plan: MergePlan): boolean => plan.conflicts.length === 0 && plan.writes.length === 0;

const [old, first, second] = ['原', '甲', '乙'].map((body): PlainCells => ({ body, citations: '[]' }));
if (old === undefined || first === undefined || second === undefined) throw new Error('three texts');
const report = (...row: readonly [cells: PlainCells | null, ...seen: string[]]): MergeSide => side('report', { K: row });

describe('merge of rows by what they have seen', () => {
  // A certificate has every kind of rule: an order of states, the later time, and two that ask.
  const cell = fc.record({ state: fc.constantFrom('needed', 'printed', 'sent', 'returned'), printed_at: fc.constantFrom('', '2024-03-01', '2024-03-09'), returned_at: fc.constantFrom('', '2024-04-01') });
  const row = cell.map((cells): PlainCells => ({ ...cells, evidence_id: null, note: '' }));
  const rows = fc.dictionary(fc.constantFrom('["1",0,"甲"]', '["1",0,"乙"]', '["2",0,"丙"]'), row, { maxKeys: 3 });
  const certificates = (given: Readonly<Record<string, PlainCells>>, ...seen: string[]): MergeSide => side('certificate', Object.fromEntries(Object.entries(given).map(([key, cells]) => [key, [cells, ...seen] as const])));

  it('gives the same whatever the order, where no one need be asked', () => {
    fc.assert(
      fc.property(rows, rows, rows, (base, one, other) => {
        const b = certificates(base, 'b');
        const [x, y] = [certificates({ ...base, ...one }, 'b', 'x'), certificates({ ...base, ...other }, 'b', 'y')];
        const left = after(after(b, 'certificate', take(b, x)), 'certificate', take(after(b, 'certificate', take(b, x)), y));
        const right = after(after(b, 'certificate', take(b, y)), 'certificate', take(after(b, 'certificate', take(b, y)), x));
        expect(left.rows).toEqual(right.rows);
        expect(isQuiet(take(left, right)) && isQuiet(take(right, left)), 'both have seen the same').toBe(true);
        expect(isQuiet(take(left, x)) && isQuiet(take(left, y)), 'what was taken in says nothing new').toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('asks where both said something else apart, and not where one has seen the other', () => {
    const [base, ours, theirs] = [report(old, 'b'), report(first, 'b', 'x'), report(second, 'b', 'y')];
    const asked = take(ours, theirs);
    expect(asked).toMatchObject({ writes: [], conflicts: [{ field: 'text', ours: { body: '甲' }, theirs: { body: '乙' } }] });
    expect([...(asked.conflicts[0]?.seen ?? [])]).toEqual(['b', 'y']);
    expect(take(base, theirs)).toMatchObject({ writes: [{ op: 'update', cells: { body: '乙' }, added: { text: ['y'] } }], conflicts: [] });
    expect(isQuiet(take(ours, base))).toBe(true);
    expect(isQuiet(take(ours, ours))).toBe(true);
    expect(take(ours, report(second, 'b', 'x', 'y')), 'said there after ours was heard').toMatchObject({ writes: [{ op: 'update', cells: { body: '乙' } }], conflicts: [] });
  });

  it('makes one word of the same word said twice', () => {
    const [ours, theirs] = [report(first, 'b', 'x'), report(first, 'b', 'y')];
    expect(take(ours, theirs)).toMatchObject({ writes: [{ op: 'learn', added: { text: ['y'] } }], conflicts: [] });
    // What is said after that has seen both, by whatever way it comes.
    const joined = after(ours, 'report', take(ours, theirs));
    const next = after(joined, 'report', { writes: [{ op: 'update', kind: 'report', key: 'K', cells: second, added: { text: ['z'] } }], conflicts: [] });
    expect(take(theirs, next)).toMatchObject({ writes: [{ op: 'update', cells: { body: '乙' } }], conflicts: [] });
  });

  it('asks again where a collision was decided apart, and otherwise not', () => {
    const [here, there] = [report(first, 'b', 'x', 'y', 'd1'), report(second, 'b', 'x', 'y', 'd2')];
    expect(take(here, there)).toMatchObject({ writes: [], conflicts: [{ field: 'text' }] });
    expect(take(report(second, 'b', 'y'), here), 'who has not decided takes the decision').toMatchObject({ writes: [{ op: 'update', cells: { body: '甲' } }], conflicts: [] });
  });

  it('removes what they removed, unless it was changed here; brings back nothing that was removed here', () => {
    const [base, ours, gone] = [report(old, 'b'), report(first, 'b', 'x'), report(null, 'b', 'r')];
    expect(take(base, gone).writes).toMatchObject([{ op: 'remove', key: 'K', added: { '*': ['r'] } }]);
    expect(take(ours, gone)).toMatchObject({ writes: [], conflicts: [{ field: '*', theirs: null }] });
    expect(isQuiet(take(gone, base))).toBe(true);
    expect(take(gone, ours)).toMatchObject({ writes: [], conflicts: [{ field: '*', ours: null }] });
    expect(take(gone, report(first, 'b', 'r', 'n')), 'said anew there after it was removed').toMatchObject({ writes: [{ op: 'insert', cells: { body: '甲' } }], conflicts: [] });
    expect(isQuiet(take(report(first, 'b', 'r', 'n'), gone))).toBe(true);
    expect(isQuiet(take(base, { rows: new Map(), histories: new Map() })), 'they never heard of it').toBe(true);
    expect(take({ rows: new Map(), histories: new Map() }, gone), 'that it was removed is known from then on').toMatchObject({ writes: [{ op: 'learn', added: { '*': ['b', 'r'] } }] });
  });

  it('never takes an item away: it goes into 回收站 where the other side emptied its own, and stays where it was changed', () => {
    const item: PlainCells = Object.fromEntries(mergeKindOf('evidence').fields.flatMap((field) => field.columns.map((column) => [column, column === 'trashed_at' ? null : 'x'])));
    const [base, changed, gone] = [side('evidence', { K: [item, 'b'] }), side('evidence', { K: [{ ...item, title: 'y' }, 'b', 'x'] }), side('evidence', { K: [null, 'b', 't', 'r'] })];
    expect(take(base, gone)).toMatchObject({ writes: [{ op: 'update', cells: { trashed_at: '2024-04-12T00:00:00.000Z' } }], conflicts: [] });
    expect(take(changed, gone)).toMatchObject({ writes: [{ op: 'learn' }], conflicts: [] });
    expect(take(gone, changed), 'and comes back to where it was thrown away unseen').toMatchObject({ writes: [{ op: 'insert' }], conflicts: [] });
    const binned = after(base, 'evidence', take(base, gone));
    expect(take(gone, binned), 'but not from a 回收站: that it lies there is known').toMatchObject({ writes: [{ op: 'learn' }], conflicts: [] });
    expect(isQuiet(take(after(gone, 'evidence', take(gone, binned)), binned))).toBe(true);
    // One that was changed without knowing of either comes back everywhere.
    const told = after(gone, 'evidence', take(gone, binned));
    const back = after(told, 'evidence', take(told, changed));
    expect(take(binned, back).writes).toMatchObject([{ op: 'update', cells: { title: 'y', trashed_at: null } }]);
    expect(isQuiet(take(binned, gone))).toBe(true);
  });
});
