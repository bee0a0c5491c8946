import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceId } from '../../src-main/domain/ids.ts';
import { findPlacement, planVolumes, type VolumeDivision } from '../../src-main/domain/volume-plan.ts';
import { makeCatalog, makeEvidence, makeIndicator, makeLink, numbering } from './volume-plan-fixture.ts';

const catalog = makeCatalog([[makeIndicator('1', '甲'), makeIndicator('2', '乙')], [makeIndicator('3', '丙')]]);

describe('planVolumes', () => {
  const snapshot = {
    evidence: [makeEvidence('a', 3), makeEvidence('b', 2, { date: '2021-02-03' }), makeEvidence('c', 4, { kind: 'photo', date: '2022' }), makeEvidence('d', 5)],
    links: [makeLink('b', '1', 1), makeLink('a', '1', 0), makeLink('c', '2', 0), makeLink('a', '2', 1), makeLink('d', '3', 0), makeLink('c', '3', 1)],
  };

  it('divides by group, numbers from 1 and counts what covers print', () => {
    const plan = planVolumes(catalog, snapshot, { by: 'group' }, numbering);
    expect(plan.volumes.map((volume) => [volume.no, volume.title, volume.archivalCode, volume.pages])).toEqual([
      [1, '第1组', 'Z109-WS·2024·D30·STB-0001', 9],
      [2, '第2组', 'Z109-WS·2024·D30·STB-0002', 5],
    ]);
    expect(plan.volumes[0]?.items.map((item) => [item.evidenceId, item.order, item.indicator, item.firstPage, item.lastPage])).toEqual([
      ['a', 1, '1', 1, 3],
      ['b', 2, '1', 4, 5],
      ['c', 3, '2', 6, 9],
    ]);
    expect(plan.volumes[0]?.totals).toEqual({ items: 3, pages: 9, photos: 1, photoPages: 4, unsettledPictures: 0, firstDate: '2021-02-03', lastDate: '2023-05-06' });
  });

  it('counts a picture named as a photo while nobody has said what it is, and tells of one whose name does not say', () => {
    const totals = (change: object) => planVolumes(catalog, { ...snapshot, evidence: snapshot.evidence.map((item) => (item.id === 'b' ? { ...item, fileKind: 'jpeg' as const, kind: null, ...change } : item)) }, { by: 'group' }, numbering).volumes[0]?.totals;
    expect(totals({ fileName: '04 现场照片.jpg' })).toMatchObject({ photos: 2, photoPages: 6, unsettledPictures: 0 });
    expect(totals({ fileName: 'IMG_0012.jpg' })).toMatchObject({ photos: 1, photoPages: 4, unsettledPictures: 1 });
    expect(totals({ fileName: '04 现场照片.jpg', kind: 'official-document' })).toMatchObject({ photos: 1, unsettledPictures: 0 });
    expect(totals({ fileName: '现场照片.pdf', fileKind: 'pdf' })).toMatchObject({ photos: 1, unsettledPictures: 0 });
  });

  it('binds a shared item once and refers to it from elsewhere', () => {
    const plan = planVolumes(catalog, snapshot, { by: 'indicator' }, numbering);
    expect(plan.volumes.map((volume) => volume.title)).toEqual(['指标1 甲', '指标2 乙', '指标3 丙']);
    expect(plan.volumes[1]?.sections).toEqual([
      { indicator: '2', firstOrder: 1, lastOrder: 1, crossReferences: [{ evidenceId: 'a', volume: 1, order: 1, firstPage: 1, lastPage: 3 }] },
    ]);
    expect(plan.volumes[2]?.sections[0]?.crossReferences.map((reference) => reference.volume)).toEqual([2]);
    expect(findPlacement(plan, evidenceId('c'))).toMatchObject({ volume: 2, firstPage: 1, lastPage: 4 });
  });

  it('prints an indicator whose evidence is all bound elsewhere beside the one before it', () => {
    const shared = { evidence: [makeEvidence('a', 3)], links: [makeLink('a', '1', 0), makeLink('a', '2', 0)] };
    const plan = planVolumes(catalog, shared, { by: 'indicator' }, numbering);
    expect(plan.volumes).toHaveLength(1);
    expect(plan.volumes[0]?.sections.map((section) => [section.indicator, section.firstOrder, section.crossReferences.length])).toEqual([['1', 1, 0], ['2', null, 1]]);
  });

  it('fills volumes to a page cap without splitting an item', () => {
    const plan = planVolumes(catalog, snapshot, { by: 'page-cap', cap: 5 }, numbering);
    expect(plan.volumes.map((volume) => [volume.title, volume.pages])).toEqual([['指标1 甲', 5], ['指标2 乙', 4], ['指标3 丙', 5]]);
    const small = planVolumes(catalog, snapshot, { by: 'page-cap', cap: 1 }, numbering);
    expect(small.volumes.map((volume) => volume.items.length)).toEqual([1, 1, 1, 1]);
    const parts = planVolumes(catalog, snapshot, { by: 'group', cap: 5 }, numbering);
    expect(parts.volumes.map((volume) => volume.title)).toEqual(['第1组（一）', '第1组（二）', '第2组']);
  });

  it('gives an unreadable or changed file one page that says so', () => {
    const evidence = [makeEvidence('a', 0, { integrity: 'unreadable' }), makeEvidence('b', 7, { integrity: 'changed' }), makeEvidence('c', 2)];
    const plan = planVolumes(catalog, { evidence, links: ['a', 'b', 'c'].map((id, order) => makeLink(id, '1', order)) }, { by: 'group' }, numbering);
    expect(plan.volumes[0]?.items.map((item) => [item.placeholder, item.firstPage, item.lastPage])).toEqual([[true, 1, 1], [true, 2, 2], [false, 3, 4]]);
  });

  it('has no archival code while the office has not decided the retention', () => {
    const plan = planVolumes(catalog, snapshot, { by: 'group' }, { ...numbering, retention: '' });
    expect(plan.volumes.map((volume) => volume.archivalCode)).toEqual(['', '']);
  });

  it('refuses a cap that is no number of pages', () => {
    expect(() => planVolumes(catalog, snapshot, { by: 'page-cap', cap: 0 }, numbering)).toThrow(RangeError);
    expect(() => planVolumes(catalog, snapshot, { by: 'group', cap: 1.5 }, numbering)).toThrow(RangeError);
  });

  it('binds each linked item exactly once, unsplit, numbered without gaps, whatever the links and their order', () => {
    const links = fc.array(fc.record({ item: fc.integer({ min: 0, max: 11 }), indicator: fc.constantFrom('1', '2', '3'), order: fc.integer({ min: 0, max: 20 }) }), { maxLength: 40 });
    const divisions = fc.constantFrom<VolumeDivision>({ by: 'group' }, { by: 'indicator' }, { by: 'page-cap', cap: 7 }, { by: 'group', cap: 4 });
    fc.assert(
      fc.property(links, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 12, maxLength: 12 }), divisions, (drawn, pages, division) => {
        const evidence = pages.map((count, index) => makeEvidence(`e${index}`, count));
        const all = drawn.map(({ item, indicator, order }) => makeLink(`e${item}`, indicator, order));
        const plan = planVolumes(catalog, { evidence, links: all }, division, numbering);
        const bound = plan.volumes.flatMap((volume) => volume.items);
        expect(bound.map((item) => item.evidenceId).toSorted()).toEqual([...new Set(all.map((link) => link.evidenceId))].toSorted());
        for (const volume of plan.volumes) {
          let next = 1;
          for (const [index, item] of volume.items.entries()) {
            expect([item.order, item.firstPage]).toEqual([index + 1, next]);
            expect(item.lastPage - item.firstPage + 1).toBe(pages[Number(item.evidenceId.slice(1))]);
            next = item.lastPage + 1;
          }
          expect(volume.pages).toBe(next - 1);
          if (volume.items.length > 1 && (division.cap ?? 0) > 0) expect(volume.pages).toBeLessThanOrEqual(division.cap ?? 0);
        }
        // Each link is answered: bound under its indicator, or referred to from it.
        const answered = plan.volumes.flatMap((volume) => [
          ...volume.items.map((item) => `${item.evidenceId} ${item.indicator}`),
          ...volume.sections.flatMap((section) => section.crossReferences.map((reference) => `${reference.evidenceId} ${section.indicator}`)),
        ]);
        expect(answered.toSorted()).toEqual([...new Set(all.map((link) => `${link.evidenceId} ${link.indicator}`))].toSorted());
        const shuffled = planVolumes(catalog, { evidence: evidence.toReversed(), links: all.toReversed() }, division, numbering);
        if (new Set(all.map((link) => `${link.indicator} ${link.evidenceId}`)).size === all.length) expect(shuffled).toEqual(plan);
      }),
      { numRuns: 200 },
    );
  });
});
