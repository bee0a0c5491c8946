import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { letter, scanSheet, toScanPdf, turnPicture } from './scan-pages.ts';
import { openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

/** One sheet that stands on its head: it is found by its words all the same, with the place of the words on the page as it lies. */
describe('reading scans', () => {
  let bench: Workbench;
  let id = '';
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
    const incoming = join(bench.folder, 'incoming');
    await mkdir(incoming);
    const sheet = letter(['青岛市生态环境局市南分局文件', '青环南发〔2024〕3号', '关于报送县城污水处理率数据的函', '2023年县城污水处理率为96.3%，数据均已复核。']);
    await writeFile(join(incoming, '扫描0001.pdf'), toScanPdf([turnPicture(await scanSheet(sheet, 'read'), 180)]));
    // The same sheet once more through the scanner: another picture, the same words.
    await writeFile(join(incoming, '重扫.pdf'), toScanPdf([await scanSheet(sheet, 'again')]));
    const result = await bench.ask('evidence.import', { jobId: 'i', paths: [incoming], indicator: '5.1', year: 2023 });
    id = result.imported[0]?.id ?? '';
    expect(result.alike).toEqual([]);
  }, 180_000);
  afterAll(() => bench.close());

  it('says what waits, and reads nothing while paused', async () => {
    expect(await bench.ask('scans.status', {})).toEqual({ state: 'idle', waiting: 2, read: 0, title: '', trouble: '' });
    expect((await bench.ask('scans.pause', { paused: true })).state).toBe('paused');
    expect((await bench.ask('search.query', { text: '处理率为96.3' })).hits).toEqual([]);
  });

  it('says that the models are damaged, and loses no page over it', async () => {
    process.env['CHUANGDANG_OCR_MODELS'] = bench.folder;
    try {
      expect(await bench.ask('scans.read', { jobId: 'damaged' })).toMatchObject({ read: 0, failed: 0, waiting: 2, trouble: expect.stringContaining('请重新安装创档') });
    } finally {
      delete process.env['CHUANGDANG_OCR_MODELS'];
    }
  });

  it('keeps each page as it is read: what was broken off goes on at the next page', { timeout: 180_000 }, async () => {
    const stop = bench.session.onScanStatus(({ read }) => {
      if (read === 1) bench.session.jobs.cancel('broken-off');
    });
    expect(await bench.refuse('scans.read', { jobId: 'broken-off' })).toBe('cancelled');
    stop();
    await bench.ask('archive.open', { folder: bench.archive });
    expect(await bench.ask('scans.status', {})).toMatchObject({ state: 'idle', waiting: 1, read: 1 });
    expect(await bench.ask('scans.read', { jobId: 'rest' })).toEqual({ read: 1, failed: 0, waiting: 0, trouble: '' });
  });

  it('tells a sheet that was scanned twice', async () => {
    const { findings } = await bench.ask('check.run', {});
    expect(findings.filter(({ rule }) => rule === 'scan.duplicate')).toHaveLength(1);
  });

  it('finds the words by the real search after reading, and proposes a description of the item, which was filed before', async () => {
    const { hits } = await bench.ask('search.query', { text: '处理率为96.3' });
    expect(hits.map((hit) => [hit.kind, hit.page, hit.snippet.slice(hit.from, hit.to)])).toEqual([['page', 1, '处理率为96.3'], ['page', 1, '处理率为96.3']]);
    expect(hits[0]?.id).toBe(id);
    const item = await bench.ask('evidence.read', { id });
    expect(item).toMatchObject({ documentNumber: '', title: '扫描0001', confirmed: false });
    expect(item.readings.map(({ field, value }) => [field, value])).toEqual(expect.arrayContaining([['title', '关于报送县城污水处理率数据的函'], ['documentNumber', '青环南发〔2024〕3号']]));
    expect((await bench.ask('scans.status', {})).read).toBe(2);
  });

  it('knows where on the page the words stand', async () => {
    const page = await bench.ask('evidence.pageText', { id, page: 1 });
    expect(page.recognised).toBe(true);
    expect(page.confidence).toBeGreaterThan(0.9);
    const title = page.runs.find(({ text }) => text.includes('关于报送'));
    // Drawn 67 mm from the left and the top edge of a sheet of 210 × 297 mm, seen upside down.
    expect(title?.x).toBeCloseTo(1 - (28 + 16 * 0.3528 * 15) / 210, 1);
    expect(title?.y).toBeCloseTo(1 - 68 / 297, 1);
    expect((await bench.ask('evidence.pageText', { id, page: 2 })).runs).toEqual([]);
  });
});
