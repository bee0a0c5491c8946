import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { defaultProfile } from '../../src-main/papers/index.ts';
import { openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

/** Words on a page with their places, by an independent reader. */
interface ReadPage {
  readonly label: string;
  readonly height: number;
  readonly items: readonly { readonly text: string; readonly x: number; readonly y: number }[];
}

async function readPages(path: string): Promise<readonly ReadPage[]> {
  const task = getDocument({ data: new Uint8Array(await readFile(path)), verbosity: 0 });
  const document = await task.promise;
  const labels = (await document.getPageLabels()) ?? [];
  const pages: ReadPage[] = [];
  for (let index = 0; index < document.numPages; index += 1) {
    const page = await document.getPage(index + 1);
    const content = await page.getTextContent();
    const [, , , height = 0] = page.view;
    pages.push({ label: labels[index] ?? '', height, items: content.items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [{ text: item.str, x: item.transform[4], y: item.transform[5] }] : [])) });
  }
  await task.destroy();
  return pages;
}

const POINTS_PER_MM = 72 / 25.4;

/** What the 页号 column of an index says, from the first row to the last. */
function printedPages(pages: readonly ReadPage[]): readonly string[] {
  const { columns } = defaultProfile.volumeIndex;
  const at = columns.findIndex(({ field }) => field === 'page');
  const left = defaultProfile.pages.form.left + columns.slice(0, at).reduce((sum, { width }) => sum + width, 0);
  const right = left + (columns[at]?.width ?? 0);
  return pages.flatMap((page) => {
    const rows = new Map<number, string>();
    for (const { text, x, y } of page.items) if (x >= left * POINTS_PER_MM && x < right * POINTS_PER_MM) rows.set(Math.round(y), `${rows.get(Math.round(y)) ?? ''}${text}`);
    return [...rows].toSorted(([a], [b]) => b - a).map(([, text]) => text.trim()).filter((text) => /^\d/u.test(text));
  });
}

/** All 36 indicators with their several hundred files instead of a few of each: `CHUANGDANG_SAMPLE=full npm test -- unit tests/service/dossier`. */
const size = process.env['CHUANGDANG_SAMPLE'] === 'full' ? 'full' : 'small';
const patience = size === 'full' ? 1_800_000 : 180_000;

