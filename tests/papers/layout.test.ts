import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MM_PER_POINT, type DrawnPage } from '../../src-main/domain/page-drawing.ts';
import {
  buildCoverModel, cleanText, buildItemCatalogModel, buildReportModel, buildVolumeIndexModel, defaultProfile, describeCover, describeItemCatalog, describeReport,
  describeVolumeIndex, layoutPaper, layoutPaperWithAnchors, type Paper,
} from '../../src-main/papers/index.ts';
import { numbering } from '../domain/volume-plan-fixture.ts';
import { catalog, judgements, measure, office, plan, snapshot } from './paper-fixture.ts';

const report = describeReport(buildReportModel({ catalog, snapshot, plan, judgements, office, draft: false }), defaultProfile);

/** Right edge of a text, its last character's spacing left out. */
const endOf = (op: Extract<DrawnPage['ops'][number], { op: 'text' }>): number =>
  op.x + measure(op.text, op.font, op.size) + ([...op.text].length - 1) * (op.spacing ?? 0) * MM_PER_POINT;

const textsOf = (page: DrawnPage) => page.ops.filter((op) => op.op === 'text');
const joined = (pages: readonly DrawnPage[]): string => pages.flatMap(textsOf).map(({ text }) => text).join('').replaceAll(' ', '');

/** Texts that do not stand between the vertical rules beside them, padding included. */
function findOverflow(page: DrawnPage): readonly string[] {
  const rules = page.ops.filter((op) => op.op === 'line').filter(({ x1, x2 }) => x1 === x2);
  return textsOf(page).flatMap((op) => {
    const beside = rules.filter(({ y1, y2 }) => op.y > y1 && op.y <= y2).map(({ x1 }) => x1);
    if (beside.length === 0) return [];
    const left = Math.max(...beside.filter((x) => x <= op.x));
    const right = Math.min(...beside.filter((x) => x > op.x));
    const { padding } = defaultProfile.table;
    return op.x < left + padding - 0.01 || endOf(op) > right - padding + 0.01 ? [`${op.text}: ${op.x}–${endOf(op)} in ${left}–${right}`] : [];
  });
}

