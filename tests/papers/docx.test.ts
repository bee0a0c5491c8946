import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  buildItemCatalogModel, buildReportModel, buildVolumeIndexModel, defaultProfile, describeItemCatalog, describeReport, describeVolumeIndex, renderPaperDocx, type Paper,
} from '../../src-main/papers/index.ts';
import { numbering } from '../domain/volume-plan-fixture.ts';
import { catalog, judgements, office, plan, snapshot } from './paper-fixture.ts';

const hasOffice = spawnSync('soffice', ['--version']).status === 0;
const folder = mkdtempSync(path.join(tmpdir(), 'chuangdang-docx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pagesOf = (name: string): readonly string[] => execFileSync('pdftotext', ['-layout', path.join(folder, `${name}.pdf`), '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);

const partOf = (bytes: Uint8Array, part: string): string => {
  const content = unzipSync(bytes)[part];
  if (content === undefined) throw new Error(`the package has no ${part}`);
  return strFromU8(content);
};

const model = buildReportModel({ catalog, snapshot, plan, judgements, office, draft: true });

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

  describe.skipIf(!hasOffice)('as LibreOffice sets it (needs soffice)', () => {
    const lines: Paper = { title: '', draft: false, sections: [{ page: 'official', numbering: 'restart', blocks: [{ kind: 'text', style: 'addressee', text: '国'.repeat(28 * 23) }] }] };
    const items = buildItemCatalogModel(snapshot, plan, numbering, '全宗名称', false);

    // Starting it takes longer than both documents.
    beforeAll(async () => {
      for (const [name, paper] of [['lines', lines], ['items', describeItemCatalog(items, defaultProfile)]] as const) writeFileSync(path.join(folder, `${name}.docx`), await renderPaperDocx(paper, defaultProfile));
      execFileSync('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', folder, path.join(folder, 'lines.docx'), path.join(folder, 'items.docx')], { stdio: 'ignore' });
    }, 120_000);

    it('has 22 lines of 28 characters on an official page, as the drawn page does (GB/T 9704-2012 §5.2)', () => {
      const counts = pagesOf('lines').map((page) => page.split('\n').map((line) => line.trim()).filter((line) => line.startsWith('国')).map(({ length }) => length));
      expect(counts).toEqual([Array.from({ length: 22 }, () => 28), [28]]);
      const tops = [...execFileSync('pdftotext', ['-f', '1', '-l', '1', '-bbox', path.join(folder, 'lines.pdf'), '-'], { encoding: 'utf8' }).matchAll(/yMin="([\d.]+)"[^>]*>国/gu)].map((match) => Number(match[1]));
      for (const [index, top] of tops.entries()) expect(Math.abs(top - (tops[0] ?? 0) - index * 28.95)).toBeLessThanOrEqual(1);
      expect(tops).toHaveLength(22);
    });

    it('repeats table headers and loses no row', () => {
      const pages = pagesOf('items').map((page) => page.normalize('NFKC').replace(/\s/gu, ''));
      expect(pages.length).toBeGreaterThan(3);
      for (const page of pages) expect(page).toContain('责任者');
      for (const row of items.rows) expect(pages.join('')).toContain(row.archivalCode.slice(-8));
    });
  });
});
