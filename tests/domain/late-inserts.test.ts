import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notesOnNumbers, numberLateInserts } from '../../src-main/domain/late-inserts.ts';
import { formatOrder, formatPages, pageNumbersOf } from '../../src-main/domain/page-number.ts';
import { reprintDiff } from '../../src-main/domain/reprint.ts';
import { findPlacement, planVolumes, type VolumePlan } from '../../src-main/domain/volume-plan.ts';
import { evidenceId } from '../../src-main/domain/ids.ts';
import { makeCatalog, makeEvidence, makeIndicator, makeLink, numbering } from './volume-plan-fixture.ts';

const catalog = makeCatalog([[makeIndicator('1', '甲'), makeIndicator('2', '乙')]]);

/** One volume of items written `a3`: a name and its pages, in this order. */
function planOf(...items: readonly string[]): VolumePlan {
  const parsed = items.map((item) => ({ id: item.slice(0, 1), pages: Number(item.slice(1)) }));
  return planVolumes(catalog, { evidence: parsed.map(({ id, pages }) => makeEvidence(id, pages)), links: parsed.map(({ id }, at) => makeLink(id, '1', at)) }, { by: 'group' }, numbering);
}

/** What was bound as `former`, then planned as `items` while printed sheets keep their numbers. */
const kept = (former: VolumePlan, ...items: readonly string[]): VolumePlan => numberLateInserts(planOf(...items), () => former.volumes[0] ?? null);
const said = (plan: VolumePlan): readonly string[] => (plan.volumes[0]?.items ?? []).map((item) => `${item.evidenceId} ${formatOrder(item)}: ${formatPages(item)}`);
const notes = (plan: VolumePlan) => notesOnNumbers(plan.volumes[0] ?? { items: [] });

const bound = planOf('a3', 'b2', 'c4');

