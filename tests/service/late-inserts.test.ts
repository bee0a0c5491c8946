import { execFileSync } from 'node:child_process';
import { cp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transact } from '../../src-main/archive/index.ts';
import { succeed } from '../../src-main/contract/index.ts';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

type Exported = CallOutput<'binding.export'>;

/** 5.1 has two files with three pages; a volume of its own, bound once. Files that come later stand before the second. */
describe('a file that comes after the volume was printed', () => {
  let bench: Workbench;
  const ids: Record<string, string> = {};

  const file = async (name: string, pages: number): Promise<void> => {
    const path = await makePdf(join(bench.folder, `${name}.pdf`), Array.from({ length: pages }, (_, page) => [`${name}第${page + 1}面`]));
    const { imported } = await bench.ask('evidence.import', { jobId: name, paths: [path], indicator: '5.1', year: 2023 });
    ids[name] = imported[0]?.id ?? '';
  };
  const arrange = (...names: readonly string[]): Promise<unknown> => bench.ask('evidence.reorder', { indicator: '5.1', ids: names.map((name) => ids[name]) });
  const volume = async (): Promise<CallOutput<'binding.plan'>['volumes'][number]> => {
    const [first] = (await bench.ask('binding.plan', {})).volumes;
    if (first === undefined) throw new Error('nothing is planned');
    return first;
  };
  const said = async (): Promise<readonly string[]> => (await volume()).items.map(({ number, pages }) => `${number}: ${pages}`);
  const late = async () => (await bench.ask('binding.plan', {})).late;
  const bind = (jobId: string): Promise<Exported> => bench.ask('binding.export', { jobId, draft: true });
  const textOf = (result: Exported, kind: string): string => {
    const path = join(result.folder, result.files.find((each) => each.kind === kind)?.path ?? kind);
    execFileSync('qpdf', ['--check', path]);
    return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  };
  const numberingFaults = async (): Promise<readonly string[]> => (await bench.ask('check.run', {})).findings.filter(({ rule }) => /^(?:numbering|code)\./u.test(rule)).map(({ message }) => message);

  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
    await bench.ask('office.change', { change: { fondsCode: 'Z109', organ: 'STB', retention: '永久' } });
    await bench.ask('binding.setMode', { by: 'indicator' });
    await file('甲', 2);
    await file('乙', 1);
    await bind('v1');
    await file('丙', 2);
    await arrange('甲', '丙', '乙');
  }, 60_000);
  afterAll(() => bench.close());

  it('may be numbered either way, and what either costs is known before', async () => {
    expect(await said()).toEqual(['1: 1–2', '2: 3–4', '3: 5']);
    expect(await late()).toEqual([{ volume: 1, mode: 'renumber', renumberSheets: 3, suffixSheets: 2, inserts: ['2-1–2-2'], free: [] }]);
    expect(await bench.refuse('binding.numberLate', { volume: 9, mode: 'suffix' })).toBe('wrong-input');
    await bench.ask('binding.numberLate', { volume: 1, mode: 'suffix' });
    expect(await said()).toEqual(['1: 1–2', '1-1: 2-1–2-2', '2: 3']);
    await bench.ask('history.undo', {});
    expect(await said()).toEqual(['1: 1–2', '2: 3–4', '3: 5']);
    await bench.ask('history.redo', {});
    expect((await late())[0]?.mode).toBe('suffix');
  });

  it('is bound as 2-1, 2-2 in every paper, and only its sheets are printed', async () => {
    await bench.ask('indicator.setReport', { code: '5.1', text: `处理率见附件〔见 ${ids['丙']}:2〕，另见〔见 ${ids['乙']}:1〕。` });
    const result = await bind('v2');
    expect(result.reprint).toEqual([{ volume: 1, sheets: ['换 案卷封面', '换 卷内目录', '换 指标隔页', '换 卷内备考表', '插入 2-1–2-2'] }]);
    const pages = textOf(result, 'volume').split('\f');
    // As a reader goes through it: each page of a file under the number that is stamped on it.
    for (const [words, number] of [['甲第2面', '2'], ['丙第1面', '2-1'], ['丙第2面', '2-2'], ['乙第1面', '3']]) {
      const page = pages.find((each) => each.includes(words ?? '')) ?? '';
      expect(page.split(/\s+/u), words).toContain(number);
    }
    const index = pages.find((each) => /卷\s*内\s*目\s*录/u.test(each)) ?? '';
    expect(index).toMatch(/1-1.*丙.*2-1.*插页/u);
    expect(index).toMatch(/\b2\b.*乙.*\b3\b/u);
    const closing = (pages.find((each) => each.includes('卷内备考表')) ?? '').replaceAll(/\s/gu, '');
    expect(closing).toContain('本卷共有文件材料3件、5页');
    expect(closing).toContain('补充：第2页后插入2页，编为2-1、2-2。插页已计入总页数。');
    expect(closing).toContain('其余页号连续，无缺损。');
    const report = textOf(result, 'report-pdf').replaceAll(/\s/gu, '');
    expect(report).toContain('见1–2-2');
    expect(report).toContain('见1–3');
    expect(textOf(result, 'reprint-list-pdf')).toMatch(/插入\s+2-1–2-2\s+丙/u);
    expect(textOf(result, 'item-catalog-pdf')).toContain('-0001-1');
    expect(await numberingFaults()).toEqual([]);
  }, 60_000);

  it('is missed by its number where its sheet was taken out of the bound file', async () => {
    const { files, reprint } = await bind('v3');
    expect(reprint).toEqual([]);
    const path = join(bench.archive, 'exports', 'v003', files.find(({ kind }) => kind === 'volume')?.path ?? '');
    // Cover, index and separator, then 1, 2, 2-1.
    execFileSync('qpdf', [path, '--pages', '.', '1-5,7-z', '--', join(bench.folder, 'less.pdf')]);
    await rename(path, `${path}.whole`);
    await rename(join(bench.folder, 'less.pdf'), path);
    await bench.ask('archive.verify', { jobId: 'verify' });
    expect(await numberingFaults()).toEqual(['第1卷页号不连续：2页之后是2-2页，应是2-1页。请重新装订。', expect.stringContaining('备考表写3件5页，卷内实有3件4页')]);
    await rename(`${path}.whole`, path);
    await bench.ask('archive.verify', { jobId: 'again' });
    expect(await numberingFaults()).toEqual([]);
  }, 60_000);

  it('stays so in later versions, with more of them and with one taken out again', async () => {
    await file('丁', 1);
    await arrange('甲', '丙', '丁', '乙');
    expect(await said()).toEqual(['1: 1–2', '1-1: 2-1–2-2', '1-2: 2-3', '2: 3']);
    await bind('v4');
    expect(await numberingFaults()).toEqual([]);
    await bench.ask('evidence.unlink', { id: ids['甲'], indicator: '5.1', year: 2023 });
    expect(await said()).toEqual(['1-1: 2-1–2-2', '1-2: 2-3', '2: 3']);
    await bench.ask('history.undo', {});
    await bench.ask('evidence.unlink', { id: ids['丙'], indicator: '5.1', year: 2023 });
    expect(await said()).toEqual(['1: 1–2', '1-1: 2-1', '2: 3']);
    const result = await bind('v5');
    expect(result.reprint[0]?.sheets).toEqual(['换 案卷封面', '换 卷内目录', '换 指标隔页', '换 卷内备考表', '换 2-1', '撤出 2-1–2-2']);
  }, 60_000);

  it('is numbered through once the office wants it so', async () => {
    expect(await late()).toMatchObject([{ mode: 'suffix', suffixSheets: 0, renumberSheets: 2 }]);
    await bench.ask('binding.numberLate', { volume: 1, mode: 'renumber' });
    await bind('v6');
    expect(await said()).toEqual(['1: 1–2', '2: 3', '3: 4']);
    expect(await late()).toEqual([]);
    expect(await numberingFaults()).toEqual([]);
  }, 60_000);

  it('is measured by the version that was bound for good: a draft in between, renumbered, changes nothing', async () => {
    // The archive has open errors; that its last version was a final one is written into the record.
    await bench.session.write(({ db }) => {
      transact(db, 'test', (tx) => tx.update('test', 'export', [6], { draft: 0 }));
      return succeed({});
    });
    await file('戊', 1);
    await arrange('甲', '丁', '戊', '乙');
    await bind('v7');
    expect(await late()).toEqual([{ volume: 1, mode: 'renumber', renumberSheets: 2, suffixSheets: 1, inserts: ['3-1'], free: [] }]);
    expect((await bench.ask('binding.plan', {})).changes?.since).toBe('v006');
  }, 60_000);

  it('is asked about by its name where two copies of the archive decided differently', async () => {
    const copy = join(bench.folder, '副本.cdarchive');
    await bench.ask('archive.close', {});
    await cp(bench.archive, copy, { recursive: true });
    await bench.ask('archive.open', { folder: copy });
    await bench.ask('binding.numberLate', { volume: 1, mode: 'suffix' });
    expect(await said()).toEqual(['1: 1–2', '2: 3', '2-1: 3-1', '3: 4']);
    await bench.ask('archive.open', { folder: bench.archive });
    await bench.ask('binding.numberLate', { volume: 1, mode: 'suffix' });
    await bench.ask('binding.numberLate', { volume: 1, mode: 'renumber' });
    expect(await said()).toEqual(['1: 1–2', '2: 3', '3: 4', '4: 5']);
    await bench.ask('exchange.merge', { jobId: 'm', path: copy });
    expect((await bench.ask('exchange.state', {})).conflicts.map(({ subject, theirs }) => [subject, theirs?.[0]?.text])).toEqual([['案卷“指标5.1 县城污水处理率”的页号编法', '编为插页']]);
  }, 60_000);
});
