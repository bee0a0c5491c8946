import { createCanvas } from '@napi-rs/canvas';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { changeEvidence, transact } from '../../src-main/archive/index.ts';
import { succeed } from '../../src-main/contract/index.ts';
import { evidenceId } from '../../src-main/domain/ids.ts';
import { describeAfterReading } from '../../src-main/service/import/read-text.ts';
import { makeDocx, makeXlsx } from '../fixtures/mixed-folder.ts';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

/** A JPEG with a camera's record: EXIF with DateTimeOriginal alone. */
function photo(takenAt: string): Uint8Array {
  const canvas = createCanvas(64, 48);
  canvas.getContext('2d').fillRect(0, 0, 64, 48);
  const jpeg = canvas.toBuffer('image/jpeg', 90);
  const tiff = Buffer.alloc(64);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  // IFD0: the pointer to the EXIF directory, in which the date stands.
  for (const [at, tag, type, count, value] of [[10, 0x8769, 4, 1, 26], [28, 0x9003, 2, 20, 44]] as const) {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  }
  tiff.writeUInt16LE(1, 26);
  tiff.write(takenAt, 44, 'latin1');
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 0xff]);
  return Buffer.concat([head, body, jpeg.subarray(2)]);
}

describe('evidence in', () => {
  let bench: Workbench;
  let incoming: string;
  const take = async (...paths: readonly string[]) => (await bench.ask('evidence.import', { jobId: crypto.randomUUID(), paths })).imported;

  beforeAll(async () => {
    bench = await openWorkbench();
    incoming = join(bench.folder, 'incoming');
    await mkdir(incoming);
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
  });
  afterAll(() => bench.close());

  it('says where each value was read, and states none as a fact', async () => {
    const [item] = await take(await makePdf(join(incoming, '通知.pdf'), [['青南市城市管理局文件', '青南城管〔2023〕12号', '关于召开排水工作会议的通知', '会议时间：2023年6月1日上午九时', '会议地点：区政府三楼会议室', '参会人员：各街道办事处', '青南市城市管理局', '2023年5月20日']]));
    const read = await bench.ask('evidence.read', { id: item?.id });
    expect(read).toMatchObject({ confirmed: false, documentNumber: '青南城管〔2023〕12号', date: '2023-05-20', revisions: [], usedBy: [] });
    expect(read.readings).toContainEqual({ field: 'documentNumber', value: '青南城管〔2023〕12号', page: 1, text: '青南城管〔2023〕12号', confidence: 0.95 });
    expect(read.readings.find(({ field }) => field === 'meeting')?.value).toBe('时间：2023年6月1日上午九时；地点：区政府三楼会议室；出席：各街道办事处');
  });

  it('reads when a photo was taken from the camera’s own record', async () => {
    await writeFile(join(incoming, 'IMG_0042.jpg'), photo('2023:05:18 14:03:22\0'));
    const [item] = await take(join(incoming, 'IMG_0042.jpg'));
    expect(item).toMatchObject({ kind: 'jpeg', date: '2023-05-18' });
    const read = await bench.ask('evidence.read', { id: item?.id });
    expect(read).toMatchObject({ kind: 'photo', confirmed: false, photoFacts: { time: '2023-05-18 14:03', place: '' } });
    expect(read.readings.find(({ field }) => field === 'date')?.text).toContain('相机');
  });

  it('takes back a whole import as one step, with what it filed, and brings it back; not past what a person did meanwhile', async () => {
    const folder = join(incoming, '多件');
    await mkdir(folder);
    for (let number = 1; number <= 17; number += 1) await writeFile(join(folder, `${number}.jpg`), photo(`2022:05:${String(number).padStart(2, '0')} 10:00:00\0`));
    const here = async (): Promise<readonly string[]> => (await bench.ask('evidence.list', {})).map((item) => item.fileName).filter((name) => /^\d+\.jpg$/u.test(name));
    const filed = async (): Promise<number> => (await bench.ask('indicator.read', { code: '4' })).evidence.length;
    const before = await filed();
    bench.events.length = 0;
    await bench.ask('evidence.import', { jobId: 'many', paths: [folder], indicator: '4', year: 2022 });
    // The window hears of the first of them while the others are on their way.
    const kinds = bench.events.map(({ kind }) => kind);
    expect(kinds.indexOf('archive-changed')).toBeLessThan(kinds.lastIndexOf('job-progress'));
    expect([(await here()).length, await filed()]).toEqual([17, before + 17]);
    expect((await here()).slice(0, 3)).toEqual(['1.jpg', '2.jpg', '3.jpg']);
    expect((await bench.ask('history.undo', {})).text).toMatch(/^导入17件材料/u);
    expect([(await here()).length, await filed()]).toEqual([0, before]);
    expect((await bench.ask('evidence.list', { filter: 'trash' })).length).toBeGreaterThanOrEqual(17);
    await bench.ask('history.redo', {});
    expect([(await here()).length, await filed()]).toEqual([17, before + 17]);
    // What was changed while an import ran is not jumped over.
    const other = await makePdf(join(incoming, '后来.pdf'), [['后来的一件']]);
    bench.events.length = 0;
    const running = bench.ask('evidence.import', { jobId: 'later', paths: [other] });
    await vi.waitFor(() => expect(bench.events.some(({ kind }) => kind === 'archive-changed')).toBe(true), { interval: 1, timeout: 30_000 });
    await bench.ask('indicator.setValue', { code: '4', year: 2022, value: 30, unit: '微克/立方米' });
    await running;
    expect((await bench.ask('history.undo', {})).text).not.toMatch(/导入/u);
  });

  it('proposes a picture named as a photo to be one, fills no table’s place with it, and counts it in 备考表', async () => {
    await writeFile(join(incoming, '04 2023年生态文明建设占党政实绩考核比例现场照片.png'), createCanvas(40, 30).toBuffer('image/png'));
    const [item] = await take(join(incoming, '04 2023年生态文明建设占党政实绩考核比例现场照片.png'));
    expect(await bench.ask('evidence.read', { id: item?.id })).toMatchObject({ kind: 'photo', confirmed: false });
    // Nor is it a table as long as nobody has said what it is.
    await bench.ask('evidence.update', { id: item?.id, change: { kind: null } });
    await bench.ask('evidence.link', { id: item?.id, indicator: '1', year: 2023 });
    const { requirements } = await bench.ask('indicator.read', { code: '1' });
    expect(requirements.flatMap(({ evidence }) => evidence)).not.toContain(item?.id);
    await bench.ask('evidence.unlink', { id: item?.id, indicator: '1', year: 2023 });
  });

  it('goes to another indicator in one step, each year kept, and back with one undo', async () => {
    await writeFile(join(incoming, '改归.txt'), '2022年和2023年绿化情况。\n');
    const [item] = await take(join(incoming, '改归.txt'));
    for (const year of [2022, 2023]) await bench.ask('evidence.link', { id: item?.id, indicator: '1', year });
    const places = async (): Promise<readonly string[]> => (await bench.ask('evidence.read', { id: item?.id })).links.map(({ indicator, year }) => `${indicator} ${year}`).toSorted();
    await bench.ask('evidence.moveLink', { id: item?.id, indicator: '1', to: '17', year: 2022 });
    expect(await places()).toEqual(['1 2023', '17 2022']);
    await bench.ask('evidence.moveLink', { id: item?.id, indicator: '1', to: '17', everyYear: true });
    expect(await places()).toEqual(['17 2022', '17 2023']);
    await bench.ask('history.undo', {});
    expect(await places()).toEqual(['1 2023', '17 2022']);
    expect(await bench.refuse('evidence.moveLink', { id: item?.id, indicator: '1', to: '99', everyYear: true })).toBe('indicator-unknown');
    await bench.ask('evidence.unlink', { id: item?.id, indicator: '17', everyYear: true });
    await bench.ask('evidence.unlink', { id: item?.id, indicator: '1', everyYear: true });
  });

  it('fills in nothing that a person emptied, one by one or several at once, when a recognition comes later', async () => {
    const lines = ['青南市城市管理局文件', '青南城管〔2023〕15号', '关于报送排水数据的通知', '青南市城市管理局', '2023年5月21日'];
    const [letter] = await take(await makePdf(join(incoming, '通知二.pdf'), [lines]));
    await writeFile(join(incoming, 'IMG_0043.jpg'), photo('2023:05:19 14:03:22\0'));
    const [picture] = await take(join(incoming, 'IMG_0043.jpg'));
    await bench.ask('evidence.update', { id: letter?.id, change: { documentNumber: '' } });
    await bench.ask('evidence.updateMany', { ids: [letter?.id, picture?.id], change: { kind: null } });
    await bench.session.write((archive) => {
      for (const item of [letter, picture]) describeAfterReading(archive, evidenceId(item?.id ?? ''));
      return succeed({});
    });
    expect(await bench.ask('evidence.read', { id: letter?.id })).toMatchObject({ documentNumber: '', date: '2023-05-21', typed: ['documentNumber'] });
    expect(await bench.ask('evidence.read', { id: picture?.id })).toMatchObject({ kind: null, date: '2023-05-19' });
  });

  it('leaves what is filed as it is when a recognition comes later, and keeps what was read as a proposal', async () => {
    const lines = ['青南市城市管理局文件', '青南城管〔2023〕19号', '关于污水管网改造的批复', '青南市城市管理局', '2023年5月22日'];
    const [late, free] = await take(await makePdf(join(incoming, '扫描甲.pdf'), [lines]), await makePdf(join(incoming, '扫描乙.pdf'), [[...lines, '乙']]));
    // As they were before their pages were read: scans have no text of their own.
    const asScan = async (id: string | undefined, fileName: string): Promise<void> => {
      await bench.session.write((archive) => {
        transact(archive.db, '识别', (tx) => changeEvidence(tx, evidenceId(id ?? ''), { title: fileName, documentNumber: '', issuer: '', date: '' }), { undoable: false });
        return succeed({});
      });
    };
    await asScan(late?.id, '扫描甲');
    await asScan(free?.id, '扫描乙');
    await bench.ask('evidence.link', { id: late?.id, indicator: '5.1', year: 2023 });
    await bench.session.write((archive) => {
      for (const item of [late, free]) describeAfterReading(archive, evidenceId(item?.id ?? ''));
      return succeed({});
    });
    const filed = await bench.ask('evidence.read', { id: late?.id });
    expect(filed).toMatchObject({ title: '扫描甲', documentNumber: '', issuer: '', date: '' });
    expect(filed.readings.map(({ field, value }) => `${field} ${value}`)).toEqual(expect.arrayContaining(['title 关于污水管网改造的批复', 'documentNumber 青南城管〔2023〕19号', 'date 2023-05-22']));
    expect(await bench.ask('evidence.read', { id: free?.id })).toMatchObject({ title: '关于污水管网改造的批复', documentNumber: '青南城管〔2023〕19号', date: '2023-05-22' });
  });

  it('records nothing where an item is filed once more where it stands, so that an undo takes back what was done before', async () => {
    const [one, two] = await take(await makePdf(join(incoming, '已归入.pdf'), [['噪声监测点位情况说明']]), await makePdf(join(incoming, '另一件.pdf'), [['另一件的说明']]));
    expect(await bench.ask('evidence.link', { id: one?.id, indicator: '17', year: 2021 })).toEqual({ linked: true });
    await bench.ask('evidence.update', { id: two?.id, change: { title: '更正过的题名' } });
    expect(await bench.ask('evidence.link', { id: one?.id, indicator: '17', year: 2021 })).toEqual({ linked: false });
    expect(await bench.ask('evidence.linkMany', { links: [{ id: one?.id, indicator: '17', year: 2021 }] })).toEqual({ items: 0, already: 1 });
    await bench.ask('evidence.updateMany', { ids: [one?.id], change: { retention: '30年' } });
    expect(await bench.ask('evidence.updateMany', { ids: [one?.id], change: { retention: '30年' } })).toEqual({ items: 0 });
    expect((await bench.ask('history.undo', {})).text).toBe('修改1件材料的著录');
    expect(await bench.ask('evidence.linkMany', { links: [{ id: one?.id, indicator: '17', year: 2021 }, { id: two?.id, indicator: '17', year: 2021 }] })).toEqual({ items: 1, already: 1 });
    expect((await bench.ask('history.undo', {})).text).toBe('把1件材料归入指标');
    expect((await bench.ask('evidence.read', { id: one?.id })).links).toHaveLength(1);
    // Off the indicator with all its years is one step.
    await bench.ask('evidence.link', { id: one?.id, indicator: '17', year: 2022 });
    await bench.ask('evidence.unlink', { id: one?.id, indicator: '17', everyYear: true });
    expect((await bench.ask('evidence.read', { id: one?.id })).links).toEqual([]);
    await bench.ask('history.undo', {});
    expect((await bench.ask('evidence.read', { id: one?.id })).links).toHaveLength(2);
    // The log names the document, whatever of it was changed.
    await bench.ask('evidence.update', { id: one?.id, change: { retention: '10年' } });
    expect((await bench.ask('overview.read', {})).events.slice(0, 2).map(({ text }) => text)).toEqual(['修改著录 噪声监测点位情况说明：保管期限', '撤销：移出指标17：“噪声监测点位情况说明”']);
  });

  it('describes a file again whose text is known', async () => {
    const path = await makePdf(join(incoming, '扫描0001.pdf'), [['关于报送垃圾分类情况的函', '正文一行']]);
    const [item] = await take(path);
    expect(item?.title).toBe('关于报送垃圾分类情况的函');
    await bench.ask('evidence.trash', { id: item?.id });
    const [again] = await take(path);
    expect(again).toMatchObject({ title: '关于报送垃圾分类情况的函' });
    expect(again?.id).not.toBe(item?.id);
  });

  it('sets office documents itself where no office program is found, and says that the pages are its own', async () => {
    vi.stubEnv('PATH', '');
    vi.stubEnv('CHUANGDANG_OFFICE', '');
    await writeFile(join(incoming, '函.docx'), makeDocx(['关于移动源治理数据的函', '现报送有关数据。']));
    await writeFile(join(incoming, '表.xlsx'), makeXlsx([['年度', '数值'], [2023, 96.5]]));
    const result = await bench.ask('evidence.import', { jobId: 'no-office', paths: [join(incoming, '函.docx'), join(incoming, '表.xlsx')] });
    vi.unstubAllEnvs();
    expect(result.rejected).toEqual([]);
    expect(result.imported.map(({ kind, pages, title }) => [kind, pages, title])).toEqual([['docx', 1, '关于移动源治理数据的函'], ['xlsx', 1, '表']]);
    expect(await bench.ask('evidence.read', { id: result.imported[0]?.id })).toMatchObject({ shownAs: 'pdf', conversionNote: '近似转换', confirmed: false });
    expect((await bench.ask('search.query', { text: '移动源治理数据' })).hits.some((hit) => hit.id === result.imported[0]?.id)).toBe(true);
  });

  it('proposes what like files were filed under before', async () => {
    const [first] = await take(await makePdf(join(incoming, 'a.pdf'), [['2022年度河长巡查打卡记录汇总表', '第一季度']]));
    await bench.ask('evidence.link', { id: first?.id, indicator: '5.2', year: 2022 });
    const [second] = await take(await makePdf(join(incoming, 'b.pdf'), [['2023年度河长巡查打卡记录汇总表', '第二季度']]));
    const read = await bench.ask('evidence.read', { id: second?.id });
    expect(read.suggestions[0]).toMatchObject({ code: '5.2', words: [expect.stringContaining('2022年度河长巡查打卡记录汇总表')] });
  });

  it('puts a new file in an item’s place, keeps the old one, and names the exports that bound it', async () => {
    const path = await makePdf(join(incoming, '初稿.pdf'), [['县城污水处理率数据表', '未盖章']]);
    const [item] = await take(path);
    const id = item?.id ?? '';
    await bench.ask('evidence.update', { id, change: { title: '县城污水处理率数据表（2023年）', confirmed: true } });
    await bench.ask('evidence.link', { id, indicator: '5.1', year: 2023 });
    await bench.ask('mark.add', { id, page: 1, lines: [{ x1: 100, y1: 700, x2: 200, y2: 700 }], note: '' });
    const { version } = await bench.ask('binding.export', { jobId: 'v1', draft: true });

    const next = await makePdf(join(incoming, '盖章件.pdf'), [['县城污水处理率数据表', '已盖章'], ['附表']]);
    const replaced = await bench.ask('evidence.replace', { jobId: 'r', id, path: next, reason: '补盖公章' });
    expect(replaced).toMatchObject({ fileName: '盖章件.pdf', pages: 2, replaced: { fileName: '初稿.pdf', sha256: item?.sha256 }, usedBy: [version], marksRemoved: 1 });
    const read = await bench.ask('evidence.read', { id });
    expect(read).toMatchObject({ title: '县城污水处理率数据表（2023年）', confirmed: false, pages: 2, usedBy: [], revisions: [{ number: 1, fileName: '初稿.pdf', reason: '补盖公章', usedBy: [version] }] });
    expect(read.links).toHaveLength(1);
    expect((await bench.ask('search.query', { text: '已盖章' })).hits.some((hit) => hit.id === id)).toBe(true);
    expect((await bench.ask('search.query', { text: '未盖章' })).hits.some((hit) => hit.id === id)).toBe(false);
    expect((await bench.ask('archive.verify', { jobId: 'v' })).problems).toEqual([]);

    await bench.ask('history.undo', {});
    expect(await bench.ask('evidence.read', { id })).toMatchObject({ fileName: '初稿.pdf', confirmed: true, pages: 1, revisions: [] });
    await bench.ask('history.redo', {});
    expect(await bench.ask('evidence.read', { id })).toMatchObject({ fileName: '盖章件.pdf', pages: 2 });
  });

  it('changes nothing where the new file cannot be taken', async () => {
    const [item] = await take(await makePdf(join(incoming, '原件.pdf'), [['不变的材料']]));
    const id = item?.id ?? '';
    await writeFile(join(incoming, '空.pdf'), '');
    await symlink(join(incoming, '原件.pdf'), join(incoming, '链接.pdf'));
    for (const name of ['空.pdf', '链接.pdf', '没有.pdf', '原件.pdf', '']) expect([name, await bench.refuse('evidence.replace', { jobId: 'x', id, path: join(incoming, name) })]).toEqual([name, 'replacement-refused']);
    expect(await bench.refuse('evidence.replace', { jobId: 'x', id: 'e000000000000000000', path: join(incoming, '原件.pdf') })).toBe('evidence-unknown');
    expect(await bench.ask('evidence.read', { id })).toMatchObject({ fileName: '原件.pdf', revisions: [] });
  });
});
