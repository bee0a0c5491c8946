import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addProofMark, changeEvidence, emptyTrash, linkEvidence, listConflicts, listEvidence, listProofMarks, listTrash, removeProofMark, removeValue, setReport, setSignOff, setUnitTask, setValue, transact, trashEvidence, undoLast, unlinkEvidence, verifyArchive } from '../../src-main/archive/index.ts';
import type { WritableArchive } from '../../src-main/archive/index.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import { decideConflict, mergeArchive, readHistories } from '../../src-main/exchange/index.ts';
import { expectValue, fileItem, makeArchive } from '../archive/archive-fixture.ts';
import { copyArchive, stateOf } from './exchange-fixture.ts';

const codes = ['1', '5.2'].map(indicatorCode);
const years = [2021, 2022, 2023];

type Step = { readonly at: number; readonly act: number; readonly what: number; readonly from: number };
const steps = fc.array(fc.record({ at: fc.nat(2), act: fc.nat(16), what: fc.nat(7), from: fc.nat(2) }), { minLength: 6, maxLength: 60 });

let serial = 0;

/** One edit of a clerk's on one copy; every edit says something that was never said before. */
const edit = async (archive: WritableArchive, { act, what }: Step): Promise<void> => {
  serial += 1;
  const indicator = codes[what % codes.length] ?? indicatorCode('1');
  const year = years[what % years.length] ?? 2021;
  const items = listEvidence(archive.db);
  const item = items[what % Math.max(1, items.length)];
  if (act === 3) await fileItem(archive, `材料${serial}`);
  transact(archive.db, `人${act}`, (tx) => {
    if (act === 0) setValue(tx, { indicator, year, value: serial, unit: '%', numerator: null, denominator: null, sourceEvidence: item?.id ?? null, sourcePage: null });
    if (act === 1) removeValue(tx, indicator, year);
    if (act === 2) setReport(tx, { indicator, text: `说明${serial}`, citations: [] });
    if (act === 4 && item !== undefined) linkEvidence(tx, { evidenceId: item.id, indicator, year, requirement: '' });
    if (act === 5 && item !== undefined) unlinkEvidence(tx, { evidenceId: item.id, indicator, year, requirement: '' });
    if (act === 6 && item !== undefined) changeEvidence(tx, item.id, { title: `题名${serial}`, confirmed: true });
    if (act === 7 && item !== undefined) trashEvidence(tx, item.id);
    if (act === 8) setSignOff(tx, { indicator, unit: '区生态环境局', kind: 'signed', by: `签${serial}` });
    if (act === 9) setUnitTask(tx, { unit: '区生态环境局', indicator: '', contact: `联系人${serial}`, phone: '', due: '', note: '' });
    const mark = listProofMarks(tx)[0];
    if (act === 0 && item !== undefined && what % 2 === 0) addProofMark(tx, { evidenceId: item.id, page: 1, lines: [], note: `标${serial}` });
    if (act === 9 && mark !== undefined && what % 2 === 1) removeProofMark(tx, mark.id);
  });
};

const take = async (into: WritableArchive, from: WritableArchive): Promise<number> => expectValue(await mergeArchive(into, from.folder, { actor: '合并' })).conflicts;

const decideAll = (archive: WritableArchive, choose: (id: string, index: number) => 'ours' | 'theirs'): void => {
  for (const [index, { id }] of listConflicts(archive.db).entries()) transact(archive.db, '王敏', (tx) => decideConflict(tx, id, choose(id, index)));
};

/**
 * What an archive says, but for items in its 回收站 (another copy may have emptied its own by then), what hangs on those, and their names where a
 * row can do without.
 */
const visibleState = (archive: WritableArchive): Readonly<Record<string, unknown>> => {
  const trashed = listTrash(archive.db).map((item) => item.id);
  return Object.fromEntries(
    Object.entries(stateOf(archive)).flatMap(([name, row]) => {
      if (trashed.some((id) => name.includes(id) || (name.startsWith('proof-mark') && JSON.stringify(row).includes(id)))) return [];
      return [[name, JSON.stringify(row, (_, cell: unknown) => (trashed.some((id) => id === cell) ? null : cell))]];
    }),
  );
};

const visibleHistories = (archive: WritableArchive): Readonly<Record<string, unknown>> => {
  const visible = visibleState(archive);
  return Object.fromEntries([...readHistories(archive.db)].flatMap(([kind, rows]) => [...rows].map(([key, history]): [string, unknown] => [`${kind} ${key}`, history]).filter(([name]) => name in visible)));
};

