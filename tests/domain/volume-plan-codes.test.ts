import { describe, expect, it } from 'vitest';
import { findNumberingFaults, formatArchivalCode, formatItemNumber, parseArchivalCode } from '../../src-main/domain/archival-code.ts';
import { cornerOf, countSheets, formatCatalogDate, formatIndexPage, formatPageRange } from '../../src-main/domain/page-number.ts';
import { planVolumes } from '../../src-main/domain/volume-plan.ts';
import { reprintDiff } from '../../src-main/domain/reprint.ts';
import { makeCatalog, makeEvidence, makeIndicator, makeLink, numbering } from './volume-plan-fixture.ts';

describe('archival codes', () => {
  it('writes the examples of both standards', () => {
    const example = { ...numbering, year: 2011, retention: '永久', organ: 'BGS' } as const;
    expect(formatArchivalCode({ ...example, style: 'DA/T 22-2015' }, 1)).toBe('Z109-WS·2011-Y-BGS-0001');
    expect(formatArchivalCode(example, 1)).toBe('Z109-WS·2011·Y·BGS-0001');
    expect(formatItemNumber(12345, 3)).toBe('12345');
  });

  it.each(['DA/T 22-2015', 'DA/T 13-2022'] as const)('reads back what it wrote by %s', (style) => {
    const own = { ...numbering, style };
    expect(parseArchivalCode(formatArchivalCode(own, 27))).toEqual({ numbering: own, no: 27 });
    expect(parseArchivalCode('Z109-WS·2011-Y·BGS-0001')).toBeUndefined();
  });

  it('finds gaps and repetitions', () => {
    expect(findNumberingFaults([5, 1, 2, 2, 5])).toEqual({ missing: [3, 4], repeated: [2, 5] });
    expect(findNumberingFaults([])).toEqual({ missing: [], repeated: [] });
  });
});

describe('page numbers', () => {
  it('stand right on fronts and left on backs', () => {
    expect(cornerOf({ duplex: true, corner: 'upper' }, 2)).toEqual({ vertical: 'upper', horizontal: 'left' });
    expect(cornerOf({ duplex: false, corner: 'lower' }, 2)).toEqual({ vertical: 'lower', horizontal: 'right' });
  });

  it('print as ranges, cells and dates', () => {
    const item = planVolumes(makeCatalog([[makeIndicator('1', '甲')]]), { evidence: [makeEvidence('a', 3)], links: [makeLink('a', '1', 0)] }, { by: 'group' }, numbering).volumes[0]?.items[0];
    if (item === undefined) throw new Error('nothing was planned');
    expect([formatIndexPage(item, false, 'page'), formatIndexPage(item, true, 'page'), formatIndexPage(item, true, 'count')]).toEqual(['1', '1–3', '3']);
    expect(formatPageRange(4, 4)).toBe('4');
    expect([formatCatalogDate('2023-05-06'), formatCatalogDate('2023'), formatCatalogDate('')]).toEqual(['20230506', '2023', '']);
    expect([countSheets(5, true), countSheets(5, false)]).toEqual([3, 5]);
  });
});

describe('reprintDiff', () => {
  const catalog = makeCatalog([[makeIndicator('1', '甲')], [makeIndicator('2', '乙')]]);
  const evidence = [makeEvidence('a', 3), makeEvidence('b', 2), makeEvidence('c', 4)];
  const links = [makeLink('a', '1', 0), makeLink('b', '1', 2), makeLink('c', '2', 0)];
  const plan = (changed = evidence, linked = links) => planVolumes(catalog, { evidence: changed, links: linked }, { by: 'group' }, numbering);

  it('is empty for equal plans', () => expect(reprintDiff(plan(), plan())).toEqual([]));

  it('inserts a late file and renumbers what follows, in its volume only', () => {
    const late = plan([...evidence, makeEvidence('x', 5)], [...links, makeLink('x', '1', 1)]);
    expect(reprintDiff(plan(), late, true)).toEqual([
      {
        volume: 1,
        title: '第1组',
        change: 'changed',
        papers: ['cover', 'index', 'separators', 'closing-note'],
        separators: [],
        sheets: [
          { action: 'insert', reason: 'content', evidenceId: 'x', oldPages: '', newPages: '4–8', sheets: 3 },
          { action: 'replace', reason: 'number', evidenceId: 'b', oldPages: '4–5', newPages: '9–10', sheets: 1 },
        ],
      },
    ]);
  });

  it('replaces only the item whose file is other, and leaves the index where nothing moved', () => {
    const corrected = [makeEvidence('a', 3, { sha256: makeEvidence('other', 1).sha256 }), ...evidence.slice(1)];
    expect(reprintDiff(plan(), plan(corrected))).toEqual([
      { volume: 1, title: '第1组', change: 'changed', papers: [], separators: [], sheets: [{ action: 'replace', reason: 'content', evidenceId: 'a', oldPages: '1–3', newPages: '1–3', sheets: 3 }] },
    ]);
  });

  it('asks for the closing note alone where only the photos are counted otherwise, and for nothing where an export of before did not count them', () => {
    const [only] = plan().volumes;
    if (only === undefined) throw new Error('nothing is planned');
    const { unsettledPictures: _uncounted, ...counted } = only.totals;
    const before = { volumes: [{ ...only, totals: counted }, ...plan().volumes.slice(1)] };
    expect(reprintDiff(before, plan())).toEqual([]);
    const after = { volumes: [{ ...only, totals: { ...only.totals, photos: 1, photoPages: 3 } }, ...plan().volumes.slice(1)] };
    expect(reprintDiff(before, after)).toMatchObject([{ volume: 1, papers: ['closing-note'], sheets: [] }]);
  });

  it('names volumes that are new or gone', () => {
    const one = plan(evidence, links.slice(0, 2));
    expect(reprintDiff(one, plan()).map(({ volume, change }) => [volume, change])).toEqual([[2, 'new']]);
    expect(reprintDiff(plan(), one).map(({ volume, change, sheets }) => [volume, change, sheets[0]?.oldPages])).toEqual([[2, 'gone', '1–4']]);
  });
});
