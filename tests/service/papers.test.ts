import { execFileSync, spawnSync } from 'node:child_process';
import { copyFile, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Document, Packer, Paragraph } from 'docx';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainError } from '../../src-main/contract/index.ts';
import type { CallOutput, PaperList } from '../../src-main/contract/index.ts';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

const pdfText = (path: string): string => execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).normalize('NFKC').replace(/[ \t]+/gu, '');
const pageCount = (path: string): number => Number(execFileSync('qpdf', ['--show-npages', path], { encoding: 'utf8' }));

const hasOffice = spawnSync('soffice', ['--version']).status === 0;

describe('papers of the sample archive', () => {
  let bench: Workbench;
  let list: PaperList;

  const make = (kind: string, format: string, more: object = {}): Promise<CallOutput<'papers.make'>> => bench.ask('papers.make', { jobId: `${kind}-${format}`, kind, format, ...more });
  const fileOf = async (id: string): Promise<string> => (await bench.ask('papers.file', { id })).path;
  const kindOf = (kind: string): PaperList['kinds'][number] => {
    const found = list.kinds.find((each) => each.kind === kind);
    if (found === undefined) throw new Error(`no paper ${kind}`);
    return found;
  };

  beforeAll(async () => {
    bench = await openWorkbench({ today: '2024-04-12' });
    await bench.ask('archive.sample', { jobId: 'sample', folder: bench.archive, size: 'small' });
    list = await bench.ask('papers.list', {});
  }, 400_000);
  afterAll(() => bench.close());

  it('are listed by purpose, each with the forms it has', () => {
    expect(list.kinds.map(({ kind }) => kind)).toEqual([
      'report', 'letter-creation', 'letter-acceptance', 'submission-form', 'certificate', 'task-sheet', 'reminder', 'exchange-receipt', 'hand-out-list', 'outstanding', 'version-comparison', 'cover', 'volume-index', 'separator',
      'closing-note', 'photo-sheet', 'item-catalog', 'item-catalog-cover', 'spine', 'box-note', 'handover', 'reprint-list', 'check-report', 'site-visit', 'rectification', 'event-log',
    ]);
    expect(list.draft).toBe(true);
    expect(kindOf('volume-index').scopes.length).toBeGreaterThan(2);
    expect(kindOf('submission-form').scopes.length).toBeGreaterThan(5);
    expect(kindOf('photo-sheet').scopes.length).toBeGreaterThan(0);
    // Nothing was exported yet: there is nothing to replace sheets of.
    expect(kindOf('reprint-list').scopes).toEqual([]);
  });

  it('are made together, one sheet of a workbook for each', { timeout: 120_000 }, async () => {
    const indexes = await make('volume-index', 'pdf');
    expect(indexes.pages).toBeGreaterThanOrEqual(kindOf('volume-index').scopes.length);
    const sheets = strFromU8(unzipSync(await readFile(await fileOf((await make('volume-index', 'xlsx')).id)))['xl/workbook.xml'] ?? new Uint8Array());
    expect(sheets.match(/<sheet /gu)).toHaveLength(kindOf('volume-index').scopes.length);
  });

  it('say what the archive knows', async () => {
    const { volumes } = await bench.ask('binding.plan', {});
    const [first] = volumes;
    const text = pdfText(await fileOf((await make('closing-note', 'pdf', { scope: '1' })).id));
    expect(text).toContain(`本卷共有文件材料${first?.items.length}件、${first?.pages}页`);
    expect(text).toContain('草稿');
    const spine = await make('spine', 'pdf', { scope: '1' });
    expect(spine.draft).toBe(false);
    const catalog = await readFile(await fileOf((await make('item-catalog', 'csv')).id), 'utf8');
    expect(catalog.split('\r\n')).toHaveLength(volumes.reduce((sum, { items }) => sum + items.length, 0) + 2);
  });

  it('are saved where the clerk wants, whole or not at all', async () => {
    const out = join(bench.folder, '移交');
    const made = await make('handover', 'docx', { out });
    expect(made.path).toBe(`${out}.docx`);
    expect((await readdir(bench.folder)).filter((name) => name.includes('tmp-'))).toEqual([]);
    expect(await bench.refuse('papers.make', { jobId: 'x', kind: 'handover', format: 'docx', out: join(bench.folder, 'no', 'such', 'folder.docx') })).toBe('file-not-found');
    expect(await bench.refuse('papers.make', { jobId: 'x', kind: 'handover', format: 'docx', out: join(bench.archive, 'archive.sqlite', 'a.docx') })).toBe('file-not-found');
    expect(await bench.refuse('papers.make', { jobId: 'x', kind: 'spine', format: 'docx' })).toBe('paper-unknown');
    expect(await bench.refuse('papers.make', { jobId: 'x', kind: 'cover', scope: '第九十九卷', format: 'pdf' })).toBe('paper-unknown');
    expect(await bench.refuse('papers.make', { jobId: 'x', kind: 'nothing', format: 'pdf' })).toBe('paper-unknown');
  });

  it('that were made are saved as they are shown, whole or from page to page', async () => {
    const { id, pages } = await make('report', 'pdf');
    expect(pages).toBeGreaterThan(4);
    const save = (name: string, range: object | null): Promise<CallOutput<'papers.save'>> => bench.ask('papers.save', { jobId: name, id, pages: range, out: join(bench.folder, name) });
    expect(await readFile((await save('全.pdf', null)).path)).toEqual(await readFile(await fileOf(id)));
    const part = (await save('几页', { first: 2, last: 3 })).path;
    expect(part).toBe(join(bench.folder, '几页.pdf'));
    expect(pageCount(part)).toBe(2);
    const whole = execFileSync('pdftotext', ['-f', '2', '-l', '3', '-layout', await fileOf(id), '-'], { encoding: 'utf8' });
    expect(execFileSync('pdftotext', ['-layout', part, '-'], { encoding: 'utf8' })).toBe(whole);
    expect(await bench.refuse('papers.save', { jobId: 'gone', id: 'nothing', out: join(bench.folder, 'x.pdf') })).toBe('paper-unknown');
    expect((await readdir(bench.folder)).filter((name) => name.includes('tmp-'))).toEqual([]);
  });

  it("take the office's own template for letters, print it as LibreOffice does, and refuse one with a wrong field", { timeout: 120_000 }, async () => {
    const template = async (name: string, line: string): Promise<string> => {
      const path = join(bench.folder, name);
      await writeFile(path, await Packer.pack(new Document({ sections: [{ children: [new Paragraph(line)] }] }), 'uint8array'));
      return path;
    };
    const wrong = await bench.dispatcher.callUntrusted('papers.setTemplate', { kind: 'letter-creation', path: await template('错.docx', '{{单位}}：') });
    expect(wrong.ok ? '' : explainError(wrong.error)).toContain('模板“错.docx”不能使用：没有“单位”这个字段，可用的字段有：标题、单位名称、受理机关');
    await bench.ask('papers.setTemplate', { kind: 'letter-creation', path: await template('红头.docx', '红头 {{受理机关}} 达标{{达标数}}项') });
    const made = await make('letter-creation', 'docx');
    expect(made.source).toBe('template');
    expect(strFromU8(unzipSync(await readFile(await fileOf(made.id)))['word/document.xml'] ?? new Uint8Array())).toMatch(/红头 .*达标\d+项/u);
    expect((await make('letter-creation', 'docx', { generated: true })).source).toBe('generated');
    if (hasOffice) {
      const printed = await make('letter-creation', 'pdf');
      expect([printed.source, printed.pages]).toEqual(['template', 1]);
      expect(pdfText(await fileOf(printed.id))).toMatch(/红头.*达标\d+项/u);
    } else {
      expect(await bench.refuse('papers.make', { jobId: 'no-office', kind: 'letter-creation', format: 'pdf' })).toBe('paper-no-pdf');
    }
    expect(await bench.refuse('papers.setTemplate', { kind: 'cover', path: join(bench.folder, '红头.docx') })).toBe('paper-not-replaceable');
    expect(await bench.refuse('papers.setTemplate', { kind: 'letter-creation', path: join(bench.folder, '没有.docx') })).toBe('file-not-found');
    await bench.ask('papers.removeTemplate', { kind: 'letter-creation' });
    expect((await make('letter-creation', 'docx')).source).toBe('generated');
  });

  describe('replaced by a file of the office', () => {
    const scope = (kind: string): string => kindOf(kind).scopes[0]?.id ?? '';

    it('stand in the volume with their own pages; index, stamps and totals hold', { timeout: 120_000 }, async () => {
      const signed = await makePdf(join(bench.folder, '签字备考表.pdf'), [['签字盖章的备考表'], ['附页']]);
      const { volumes } = await bench.ask('binding.plan', {});
      const replaced = await bench.ask('papers.replace', { jobId: 'replace', kind: 'closing-note', scope: '1', path: signed, note: '4月12日签字' });
      expect(replaced).toMatchObject({ fileName: '签字备考表.pdf', pages: 2, changes: [] });
      const after = await bench.ask('binding.export', { jobId: 'after', draft: true });
      const volumeOf = (result: typeof after) => result.files.find(({ kind }) => kind === 'volume');
      expect(after.volumes.map(({ pages }) => pages)).toEqual(volumes.map(({ pages }) => pages));
      const path = join(bench.archive, 'exports', after.version, volumeOf(after)?.path ?? '');
      execFileSync('qpdf', ['--check', path]);
      expect(volumeOf(after)?.pages).toBe(pageCount(path));
      const text = pdfText(path).split('\f');
      expect(text.at(-3)).toContain('签字盖章的备考表');
      expect(text.at(-2)).toContain('附页');
      expect((await bench.ask('check.run', {})).findings.filter(({ rule }) => rule.startsWith('bundle.') || rule.startsWith('volume.'))).toEqual([]);
      const shown = await make('closing-note', 'pdf', { scope: '1' });
      expect([shown.source, shown.pages]).toEqual(['replacement', 2]);
      expect((await make('closing-note', 'pdf', { scope: '1', generated: true })).source).toBe('generated');
    });

    it('are as thick in their box as they are', async () => {
      const spines = async (): Promise<readonly string[]> => (await bench.ask('papers.list', {})).kinds.find(({ kind }) => kind === 'spine')?.scopes.map(({ name }) => name) ?? [];
      const widthOf = (names: readonly string[]): number => names.reduce((sum, name) => sum + Number(/盒脊(\d+)毫米/u.exec(name)?.[1]), 0);
      const before = await spines();
      const thick = await makePdf(join(bench.folder, '厚封面.pdf'), Array.from({ length: 150 }, (_, page) => [`附图${page + 1}`]));
      await bench.ask('papers.replace', { jobId: 'thick', kind: 'cover', scope: '1', path: thick });
      // 150 sheets at 9 to the millimetre: 17 mm more than the boxes had to hold.
      expect(widthOf(await spines())).toBeGreaterThan(widthOf(before));
      await bench.ask('papers.restore', { kind: 'cover', scope: '1' });
      expect(await spines()).toEqual(before);
    });

    it('are told apart from the archive once its figures change', async () => {
      const id = (await bench.ask('binding.plan', {})).volumes[0]?.items[0];
      await bench.ask('evidence.unlink', { id: id?.id, indicator: id?.indicator, year: (await bench.ask('evidence.read', { id: id?.id })).links[0]?.year ?? null });
      const made = await make('closing-note', 'pdf', { scope: '1' });
      expect(made.changes.length).toBeGreaterThan(0);
      expect(made.changes.find(({ before }) => before.includes('文件件数'))).toMatchObject({ now: expect.stringMatching(/件/u) });
      const listed = (await bench.ask('papers.list', {})).kinds.find(({ kind }) => kind === 'closing-note')?.scopes[0]?.replaced;
      expect(listed?.changes).toEqual(made.changes);
      await bench.ask('history.undo', {});
      expect((await make('closing-note', 'pdf', { scope: '1' })).changes).toEqual([]);
    });

    it('are kept for the redo of what was undone, and are nobody\'s once that can no longer be redone', async () => {
      const strays = async (): Promise<readonly string[]> => (await bench.ask('archive.verify', { jobId: 'strays' })).problems.map(({ kind }) => kind).filter((kind) => kind.startsWith('object'));
      const other = await makePdf(join(bench.folder, '另一份签字件.pdf'), [['另一份签字件']]);
      await bench.ask('papers.replace', { jobId: 'other', kind: 'closing-note', scope: '1', path: other });
      await bench.ask('history.undo', {});
      expect(await strays()).toEqual([]);
      expect(await bench.ask('archive.removeOrphans', { jobId: 'clean' })).toEqual({ removed: 0 });
      await bench.ask('history.redo', {});
      const redone = await make('closing-note', 'pdf', { scope: '1' });
      expect(pdfText(await fileOf(redone.id))).toContain('另一份签字件');
      await bench.ask('history.undo', {});
      await bench.ask('office.change', { change: { contact: '张三' } });
      expect(await strays()).toEqual(['object-orphan']);
      expect(await bench.ask('archive.removeOrphans', { jobId: 'clean' })).toEqual({ removed: 1 });
    });

    it('come back when the file is taken away, or undone', async () => {
      await bench.ask('papers.restore', { kind: 'closing-note', scope: scope('closing-note') });
      expect((await make('closing-note', 'pdf', { scope: '1' })).source).toBe('generated');
      expect(await bench.refuse('papers.restore', { kind: 'closing-note', scope: scope('closing-note') })).toBe('paper-unknown');
      await bench.ask('history.undo', {});
      expect((await make('closing-note', 'pdf', { scope: '1' })).source).toBe('replacement');
      const verified = await bench.ask('archive.verify', { jobId: 'verify' });
      expect(verified.problems.filter(({ kind }) => kind.startsWith('object'))).toEqual([]);
    });

    it.skipIf(!hasOffice)('are converted where Word edited them, and stand in the volume with the pages that they have then (needs soffice)', { timeout: 240_000 }, async () => {
      const edited = join(bench.folder, '改过的封面.docx');
      const paragraphs = [new Paragraph('在Word中改过的封面'), new Paragraph({ text: '封面第二页', pageBreakBefore: true }), new Paragraph({ text: '封面第三页', pageBreakBefore: true })];
      await writeFile(edited, await Packer.pack(new Document({ sections: [{ children: paragraphs }] }), 'uint8array'));
      const replaced = await bench.ask('papers.replace', { jobId: 'edited', kind: 'cover', scope: '1', path: edited });
      expect(replaced).toMatchObject({ fileName: '改过的封面.docx', pages: 3 });
      const bound = await bench.ask('binding.export', { jobId: 'with-edited', draft: true });
      const volume = bound.files.find(({ kind }) => kind === 'volume');
      const text = pdfText(join(bench.archive, 'exports', bound.version, volume?.path ?? '')).split('\f');
      for (const [page, words] of ['在Word中改过的封面', '封面第二页', '封面第三页', '卷内目录'].entries()) expect(text[page], `page ${page + 1}`).toContain(words);
      // The office goes on editing its own file, not a print of it.
      expect((await readFile(await fileOf((await make('cover', 'docx', { scope: '1' })).id))).equals(await readFile(edited))).toBe(true);
      await bench.ask('papers.restore', { kind: 'cover', scope: scope('cover') });
    });

    it('are named as stray once their volume is no more', async () => {
      await bench.ask('binding.setMode', { by: 'page-cap', cap: 60 });
      expect((await bench.ask('papers.list', {})).stray).toMatchObject([{ kind: 'closing-note', name: '卷内备考表', fileName: '签字备考表.pdf' }]);
      await bench.ask('binding.setMode', { by: 'group', cap: 200 });
      expect((await bench.ask('papers.list', {})).stray).toEqual([]);
    });

    it('refuse what cannot be bound, and papers that no file may stand for', async () => {
      const broken = join(bench.folder, '坏.pdf');
      await writeFile(broken, '%PDF-1.7\nnothing');
      const empty = join(bench.folder, '空.pdf');
      await writeFile(empty, '');
      const text = join(bench.folder, '好.pdf');
      await copyFile(join(bench.folder, '签字备考表.pdf'), text);
      const replace = (kind: string, path: string): Promise<string> => bench.refuse('papers.replace', { jobId: 'r', kind, scope: scope(kind), path });
      expect(await replace('cover', broken)).toBe('file-damaged');
      expect(await replace('cover', empty)).toBe('file-empty');
      expect(await replace('cover', join(bench.folder, '没有.pdf'))).toBe('file-not-found');
      expect(await replace('task-sheet', text)).toBe('paper-not-replaceable');
      expect(await bench.refuse('papers.replace', { jobId: 'r', kind: 'cover', scope: '', path: text })).toBe('paper-unknown');
    });
  });
});