describe('late inserts', () => {
  it('lie behind the page before them, and what follows stays as it was printed', () => {
    const plan = kept(bound, 'a3', 'x2', 'b2', 'c4');
    expect(said(plan)).toEqual(['a 1: 1–3', 'x 1-1: 3-1–3-2', 'b 2: 4–5', 'c 3: 6–9']);
    expect(notes(plan)).toEqual({ inserts: [{ after: 3, pages: 2 }], freePages: [], freeOrders: [] });
    expect(plan.volumes[0]).toMatchObject({ pages: 11, totals: { items: 4, pages: 11 } });
    expect(reprintDiff(bound, plan)).toEqual([
      { volume: 1, title: '第1组', change: 'changed', papers: ['cover', 'index', 'separators', 'closing-note'], separators: [], sheets: [{ action: 'insert', reason: 'content', evidenceId: 'x', oldPages: '', newPages: '3-1–3-2', sheets: 2 }] },
    ]);
  });

  it('come before page 1 as 0-1, and continue the volume at its end', () => {
    expect(said(kept(bound, 'x2', 'a3', 'b2', 'c4', 'y1'))).toEqual(['x 0-1: 0-1–0-2', 'a 1: 1–3', 'b 2: 4–5', 'c 3: 6–9', 'y 4: 10']);
  });

  it('follow one another at one place, and are numbered through when one comes between', () => {
    const one = kept(bound, 'a3', 'x2', 'b2', 'c4');
    const two = kept(one, 'a3', 'x2', 'y1', 'b2', 'c4');
    expect(said(two)).toEqual(['a 1: 1–3', 'x 1-1: 3-1–3-2', 'y 1-2: 3-3', 'b 2: 4–5', 'c 3: 6–9']);
    const three = kept(two, 'a3', 'x2', 'z1', 'y1', 'b2', 'c4');
    expect(said(three)).toEqual(['a 1: 1–3', 'x 1-1: 3-1–3-2', 'z 1-2: 3-3', 'y 1-3: 3-4', 'b 2: 4–5', 'c 3: 6–9']);
    expect(reprintDiff(two, three)[0]?.sheets.map(({ action, oldPages, newPages }) => [action, oldPages, newPages])).toEqual([['insert', '', '3-3'], ['replace', '3-3', '3-4']]);
    // Taken out again, the run closes up and nothing is left to explain.
    expect(said(kept(three, 'a3', 'z1', 'b2', 'c4'))).toEqual(['a 1: 1–3', 'z 1-1: 3-1', 'b 2: 4–5', 'c 3: 6–9']);
    expect(kept(three, 'a3', 'b2', 'c4')).toEqual(bound);
  });

  it('take the place of what went, where they fit in', () => {
    expect(said(kept(bound, 'a3', 'x1', 'c4'))).toEqual(['a 1: 1–3', 'x 2: 4', 'c 3: 6–9']);
    expect(notes(kept(bound, 'a3', 'x1', 'c4'))).toEqual({ inserts: [], freePages: [[5, 5]], freeOrders: [] });
    expect(said(kept(bound, 'a3', 'x3', 'c4'))).toEqual(['a 1: 1–3', 'x 2: 3-1–3-3', 'c 3: 6–9']);
    expect(notes(kept(bound, 'a3', 'c4'))).toEqual({ inserts: [], freePages: [[4, 5]], freeOrders: [[2, 2]] });
  });

  it('keeps a printed 插页 where numbers beside it became free', () => {
    const one = kept(bound, 'a3', 'x2', 'b2', 'c4');
    expect(said(kept(one, 'a3', 'x2', 'c4'))).toEqual(['a 1: 1–3', 'x 1-1: 3-1–3-2', 'c 3: 6–9']);
    // Also where the page is gone behind which it lies.
    const orphaned = kept(one, 'x2', 'b2', 'c4');
    expect(said(orphaned)).toEqual(['x 1-1: 3-1–3-2', 'b 2: 4–5', 'c 3: 6–9']);
    expect(notes(orphaned)).toEqual({ inserts: [{ after: 3, pages: 2 }], freePages: [[1, 3]], freeOrders: [[1, 1]] });
    expect(said(kept(orphaned, 'y1', 'x2', 'b2', 'c4'))).toEqual(['y 1: 1', 'x 1-1: 3-1–3-2', 'b 2: 4–5', 'c 3: 6–9']);
  });

  it('are also a file of another length and an item that was moved, with its old numbers left free', () => {
    const grown = kept(bound, 'a3', 'b5', 'c4');
    expect(said(grown)).toEqual(['a 1: 1–3', 'b 2: 3-1–3-5', 'c 3: 6–9']);
    expect(notes(grown).freePages).toEqual([[4, 5]]);
    expect(said(kept(bound, 'a3', 'b1', 'c4'))).toEqual(['a 1: 1–3', 'b 2: 4', 'c 3: 6–9']);
    expect(said(kept(planOf('a1', 'b1', 'c1', 'd1'), 'a1', 'd1', 'b1', 'c1'))).toEqual(['a 1: 1', 'd 1-1: 1-1', 'b 2: 2', 'c 3: 3']);
  });

  it('are cited and cross-referred by their numbers', () => {
    const evidence = ['a', 'x', 'b'].map((id) => makeEvidence(id, 2));
    const links = [makeLink('a', '1', 0), makeLink('x', '1', 1), makeLink('b', '1', 2), makeLink('x', '2', 0)];
    const former = planOf('a2', 'b2').volumes[0] ?? null;
    const plan = numberLateInserts(planVolumes(catalog, { evidence, links }, { by: 'group' }, numbering), () => former);
    expect(findPlacement(plan, evidenceId('x'))).toMatchObject({ firstPage: 1, lastPage: 2, after: 2 });
    expect(plan.volumes[0]?.sections[1]?.crossReferences).toEqual([findPlacement(plan, evidenceId('x'))]);
    // Both sheets list it; a file more of 2 leaves the sheet of 1 alone.
    expect(reprintDiff(planVolumes(catalog, { evidence, links: links.toSpliced(1, 1) }, { by: 'group' }, numbering), plan)[0]).toMatchObject({ papers: ['index', 'separators', 'closing-note'], separators: [] });
    const more = { evidence: [...evidence, makeEvidence('y', 1)], links: [...links, makeLink('y', '2', 1)] };
    expect(reprintDiff(plan, numberLateInserts(planVolumes(catalog, more, { by: 'group' }, numbering), () => plan.volumes[0] ?? null))[0]?.separators).toEqual(['2']);
  });

  it('leaves a volume alone that was not bound yet', () => {
    const plan = planOf('a3', 'b2');
    expect(numberLateInserts(plan, () => null)).toEqual(plan);
  });

  it('never give one number twice, never touch a sheet that nothing happened to, and stay as they were bound', () => {
    const items = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 1, maxLength: 10 });
    const pages = fc.func(fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(fc.array(items, { minLength: 2, maxLength: 6 }), pages, (rounds, pagesOf) => {
        const written = rounds.map((names) => names.map((name) => `${name}${pagesOf(name)}`));
        let former = planOf(...(written[0] ?? []));
        for (const names of written.slice(1)) {
          const plan = kept(former, ...names);
          const planned = plan.volumes[0]?.items ?? [];
          const numbers = planned.flatMap(pageNumbersOf);
          expect(new Set(numbers).size).toBe(numbers.length);
          expect(new Set(planned.map(formatOrder)).size).toBe(planned.length);
          // In reading order: by the page of the volume, a late insert behind it.
          const keys = planned.flatMap((item) => pageNumbersOf(item).map((page) => page.split('-').map(Number)));
          expect(keys).toEqual(keys.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d));
          // Inserting alone leaves every number of the volume's own as it was printed; those of late inserts may move within their run.
          const before = former.volumes[0]?.items ?? [];
          const rest = names.filter((name) => before.some(({ evidenceId: id }) => id === name.slice(0, 1)));
          if (rest.length === before.length && rest.every((name, at) => name.startsWith(before[at]?.evidenceId ?? '-'))) {
            for (const item of before) {
              const now = planned.find(({ evidenceId: id }) => id === item.evidenceId) ?? item;
              if (item.after === undefined) expect(formatPages(now)).toBe(formatPages(item));
              if (item.orderAfter === undefined) expect(formatOrder(now)).toBe(formatOrder(item));
            }
          }
          expect(JSON.stringify(kept(plan, ...names))).toBe(JSON.stringify(plan));
          former = plan;
        }
      }),
      { numRuns: 300 },
    );
  });
});