describe('layoutPaper', () => {
  it('sets official text in 22 lines of 28 characters inside 156 × 225 mm (GB/T 9704-2012 §5.2)', () => {
    const paper: Paper = { title: '', draft: false, sections: [{ page: 'official', numbering: 'restart', blocks: [{ kind: 'text', style: 'addressee', text: '国'.repeat(28 * 23) }] }] };
    const pages = layoutPaper(paper, defaultProfile, measure);
    expect(pages.map((page) => textsOf(page).filter(({ text }) => text.startsWith('国')).map(({ text }) => text.length))).toEqual([Array.from({ length: 22 }, () => 28), [28]]);
    const first = textsOf(pages[0] ?? { width: 0, height: 0, ops: [] });
    for (const op of first.slice(0, 22)) {
      expect(op.x).toBeCloseTo(28, 3);
      expect(endOf(op)).toBeLessThanOrEqual(28 + 156 + 0.01);
      expect(endOf(op)).toBeGreaterThan(28 + 156 - 1);
    }
    const lines = first.slice(0, 22).map(({ y }) => y);
    expect((lines[21] ?? 0) - (lines[0] ?? 0)).toBeCloseTo(21 * 28.95 * MM_PER_POINT, 3);
    // The glyphs of the first line begin at the top margin, those of the last end above the bottom margin.
    expect((lines[0] ?? 0) - 16 * MM_PER_POINT).toBeGreaterThan(36.5);
    expect(lines[21] ?? 0).toBeLessThan(297 - 35);
  });

  it('prints page numbers as — 1 —, odd pages right, even pages left, from the first page of the body', () => {
    const pages = layoutPaper(report, defaultProfile, measure);
    const numbers = pages.map((page) => textsOf(page).find(({ text }) => /^— \d+ —$/u.test(text)));
    expect(numbers.map((op) => op?.text ?? '')).toEqual(['', '', ...Array.from({ length: pages.length - 2 }, (_, index) => `— ${index + 1} —`)]);
    expect(numbers[2]?.x ?? 0).toBeGreaterThan(150);
    expect(numbers[3]?.x ?? 0).toBeCloseTo(28 + 14 * MM_PER_POINT, 3);
    // The dashes, a third of an em above the baseline, are 7 mm under the text area.
    expect(numbers[2]?.y ?? 0).toBeCloseTo(297 - 35 + 7 + 14 * MM_PER_POINT * 0.34, 3);
  });

  it('lists headings with the pages on which they stand', () => {
    const { pages, anchors } = layoutPaperWithAnchors(report, defaultProfile, measure);
    const contents = textsOf(pages[1] ?? { width: 0, height: 0, ops: [] }).map(({ text }) => text).filter((text) => text !== '.');
    for (const [anchor, place] of anchors) {
      const block = report.sections[2]?.blocks.find((each) => each.kind === 'text' && each.anchor === anchor);
      if (block?.kind !== 'text') throw new Error(`no heading for ${anchor}`);
      expect(contents[contents.indexOf(block.text) + 1]).toBe(String(place.number));
      const page = pages[place.page];
      expect(page && joined([page])).toContain(block.text.replaceAll(' ', ''));
    }
    expect(anchors.size).toBe(13);
    const links = pages[1]?.ops.flatMap((op) => (op.op === 'link' ? [op.toItem] : []));
    expect(links).toEqual([...anchors.values()].map(({ page }) => String(page + 1)));
  });

  it('repeats the header row, links each row and shortens no title', () => {
    const volume = plan.volumes[1];
    if (volume === undefined) throw new Error('the plan has no second volume');
    const model = buildVolumeIndexModel(snapshot, volume, false);
    const pages = layoutPaper(describeVolumeIndex(model, defaultProfile), defaultProfile, measure);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      expect(textsOf(page).map(({ text }) => text)).toContain('责任者');
      expect(findOverflow(page)).toEqual([]);
    }
    expect(pages.flatMap((page) => page.ops).flatMap((op) => (op.op === 'link' ? [op.toItem] : []))).toEqual(volume.items.map(({ evidenceId }) => evidenceId));
    const printed = joined(pages);
    for (const row of model.rows) expect(printed).toContain(row.documentNumber);
    expect(printed).toContain(`${volume.items.at(-1)?.firstPage}–${volume.pages}`);
  });

  it('keeps the item catalogue on landscape A4 within its columns', () => {
    const pages = layoutPaper(describeItemCatalog(buildItemCatalogModel(snapshot, plan, numbering, '全宗名称', false), defaultProfile), defaultProfile, measure);
    for (const page of pages) {
      expect([page.width, page.height]).toEqual([297, 210]);
      expect(findOverflow(page)).toEqual([]);
    }
  });

  it('never lets text leave its cell or the page, nor loses any, whatever is in the table', { timeout: 60_000 }, () => {
    const words = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('青岛市市南区人民政府办公室关于印发《方案》的通知', 'https://www.qingdao.gov.cn/zwgk/xxgk/hbj/gkml/202301/t20230131_6784512.shtml', '', 'Z109-WS·2024·D30·STB-0001', '一\n二\n三'),
      fc.integer({ min: 1, max: 120 }).map((count) => '长题名'.repeat(count)),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(words, words, words), { minLength: 1, maxLength: 12 }), fc.tuple(fc.integer({ min: 12, max: 40 }), fc.integer({ min: 12, max: 90 })), (rows, [narrow, wide]) => {
        const paper: Paper = {
          title: '',
          draft: false,
          sections: [
            {
              page: 'form',
              numbering: 'restart',
              blocks: [
                {
                  kind: 'table',
                  table: {
                    columns: [{ width: narrow, align: 'center' }, { width: wide, align: 'left' }, { width: 40, align: 'right' }],
                    headers: ['甲', '乙', '丙'],
                    rows: rows.map((texts) => ({ cells: texts.map((text) => ({ text })) })),
                    rowHeight: 8,
                    leastRows: 0,
                  },
                },
              ],
            },
          ],
        };
        const pages = layoutPaper(paper, defaultProfile, measure);
        expect(pages.flatMap(findOverflow)).toEqual([]);
        expect(Math.max(...pages.flatMap((page) => page.ops.flatMap((op) => (op.op === 'line' ? [op.y1, op.y2] : []))))).toBeLessThanOrEqual(297 - 20 + 0.02);
        const printed = [...joined(pages)];
        const given = [...rows.flat().map(cleanText).join('')];
        for (const character of '题青号') expect(printed.filter((each) => each === character).length).toBe(given.filter((each) => each === character).length);
      }),
      { numRuns: 30, interruptAfterTimeLimit: 8000, endOnFailure: true },
    );
  });

  it('marks every page of a draft, and no other', () => {
    const volume = plan.volumes[0];
    if (volume === undefined) throw new Error('the plan has no volume');
    const draftPages = (draft: boolean): readonly DrawnPage[] => layoutPaper(describeCover(buildCoverModel(catalog, plan, volume, office, draft), defaultProfile), defaultProfile, measure);
    expect(joined(draftPages(true))).toContain('不得作为正式材料');
    expect(joined(draftPages(false))).not.toContain('草稿');
  });
});
