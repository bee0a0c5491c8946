import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import {
  buildItemCatalogModel, buildReportModel, buildVolumeIndexModel, defaultProfile, describeItemCatalog, describeReport, describeVolumeIndex, layoutPaperWithAnchors,
  renderPaperDocx, type Paper,
} from '../../src-main/papers/index.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import { numbering } from '../domain/volume-plan-fixture.ts';
import { catalog, judgements, measure, office, plan, snapshot } from './paper-fixture.ts';

const hasOffice = spawnSync('soffice', ['--version']).status === 0;
const folder = mkdtempSync(path.join(tmpdir(), 'chuangdang-docx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Text of each page as LibreOffice sets it, without blanks. */
function convert(name: string, bytes: Uint8Array): readonly string[] {
  const file = path.join(folder, `${name}.docx`);
  writeFileSync(file, bytes);
  execFileSync('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', folder, file], { stdio: 'ignore' });
  const text = execFileSync('pdftotext', ['-layout', path.join(folder, `${name}.pdf`), '-'], { encoding: 'utf8' });
  return text.split('\f').slice(0, -1).map((page) => page.normalize('NFKC').replace(/\s/gu, ''));
}

const partOf = (bytes: Uint8Array, part: string): string => {
  const content = unzipSync(bytes)[part];
  if (content === undefined) throw new Error(`the package has no ${part}`);
  return strFromU8(content);
};

// Four groups of indicators with texts of several lengths, so that sections end anywhere on a page.
const model = buildReportModel({ catalog, snapshot, plan, judgements, office, draft: true });
const indicators = model.groups.flatMap((group) => group.indicators);
const long = {
  ...model,
  groups: [0, 1, 2, 3].map((group) => ({
    name: `第${group + 1}类指标`,
    indicators: indicators.slice(0, 5).map((indicator, index) => ({ ...indicator, code: indicatorCode(String(group * 5 + index + 1)), text: indicator.text.repeat(1 + ((group * 3 + index) % 4)) })),
  })),
};

describe('renderPaperDocx', () => {
  it('gives equal bytes for equal papers, names the standard fonts and asks for no update of fields', { timeout: 60_000 }, async () => {
    const paper = describeReport(model, defaultProfile);
    const [first, second] = [await renderPaperDocx(paper, defaultProfile), await renderPaperDocx(paper, defaultProfile)];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    const xml = partOf(first, 'word/document.xml');
    for (const font of ['仿宋_GB2312', '黑体', '方正小标宋简体', '楷体_GB2312']) expect(partOf(first, 'word/styles.xml')).toContain(`w:eastAsia="${font}"`);
    expect(partOf(first, 'word/settings.xml')).not.toContain('updateFields');
    expect(xml).not.toMatch(/w:dirty/u);
  });

  it('keeps characters that XML forbids out', { timeout: 60_000 }, async () => {
    const volume = plan.volumes[0];
    if (volume === undefined) throw new Error('the plan has no volume');
    const index = buildVolumeIndexModel(snapshot, volume, false);
    const poisoned = { ...index, rows: index.rows.map((row) => ({ ...row, title: `<w:p>&${String.fromCharCode(0, 11)}\uFFFE${row.title}` })) };
    const xml = partOf(await renderPaperDocx(describeVolumeIndex(poisoned, defaultProfile), defaultProfile), 'word/document.xml');
    expect(xml).toContain('&lt;w:p&gt;&amp;青岛市');
    expect(xml).not.toMatch(/[\u0000-\u0008\u000B\uFFFE]/u);
  });

  it.skipIf(!hasOffice)('has the page numbers in its contents list that LibreOffice gives the headings (needs soffice)', { timeout: 120_000 }, async () => {
    const anchored = { ...long, groups: long.groups.map((group, g) => ({ ...group, indicators: group.indicators.map((each, i) => ({ ...each, name: `${each.name}之${g + 1}${i + 1}` })) })) };
    const paper = describeReport(anchored, defaultProfile);
    const bytes = await renderPaperDocx(paper, defaultProfile);
    const pages = convert('report', bytes);
    const written = [...partOf(bytes, 'word/document.xml').matchAll(/PAGEREF [^"]*"><w:r><w:t[^>]*>(\d+)</gu)].map((match) => Number(match[1]));
    const contents = paper.sections[1]?.blocks.find((block) => block.kind === 'contents');
    if (contents?.kind !== 'contents') throw new Error('the report has no contents list');
    const bodyStart = pages.findIndex((page) => page.includes('本次自评估共涉及指标'));
    const actual = contents.entries.map(({ text }) => pages.findIndex((page, index) => index >= bodyStart && page.includes(text.normalize('NFKC').replace(/\s/gu, ''))) - bodyStart + 1);
    expect(written).toEqual(actual);
    expect(written).toHaveLength(contents.entries.length);
    expect(pages.slice(0, -1).every((page) => page.includes('不得作为正式材料'))).toBe(true);
    // The drawn report of the same model says the same.
    const drawn = layoutPaperWithAnchors(paper, defaultProfile, measure).anchors;
    expect(contents.entries.map(({ anchor }) => drawn.get(anchor)?.number)).toEqual(written);
  });

  it.skipIf(!hasOffice)('sets 22 lines of 28 characters on an official page, as the drawn page does (GB/T 9704-2012 §5.2; needs soffice)', { timeout: 120_000 }, async () => {
    const paper: Paper = { title: '', draft: false, sections: [{ page: 'official', numbering: 'restart', blocks: [{ kind: 'text', style: 'addressee', text: '国'.repeat(28 * 23) }] }] };
    convert('lines', await renderPaperDocx(paper, defaultProfile));
    const pages = execFileSync('pdftotext', ['-layout', path.join(folder, 'lines.pdf'), '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
    const lines = pages.map((page) => page.split('\n').map((line) => line.trim()).filter((line) => line.startsWith('国')).map(({ length }) => length));
    expect(lines).toEqual([Array.from({ length: 22 }, () => 28), [28]]);
    const tops = [...execFileSync('pdftotext', ['-f', '1', '-l', '1', '-bbox', path.join(folder, 'lines.pdf'), '-'], { encoding: 'utf8' }).matchAll(/yMin="([\d.]+)"[^>]*>国/gu)].map((match) => Number(match[1]));
    for (const [index, top] of tops.entries()) expect(Math.abs(top - (tops[0] ?? 0) - index * 28.95)).toBeLessThanOrEqual(1);
    expect(tops).toHaveLength(22);
  });

  it.skipIf(!hasOffice)('repeats table headers and loses no row (needs soffice)', { timeout: 120_000 }, async () => {
    const items = buildItemCatalogModel(snapshot, plan, numbering, '全宗名称', false);
    const pages = convert('items', await renderPaperDocx(describeItemCatalog(items, defaultProfile), defaultProfile));
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) expect(page).toContain('责任者');
    for (const row of items.rows) expect(pages.join('')).toContain(row.archivalCode.slice(-8));
  });
});
