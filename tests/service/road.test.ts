import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

/** The whole road on a small archive: made, filled, checked, bound, bound again after a late file. */
describe('the road from a catalog to a bound dossier', () => {
  let bench: Workbench;
  let incoming: string;

  beforeAll(async () => {
    bench = await openWorkbench();
    incoming = join(bench.folder, 'incoming');
    await makePdf(join(incoming, '01 污水处理率数据表.pdf'), [['青岛市生态环境局市南分局文件', '青环南发〔2024〕3号', '关于报送县城污水处理率数据的函', '2023年县城污水处理率96.3%。', '2024年1月15日']]);
    await makePdf(join(incoming, '02 考核办法.pdf'), [['中共市南区委组织部', '南组发〔2023〕18号', '关于印发党政实绩考核办法的通知'], ['生态文明建设工作占22%。']]);
    await writeFile(join(incoming, '03 空文件.pdf'), '');
    await writeFile(join(incoming, '04 假的.pdf'), 'this is no PDF');
    await writeFile(join(incoming, 'Thumbs.db'), 'x');
    await symlink(join(incoming, '01 污水处理率数据表.pdf'), join(incoming, '05 链接.pdf'));
  });
  afterAll(() => bench.close());

  it('refuses calls before an archive is open', async () => {
    expect(await bench.refuse('overview.read', {})).toBe('no-archive-open');
    expect(await bench.refuse('indicator.setReport', { code: '1', text: 'x' })).toBe('no-archive-open');
    expect(await bench.refuse('indicator.setReport', { code: '1' })).toBe('wrong-input');
  });

  it('makes an archive of the built-in catalog, and not twice in one place', async () => {
    const made = await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
    expect(made.indicators).toBe(36);
    expect(await bench.refuse('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } })).toBe('folder-not-empty');
    expect(await bench.refuse('archive.create', { folder: join(bench.folder, 'other'), from: { kind: 'builtin', id: '../../package' } })).toBe('catalog-wrong');
    expect((await bench.ask('archive.current', {}))?.folder).toBe(bench.archive);
  });

  it('imports what can be bound and says of each other file why not', async () => {
    const result = await bench.ask('evidence.import', { jobId: 'a', paths: [incoming], indicator: '5.1', year: 2023 });
    expect(result.imported.map((item) => item.file)).toEqual([join(incoming, '01 污水处理率数据表.pdf'), join(incoming, '02 考核办法.pdf')]);
    expect(result.imported[0]).toMatchObject({ kind: 'pdf', pages: 1, documentNumber: '青环南发〔2024〕3号' });
    expect(result.rejected.map((item) => item.error).toSorted()).toEqual(['file-damaged', 'file-empty', 'file-link']);
    for (const item of result.rejected) expect(item.message).toMatch(/请/);
    expect(result.skipped).toHaveLength(1);
    const again = await bench.ask('evidence.import', { jobId: 'b', paths: [join(incoming, '02 考核办法.pdf')], indicator: '1', year: 2023 });
    expect(again).toMatchObject({ imported: [], duplicates: [{ of: join(incoming, '02 考核办法.pdf') }] });
    const linked = await bench.ask('indicator.read', { code: '1' });
    expect(linked.evidence).toHaveLength(1);
  });

  it('finds words on pages, two characters long, and the place to go to', async () => {
    const found = await bench.ask('search.query', { text: '污水' });
    expect(found.hits.some((hit) => hit.kind === 'page' && hit.page === 1)).toBe(true);
    expect(found.places).toContainEqual({ kind: 'indicator', code: '5.1', name: '县城污水处理率', sentence: '' });
    const byNumber = await bench.ask('search.query', { text: '南组发[2023]18号' });
    expect(byNumber.hits.length).toBeGreaterThan(0);
  });

  it('judges a figure as soon as it is entered, and refuses one that cannot be', async () => {
    const judged = await bench.ask('indicator.setValue', { code: '5.1', year: 2023, value: 96.3, unit: '%' });
    expect(judged.years.find((year) => year.year === 2023)?.verdict).toBe('met');
    expect((await bench.ask('indicator.setValue', { code: '5.1', year: 2022, value: 94.9, unit: '%' })).years.find((year) => year.year === 2022)?.verdict).toBe('unmet');
    expect(await bench.refuse('indicator.setValue', { code: '5.1', year: 2019, value: 1, unit: '%' })).toBe('value-wrong');
    expect(await bench.refuse('indicator.setValue', { code: '99', year: 2023, value: 1, unit: '%' })).toBe('indicator-unknown');
    expect(await bench.refuse('indicator.setValue', { code: '5.1', year: 2023, value: Number.POSITIVE_INFINITY, unit: '%' })).toBe('wrong-input');
  });

  it('takes a sign-off under a unit\'s other name, and none from a stranger', async () => {
    await bench.ask('indicator.signOff', { code: '19', unit: '生态环境局市南分局', by: '李工' });
    expect((await bench.ask('indicator.read', { code: '19' })).signOffs).toMatchObject([{ unit: '市生态环境局市南分局', by: '李工' }]);
    expect(await bench.refuse('indicator.signOff', { code: '19', unit: '区教体局' })).toBe('unit-unknown');
    expect(await bench.refuse('indicator.declare', { code: '23', number: 8, answer: 'no' })).toBe('wrong-input');
  });

  it('undoes and redoes in the words of what was done', async () => {
    await bench.ask('indicator.setReport', { code: '5.1', text: '三年均达标。' });
    const undone = await bench.ask('history.undo', {});
    expect(undone.text).toContain('达标情况说明');
    expect((await bench.ask('indicator.read', { code: '5.1' })).report).toBe('');
    await bench.ask('history.redo', {});
    expect((await bench.ask('indicator.read', { code: '5.1' })).report).toBe('三年均达标。');
  });

  it('says what is missing, with basis and what to do', async () => {
    const check = await bench.ask('check.run', {});
    expect(check.indicators).toBe(36);
    expect(check.complete).toBe(0);
    expect(check.errors).toBeGreaterThan(30);
    for (const finding of check.findings) {
      expect(finding.basis).not.toBe('');
      expect(finding.message).not.toBe('');
    }
    const error = check.findings.find((finding) => finding.severity === 'error');
    expect(await bench.refuse('check.waive', { rule: error?.rule, indicator: error?.indicator, evidence: error?.evidence, reason: '不想看', by: '王' })).toBe('wrong-input');
  });

  it('keeps what the office states about itself, and prints it', async () => {
    expect(await bench.ask('office.read', {})).toMatchObject({ fondsCode: '', retention: '' });
    expect(await bench.ask('office.change', { change: { fondsName: '区生态文明办', fondsCode: 'Z109', organ: 'STB', retention: '永久', compiler: '王敏' } })).toMatchObject({ fondsCode: 'Z109', inspector: '' });
    expect(await bench.refuse('office.change', { change: { fondsCode: 'Z 1/9' } })).toBe('wrong-input');
    expect((await bench.ask('binding.plan', {})).volumes[0]?.archivalCode).toBe('Z109-WS·2024-Y-STB-0001');
    await bench.ask('history.undo', {});
    expect(await bench.ask('office.read', {})).toMatchObject({ fondsCode: '', retention: '' });
    await bench.ask('history.redo', {});
  });

  it('binds no final version over open errors, but a draft', async () => {
    expect(await bench.refuse('binding.export', { jobId: 'f', draft: false })).toBe('export-blocked');
    const out = join(bench.folder, 'out');
    const result = await bench.ask('binding.export', { jobId: 'd', draft: true, out });
    expect(result.version).toBe('v001');
    expect(result.volumes.reduce((sum, volume) => sum + volume.pages, 0)).toBe(3);
    for (const file of result.files) {
      const bytes = await readFile(join(out, file.path));
      expect(bytes.length).toBe(file.bytes);
      if (!file.path.endsWith('.pdf')) continue;
      execFileSync('qpdf', ['--check', join(out, file.path)]);
      // A form to be sealed is no draft of anything.
      if (file.kind === 'certificate-form-pdf') continue;
      // 草稿 stands on every page.
      const text = execFileSync('pdftotext', ['-layout', join(out, file.path), '-'], { encoding: 'utf8' });
      const pages = text.split('\f').slice(0, -1);
      expect(pages).toHaveLength(file.pages);
      for (const page of pages) expect([...'草稿'].every((character) => page.includes(character)), page).toBe(true);
    }
    expect(await readdir(join(bench.archive, 'exports'))).toEqual(['v001']);
  });

  it('names the sheets to replace after one late file', async () => {
    const late = await makePdf(join(bench.folder, '迟到的文件.pdf'), [['迟到的补充材料']]);
    await bench.ask('evidence.import', { jobId: 'l', paths: [late], indicator: '5.1', year: 2022 });
    const result = await bench.ask('binding.export', { jobId: 'e', draft: true });
    expect(result.version).toBe('v002');
    expect(result.reprint.length).toBe(1);
    expect(result.reprint[0]?.sheets.some((sheet) => sheet.startsWith('插入'))).toBe(true);
    expect(result.files.some((file) => file.kind === 'reprint-list-docx')).toBe(true);
  });

  it('leaves earlier versions alone when a binding is cancelled', async () => {
    const running = bench.dispatcher.callUntrusted('binding.export', { jobId: 'c', draft: true });
    bench.session.jobs.cancel('c');
    const reply = await running;
    expect(reply).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await readdir(join(bench.archive, 'exports'))).toEqual(['v001', 'v002']);
  });

  it('finds a file that was changed behind its back, and that it is whole again', async () => {
    expect(await bench.ask('archive.verify', { jobId: 'v' })).toMatchObject({ ok: true, problems: [] });
    const [item] = await bench.ask('evidence.list', {});
    const path = join(bench.archive, 'objects', (item?.sha256 ?? '').slice(0, 2), item?.sha256 ?? '');
    const whole = await readFile(path);
    await chmod(path, 0o600);
    await writeFile(path, Buffer.concat([whole.subarray(0, 100), Buffer.from([(whole[100] ?? 0) ^ 1]), whole.subarray(101)]));
    const found = await bench.ask('archive.verify', { jobId: 'w' });
    expect(found.ok).toBe(false);
    expect(found.problems.map((problem) => problem.kind)).toEqual(['object-changed']);
    await writeFile(path, whole);
    expect((await bench.ask('archive.verify', { jobId: 'x' })).ok).toBe(true);
  });

  it('moves to 回收站 and back, and empties it for good only when asked', async () => {
    const [item] = (await bench.ask('evidence.list', {})).filter((one) => one.title.includes('迟到'));
    const id = item?.id ?? '';
    await bench.ask('evidence.trash', { id });
    expect((await bench.ask('evidence.list', {})).some((one) => one.id === id)).toBe(false);
    expect((await bench.ask('evidence.list', { filter: 'trash' })).map((one) => one.id)).toEqual([id]);
    await bench.ask('evidence.restore', { id });
    expect((await bench.ask('evidence.list', {})).find((one) => one.id === id)?.links).toHaveLength(1);
    await bench.ask('evidence.trash', { id });
    expect(await bench.ask('evidence.emptyTrash', {})).toEqual({ items: 1 });
    expect(await bench.refuse('evidence.restore', { id })).toBe('evidence-unknown');
    expect(await bench.ask('archive.verify', { jobId: 'y' })).toMatchObject({ ok: true, objects: 2, problems: [] });
    const name = createHash('sha256').update('nobody').digest('hex');
    const place = join(bench.archive, 'objects', name.slice(0, 2));
    await mkdir(place, { recursive: true });
    await writeFile(join(place, name), 'nobody');
    expect((await bench.ask('archive.verify', { jobId: 'z' })).problems.map((problem) => problem.kind)).toEqual(['object-orphan']);
    expect(await bench.ask('archive.removeOrphans', { jobId: 'o' })).toEqual({ removed: 1 });
    expect(await bench.ask('archive.verify', { jobId: 'y' })).toMatchObject({ ok: true, problems: [] });
  });

  it('opens read-only where another one writes, and changes nothing', async () => {
    const second = await openWorkbench();
    try {
      const info = await second.ask('archive.open', { folder: bench.archive });
      expect(info.readOnly).toBe(true);
      expect(info.heldBy).not.toBe('');
      expect((await second.ask('indicator.read', { code: '5.1' })).report).toBe('三年均达标。');
      expect(await second.refuse('indicator.setReport', { code: '5.1', text: 'x' })).toBe('archive-read-only');
    } finally {
      await second.close();
    }
  });

  it('tells what is not an archive from what is not there', async () => {
    const second = await openWorkbench();
    try {
      expect(await second.refuse('archive.open', { folder: join(second.folder, 'nowhere') })).toBe('archive-not-found');
      await mkdir(join(second.folder, 'plain'));
      expect(await second.refuse('archive.open', { folder: join(second.folder, 'plain') })).toBe('archive-not-an-archive');
      expect(await second.refuse('archive.create', { folder: join(second.folder, 'x'), from: { kind: 'catalog-file', path: join(second.folder, 'none.json') } })).toBe('file-not-found');
      await writeFile(join(second.folder, 'bad.json'), '{"schema": 1');
      expect(await second.refuse('archive.create', { folder: join(second.folder, 'x'), from: { kind: 'catalog-file', path: join(second.folder, 'bad.json') } })).toBe('catalog-wrong');
    } finally {
      await second.close();
    }
  });
});