/** The sample archive, bound: what a reviewer would hold in the hand. */
describe('the sample dossier', () => {
  let bench: Workbench;
  let plan: CallOutput<'binding.plan'>;
  let result: CallOutput<'binding.export'>;
  let out: string;

  beforeAll(async () => {
    bench = await openWorkbench();
    const sample = await bench.ask('archive.sample', { jobId: 'sample', folder: bench.archive, size });
    expect(sample.planted).toHaveLength(3);
    out = join(bench.folder, 'out');
    plan = await bench.ask('binding.plan', {});
    result = await bench.ask('binding.export', { jobId: 'export', draft: true, out });
  }, patience);
  afterAll(() => bench.close());

  it('has exactly the planted faults', async () => {
    const check = await bench.ask('check.run', {});
    expect(check.findings.map((finding) => [finding.rule, finding.indicator]).toSorted()).toEqual([['certificate.seal', 'N.8'], ['evidence.missing', '9'], ['value.ratio', '11']]);
  });

  it('stamps on each item the page that the index and the plan name', { timeout: patience }, async () => {
    const volumeFiles = result.files.filter((file) => file.kind === 'volume');
    expect(volumeFiles).toHaveLength(plan.volumes.length);
    for (const [index, volume] of plan.volumes.entries()) {
      const path = join(out, volumeFiles[index]?.path ?? '');
      execFileSync('qpdf', ['--check', path]);
      const pages = await readPages(path);
      const byLabel = new Map(pages.map((page) => [page.label, page]));
      const indexText = pages.filter((page) => page.label.startsWith('目录')).flatMap((page) => page.items.map((item) => item.text)).join('').normalize('NFKC');
      for (const item of volume.items) {
        for (let number = item.firstPage; number <= item.lastPage; number += 1) {
          const page = byLabel.get(String(number));
          const stamp = page?.items.find((word) => word.text === String(number) && word.y > page.height - 60);
          expect(stamp, `卷${volume.no} 第${number}页的页号`).toBeDefined();
        }
        // 归档章 and 档号 state one 保管期限.
        const stamped = byLabel.get(String(item.firstPage))?.items.filter(({ y }) => y > (byLabel.get(String(item.firstPage))?.height ?? 0) - 30 * POINTS_PER_MM).map(({ text }) => text);
        expect(stamped, `卷${volume.no} 件${item.order}的归档章`).toContain({ Y: '永久', D30: '30年', D10: '10年' }[/-(Y|D30|D10)-/u.exec(volume.archivalCode)?.[1] ?? ''] ?? '');
        const title = item.title.normalize('NFKC').replace(/\s/gu, '');
        const at = indexText.replace(/\s/gu, '').indexOf(title);
        expect(at, `卷${volume.no} 目录中的“${item.title}”`).toBeGreaterThanOrEqual(0);
      }
      expect(printedPages(pages.filter((page) => page.label.startsWith('目录'))), `卷${volume.no} 目录的页号栏`).toEqual(volume.items.map(({ firstPage, lastPage }, place) => (place < volume.items.length - 1 || firstPage === lastPage ? `${firstPage}` : `${firstPage}–${lastPage}`)));
      expect(pages.filter((page) => /^\d+$/.test(page.label))).toHaveLength(volume.pages);
      const closing = pages.filter((page) => page.label.startsWith('备考')).flatMap((page) => page.items.map((item) => item.text)).join('');
      expect(closing.replace(/\s/gu, ''), `卷${volume.no} 备考表`).toContain(`本卷共有文件材料${volume.items.length}件、${volume.pages}页`);
      const cover = pages.filter((page) => page.label.startsWith('封面')).flatMap((page) => page.items.map((item) => item.text)).join('');
      expect(cover.replace(/\s/gu, ''), `卷${volume.no} 封面`).toContain(`本卷共${volume.items.length}件${volume.pages}页`);
    }
  });

  it('has a report that is walked by its outline and its contents list, its pages named by the numbers printed on them', async () => {
    const task = getDocument({ data: new Uint8Array(await readFile(join(out, '自评估报告.pdf'))), verbosity: 0 });
    const report = await task.promise;
    const labels = (await report.getPageLabels()) ?? [];
    const body = labels.indexOf('1');
    expect(labels.slice(body)).toEqual(Array.from({ length: report.numPages - body }, (_, index) => String(index + 1)));
    const textOf = async (index: number): Promise<string> => (await (await report.getPage(index + 1)).getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join('').normalize('NFKC').replace(/\s/gu, '');
    expect(await textOf(body)).toContain('—1—');
    const pageOf = async (destination: unknown): Promise<number> => (Array.isArray(destination) ? report.getPageIndex(destination[0]) : -1);
    type Entry = Awaited<ReturnType<typeof report.getOutline>>[number];
    const walk = async (entries: readonly Entry[]): Promise<readonly (readonly [string, number])[]> => (await Promise.all(entries.map(async ({ title, dest, items }) => [[title, await pageOf(dest)] as const, ...(await walk(items))]))).flat();
    const entries = (await walk(await report.getOutline())).filter(([title]) => /^[一二三四五（\d]/u.test(title));
    expect(entries.length).toBeGreaterThan(20);
    for (const [title, page] of entries) expect(await textOf(page), title).toContain(title.normalize('NFKC').replace(/\s/gu, ''));
    // Every entry of the contents list leads where the outline leads.
    const links = (await Promise.all(Array.from({ length: body }, async (_, index) => (await report.getPage(index + 1)).getAnnotations()))).flat();
    const reached = new Set(await Promise.all(links.map(({ dest }: { readonly dest?: unknown }) => pageOf(dest))));
    expect([...new Set(entries.map(([, page]) => page))].filter((page) => !reached.has(page))).toEqual([]);
    expect(links.length).toBeGreaterThanOrEqual(entries.length);
    await task.destroy();
  });

  it('prints the certificate that is still to be sealed, and no other', () => {
    const forms = result.files.filter((file) => file.kind.startsWith('certificate-form'));
    expect(forms.map((file) => file.path)).toEqual(['pdf', 'docx'].map((ending) => `不涉及证明(待盖章)/N.8 河湖岸线保护率 区城市管理局.${ending}`));
    const words = execFileSync('pdftotext', [join(out, forms[0]?.path ?? ''), '-'], { encoding: 'utf8' });
    expect(words).toContain('区城市管理局（盖章）');
  });

  it('opens in LibreOffice, report and indexes alike', () => {
    const documents = result.files.filter((file) => file.path.endsWith('.docx')).map((file) => join(out, file.path));
    expect(documents.length).toBeGreaterThan(plan.volumes.length);
    const target = join(bench.folder, 'office');
    execFileSync('soffice', ['--headless', `-env:UserInstallation=file://${join(bench.folder, 'profile')}`, '--convert-to', 'pdf', '--outdir', target, ...documents], { stdio: 'ignore', timeout: patience - 10_000 });
    const report = execFileSync('pdftotext', [join(target, '自评估报告.pdf'), '-'], { encoding: 'utf8' });
    const bound = execFileSync('pdftotext', [join(out, '自评估报告.pdf'), '-'], { encoding: 'utf8' });
    for (const words of ['县城污水处理率', '草稿', '不涉及']) {
      expect(report).toContain(words);
      expect(bound).toContain(words);
    }
  }, patience);

  it('makes the same bytes when it is bound again', async () => {
    const again = await bench.ask('binding.export', { jobId: 'again', draft: true });
    const hashes = (files: typeof result.files): readonly (readonly [string, string])[] => files.filter((file) => file.kind === 'volume').map((file) => [file.path, file.sha256]);
    expect(hashes(again.files)).toEqual(hashes(result.files));
    expect(again.reprint).toEqual([]);
  }, patience);
});
