import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planBinding, writeVolume } from '../../src-main/binder/index.ts';
import { formatItemOrder } from '../../src-main/domain/archival-code.ts';
import { checkCompleteness } from '../../src-main/domain/completeness.ts';
import { numberLateInserts } from '../../src-main/domain/late-inserts.ts';
import { formatOrder, formatPage, formatPages, pageNumbersOf } from '../../src-main/domain/page-number.ts';
import { planVolumes, type VolumePlan } from '../../src-main/domain/volume-plan.ts';
import { finish } from '../../src-main/domain/steps.ts';
import { defaultProfile } from '../../src-main/papers/index.ts';
import { describeBound } from '../../src-main/service/binding/bound-facts.ts';
import { describeVolume, drawVolume, type BindingMaterial } from '../../src-main/service/binding/volume-sections.ts';
import { openBundledFonts } from '../../src-main/service/font-files.ts';
import { plainPdf } from '../binder/plain-pdf.ts';
import { makeFolder, readPdf } from '../binder/workbench.ts';
import { makeCatalog, makeEvidence, makeIndicator, makeLink, numbering } from '../domain/volume-plan-fixture.ts';
import { office as paperOffice, snapshot as filed } from '../papers/paper-fixture.ts';
import { resources } from '../fixtures/make-pdf.ts';

const folder = makeFolder();
const office = { ...paperOffice, organ: 'STB', retentions: ['永久', '30年', '10年'] as const };
const fonts = openBundledFonts(resources);
const catalog = makeCatalog([[makeIndicator('1', '甲')]]);
const sources = [1, 2, 3].map((pages) => folder.put(`p${pages}.pdf`, plainPdf(Array.from({ length: pages }, () => 'page'))));
const POINTS_PER_MM = 72 / 25.4;
const { columns } = defaultProfile.volumeIndex;

/** Where a column of 卷内目录 stands on paper, in points. */
function columnOf(field: (typeof columns)[number]['field']): readonly [left: number, right: number] {
  const at = columns.findIndex((column) => column.field === field);
  const left = defaultProfile.pages.form.left + columns.slice(0, at).reduce((sum, { width }) => sum + width, 0);
  return [left * POINTS_PER_MM, (left + (columns[at]?.width ?? 0)) * POINTS_PER_MM];
}

/** Items by name in their order; the same name is always the same file. */
function planNow(names: readonly string[], pagesOf: (name: string) => number): Pick<BindingMaterial, 'plan' | 'snapshot'> {
  const snapshot = { ...filed, evidence: names.map((name) => makeEvidence(name, pagesOf(name), { title: `文件${name}` })), links: names.map((name, at) => makeLink(name, '1', at)) };
  return { snapshot, plan: planVolumes(catalog, snapshot, { by: 'group' }, numbering) };
}

it('are stamped, indexed and labelled alike, whatever is put in and taken out between the versions, and no rule finds fault with them', async () => {
  const names = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 2, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(names, { minLength: 2, maxLength: 3 }), fc.func(fc.integer({ min: 1, max: 3 })), async (versions, pagesOf) => {
      let former: VolumePlan = planNow(versions[0] ?? [], pagesOf).plan;
      for (const version of versions.slice(1)) {
        const { snapshot, plan } = planNow(version, pagesOf);
        former = numberLateInserts(plan, () => former.volumes[0] ?? null);
        const [volume] = former.volumes;
        if (volume === undefined) throw new Error('nothing was planned');
        const material: BindingMaterial = {
          catalog, snapshot, plan: former, office, profile: defaultProfile, fonts, draft: false, created: '2024-04-30T00:00:00+08:00', folder: folder.path,
          fileOf: (id) => sources[pagesOf(id) - 1] ?? '', proofLinesOf: () => [], replacementOf: () => undefined,
        };
        const bound = planBinding(finish(drawVolume(finish(describeVolume(material, volume)), material.profile)));
        if (!bound.ok) throw new Error(JSON.stringify(bound.error));
        const out = join(folder.path, 'late.pdf');
        expect((await writeVolume(bound.value, out)).ok).toBe(true);
        const { document, pieces } = await readPdf(out);
        const labels = (await document.getPageLabels()) ?? [];
        const expected = volume.items.flatMap(pageNumbersOf);
        expect(labels.filter((label) => /^\d/u.test(label))).toEqual(expected);
        for (const [at, label] of labels.entries()) {
          if (!/^\d/u.test(label)) continue;
          // The 归档章 has figures too; the number stands at the corner.
          const stamps = (await pieces(at + 1)).filter(({ y, x, text }) => y > 780 && (x < 120 || x > 480) && /^[\d-]+$/u.test(text));
          expect(stamps.map(({ text }) => text), `页标签 ${label}`).toEqual([label]);
        }
        for (const item of volume.items) {
          const first = await pieces(labels.indexOf(formatPage(item)) + 1);
          expect(first.map(({ text }) => text), '归档章的件号').toContain(formatItemOrder(item, defaultProfile.filingStamp.digits));
        }
        const rows = (await pieces(labels.indexOf('目录') + 1)).toSorted((a, b) => b.y - a.y);
        const cellsIn = (field: 'order' | 'page'): readonly string[] => {
          const [left, right] = columnOf(field);
          const lines = new Map<number, string>();
          for (const { x, y, text } of rows) if (x >= left && x < right) lines.set(Math.round(y), `${lines.get(Math.round(y)) ?? ''}${text}`);
          return [...lines.values()].map((text) => text.trim()).filter((text) => /^\d/u.test(text));
        };
        expect(cellsIn('order')).toEqual(volume.items.map(formatOrder));
        expect(cellsIn('page')).toEqual(volume.items.map((item, at) => (at === volume.items.length - 1 ? formatPages(item) : (pageNumbersOf(item)[0] ?? ''))));
        await document.loadingTask.destroy();
        const facts = describeBound(volume, bound.value, { snapshot, office, draft: false });
        const { findings } = checkCompleteness(catalog, { ...snapshot, bundle: { volumes: [facts], boxes: [] } });
        expect(findings.filter(({ rule }) => rule.startsWith('numbering.'))).toEqual([]);
      }
    }),
    { numRuns: 8 },
  );
}, 60_000);
