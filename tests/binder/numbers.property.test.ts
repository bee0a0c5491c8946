import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageLabelTexts, pageNumberText, type ItemNumbering, type Section } from '../../src-main/binder/index.ts';
import { plainPdf } from './plain-pdf.ts';
import { bindTo, boundOf, makeFolder, planOf, readPdf } from './workbench.ts';

const folder = makeFolder();
/** One file for each page count; the text names file and page, so that a wrong page is noticed. */
const sources = [1, 2, 3, 4, 5].map((pages) => folder.put(`p${pages}.pdf`, plainPdf(Array.from({ length: pages }, (_, i) => `f${pages}p${i + 1}`))));

const numbering: fc.Arbitrary<ItemNumbering> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<ItemNumbering>({ kind: 'continue' }) },
  { weight: 1, arbitrary: fc.constant<ItemNumbering>({ kind: 'none' }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }).map((first): ItemNumbering => ({ kind: 'suffix', after: 12, first })) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 900 }).map((first): ItemNumbering => ({ kind: 'from', first })) },
);
const part = fc.record({ pages: fc.integer({ min: 1, max: 5 }), numbering, skip: fc.integer({ min: 0, max: 2 }), drawnBefore: fc.boolean() });
const place = fc.constantFrom('duplex-upper', 'duplex-lower', 'upper-right', 'lower-center' as const);

describe('page numbers', () => {
  it('are stamped, labelled and planned alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), place, async (parts, where) => {
        const sections = parts.flatMap((wanted, i): Section[] => {
          const first = Math.min(1 + wanted.skip, wanted.pages);
          const item: Section = { kind: 'source', key: `s${i}`, path: sources[wanted.pages - 1] ?? '', title: `件${i}`, numbering: wanted.numbering, pageRange: { first, last: wanted.pages } };
          const separator: Section = { kind: 'drawn', key: `d${i}`, labelPrefix: `隔${i}-`, pages: [{ width: 210, height: 297, ops: [{ op: 'text', x: 50, y: 150, text: `separator${i}`, font: 'hei', size: 20 }] }] };
          return wanted.drawnBefore ? [separator, item] : [item];
        });
        const plan = planOf(sections, { numbering: { perVolume: { place: where, offsetX: 12, offsetY: 9, font: 'song', size: 11, format: '#{n}#' } } });
        const bound = boundOf(plan);
        const out = `${folder.path}/random.pdf`;
        const written = await bindTo(out, plan);
        const { document, text } = await readPdf(out);
        const labels = (await document.getPageLabels()) ?? [];
        expect(labels).toEqual(pageLabelTexts(bound));
        for (const section of bound.sections) {
          for (let i = 0; i < section.pages; i++) {
            const page = section.firstPage + i;
            const stamped = /#([\d-]+)#/.exec(await text(page))?.[1] ?? null;
            const planned = pageNumberText(section.numbers, i);
            expect(stamped).toBe(planned);
            if (planned !== null) expect(labels[page - 1]).toBe(planned);
            const item = section.section;
            if (item.kind === 'source') {
              const file = /p(\d)\.pdf$/.exec(item.path)?.[1];
              expect(await text(page)).toContain(`f${file}p${(item.pageRange?.first ?? 1) + i}`);
              expect(written.sources.find((source) => source.key === item.key)?.firstPage).toBe(section.firstPage);
            }
          }
        }
        await document.loadingTask.destroy();
      }),
      { numRuns: 25 },
    );
  });
});