describe('three copies of one archive', () => {
  it('say the same in the end, whatever was done where, merged and decided in between', async () => {
    const first = await makeArchive();
    for (const name of ['一', '二', '三']) {
      const { id } = await fileItem(first, `原有材料${name}`);
      transact(first.db, '王敏', (tx) => linkEvidence(tx, { evidenceId: id, indicator: indicatorCode('1'), year: 2021, requirement: '' }));
    }
    first.close();
    let collisions = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (walk) => {
        const copies = await Promise.all(['甲', '乙', '丙'].map((name) => copyArchive(first.folder, name)));
        const [a, b, c] = copies;
        if (a === undefined || b === undefined || c === undefined) throw new Error('three copies');
        for (const step of walk) {
          const here = copies[step.at] ?? a;
          const there = copies[step.from] ?? b;
          if (step.act < 10) await edit(here, step);
          else if (step.act < 14 && here !== there) collisions += await take(here, there);
          else if (step.act === 14) decideAll(here, (_, index) => ((step.what >> index % 3) & 1 ? 'ours' : 'theirs'));
          else if (step.act === 15) undoLast(here.db, '王敏');
          else if (step.act === 16) await emptyTrash(here, '王敏');
        }
        collisions += (await take(a, b)) + (await take(a, c));
        decideAll(a, (id) => (id < 'c8' ? 'ours' : 'theirs'));
        for (const copy of [b, c]) expect(await take(copy, a), 'decided once is decided everywhere').toBe(0);
        const state = visibleState(a);
        for (const copy of [b, c]) {
          expect(visibleState(copy)).toEqual(state);
          expect(listConflicts(copy.db), 'what waited there was decided here').toEqual([]);
        }
        const round = async (): Promise<void> => {
          for (const [here, there] of [[a, b], [a, c], [b, c], [b, a], [c, a], [c, b]] as const) expect(await take(here, there), 'nothing is asked again').toBe(0);
        };
        // Who had emptied 回收站 has told now what named the items that are gone, and the others hear of it.
        if (walk.some(({ act }) => act === 16)) await round();
        // One more round, in every direction.
        const told = copies.map(visibleHistories);
        await round();
        for (const [index, copy] of copies.entries()) {
          expect(visibleState(copy), 'nothing changes any more').toEqual(state);
          expect(visibleHistories(copy)).toEqual(told[index]);
        }
        expect((await verifyArchive(c)).ok).toBe(true);
        for (const copy of copies) copy.close();
      }),
      { numRuns: Number(process.env['EXCHANGE_RUNS'] ?? 12), ...(process.env['EXCHANGE_SEED'] === undefined ? {} : { seed: Number(process.env['EXCHANGE_SEED']), path: process.env['EXCHANGE_PATH'] ?? '' }), endOnFailure: true },
    );
    if (process.env['EXCHANGE_PATH'] === undefined) expect(collisions, 'the walks do collide').toBeGreaterThan(0);
  }, 600_000 + 10_000 * Number(process.env['EXCHANGE_RUNS'] ?? 0));

  it('take two packs in either order to the same end where nothing collides', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ at: fc.constant(0), act: fc.constantFrom(0, 2, 3, 6, 8), what: fc.nat(5), from: fc.constant(0) }), { minLength: 3, maxLength: 12 }), async (walk) => {
        const first = await makeArchive();
        await fileItem(first, '原有材料');
        first.close();
        const [one, other, left, right] = await Promise.all(['一', '二', '左', '右'].map((name) => copyArchive(first.folder, name)));
        if (one === undefined || other === undefined || left === undefined || right === undefined) throw new Error('four copies');
        // Each side has an indicator and a year of its own.
        for (const step of walk) {
          await edit(one, { ...step, what: 0 });
          if (step.act !== 6) await edit(other, { ...step, what: 1 });
        }
        await take(left, one);
        await take(left, other);
        await take(right, other);
        await take(right, one);
        expect([...listConflicts(left.db), ...listConflicts(right.db)]).toEqual([]);
        expect(stateOf(left)).toEqual(stateOf(right));
        for (const archive of [one, other, left, right]) archive.close();
      }),
      { numRuns: 4, endOnFailure: true },
    );
  }, 180_000);
});
