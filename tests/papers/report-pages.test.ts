import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { evidenceId, indicatorCode } from '../../src-main/domain/ids.ts';
import { buildReportModel, defaultProfile, describeReport, layoutPaperWithAnchors, renderPaperDocx, type ReportIndicator } from '../../src-main/papers/index.ts';
import { catalog, judgements, measure, office, plan, snapshot } from './paper-fixture.ts';

const hasOffice = spawnSync('soffice', ['--version']).status === 0;
const folder = mkdtempSync(path.join(tmpdir(), 'chuangdang-pages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const model = buildReportModel({ catalog, snapshot, plan, judgements, office, draft: true });
const [sample] = model.groups.flatMap(({ indicators }) => indicators);
if (sample === undefined) throw new Error('the report has no indicator');

const sentence = '2021年以来区政府逐年分解目标任务，优良天数比例由84.1%提高到87.4%，PM2.5年均浓度降至26μg/m³，';
/** About that many lines of 28 characters, the way the report's texts are written. */
const linesOfText = (lines: number): string => sentence.repeat(Math.ceil((lines * 28) / sentence.length)).slice(0, lines * 28);

interface Size {
  readonly paragraphs: readonly number[];
  readonly evidence: number;
}

const chapter = (place: number, { paragraphs, evidence }: Size): ReportIndicator => ({
  ...sample,
  code: indicatorCode(String(place)),
  name: `第${place}章所述的指标`,
  text: paragraphs.map(linesOfText).join('\n'),
  // LibreOffice takes longest for the charts: a few are enough.
  years: place % 6 === 0 ? sample.years : sample.years.map((year) => ({ ...year, figure: null })),
  evidence: Array.from({ length: evidence }, (_, index) => ({
    evidenceId: evidenceId(`e-${index}`),
    title: index % 3 === 0 ? `青岛市市南区人民政府办公室关于印发《市南区2023年度第${index + 1}项工作实施方案》的通知` : `2023年监测报告之${index + 1}`,
    documentNumber: index % 2 === 0 ? `青南政办发〔2023〕${index + 3}号` : '',
    year: '2023',
    citation: `${(index % 9) + 1}–${index * 7 + 1}`,
  })),
});

// Lengths that end on each line of two pages, by one text, by several, and by the rows of the table; and some at random.
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const sizes: readonly Size[] = [
  ...upTo(46).map((lines) => ({ paragraphs: [lines], evidence: 2 })),
  ...upTo(12).map((lines) => ({ paragraphs: [3, 2 * lines, 7], evidence: 5 })),
  ...upTo(38).map((rows) => ({ paragraphs: [4], evidence: rows })),
  ...fc.sample(fc.record({ paragraphs: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 5 }), evidence: fc.integer({ min: 0, max: 90 }) }), { seed: 6, numRuns: 20 }),
];
const paper = describeReport({ ...model, groups: [{ name: '全部指标', indicators: sizes.map((size, index) => chapter(index + 1, size)) }] }, defaultProfile);
const squeezed = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '');

describe('a report whose chapters end anywhere on a page', () => {
  it.skipIf(!hasOffice)('has in LibreOffice, in its contents list and as drawn the same pages (needs soffice)', { timeout: 400_000 }, async () => {
    const drawn = layoutPaperWithAnchors(paper, defaultProfile, measure);
    const file = path.join(folder, 'report.docx');
    writeFileSync(file, await renderPaperDocx(paper, defaultProfile));
    execFileSync('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', folder, file], { stdio: 'ignore' });
    const pages = execFileSync('pdftotext', ['-layout', path.join(folder, 'report.pdf'), '-'], { encoding: 'utf8', maxBuffer: 64 * 1048576 }).split('\f').slice(0, -1).map(squeezed);
    const body = pages.findIndex((page) => page.includes('本次自评估共涉及指标'));
    const written = [...execFileSync('unzip', ['-p', file, 'word/document.xml'], { encoding: 'utf8', maxBuffer: 64 * 1048576 }).matchAll(/PAGEREF [^"]*"><w:r><w:t[^>]*>(\d+)</gu)].map(([, page]) => Number(page));
    const contents = paper.sections.flatMap(({ blocks }) => blocks).find((block) => block.kind === 'contents');
    if (contents?.kind !== 'contents') throw new Error('the report has no contents list');
    const found = contents.entries.map(({ text }) => pages.findIndex((page, index) => index >= body && page.includes(squeezed(text))) - body + 1);
    const rows = contents.entries.map(({ anchor, text }, index) => ({ text, libreOffice: found[index], written: written[index], drawn: drawn.anchors.get(anchor)?.number }));
    expect(rows.filter(({ libreOffice, written: listed, drawn: ours }) => libreOffice !== listed || ours !== listed)).toEqual([]);
    expect(rows.length).toBe(sizes.length + 6);
    expect(drawn.pages.length).toBe(pages.length);
    expect(pages.filter((page) => !page.includes('不得作为正式材料'))).toEqual([]);
  });
});
