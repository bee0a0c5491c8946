import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getLastExport, transact } from '../../src-main/archive/index.ts';
import type { ExportManifest } from '../../src-main/archive/index.ts';
import { succeed } from '../../src-main/contract/index.ts';
import { checkNow } from '../../src-main/service/facts.ts';
import type { BoundVolumeFacts, BundleFacts } from '../../src-main/domain/snapshot.ts';
import { readStatedVolume } from '../../src-main/domain/stated-volume.ts';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

describe('what the last export numbered, indexed and closed', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
    const files = [await makePdf(join(bench.folder, '甲.pdf'), [['甲一'], ['甲二']]), await makePdf(join(bench.folder, '乙.pdf'), [['乙']])];
    await bench.ask('evidence.import', { jobId: 'a', paths: files, indicator: '5.1', year: 2023 });
    await bench.ask('office.change', { change: { fondsCode: 'Z109', organ: 'STB', retention: '永久' } });
  });
  afterAll(() => bench.close());

  const readBundle = async (): Promise<BundleFacts | undefined> => {
    const read = await bench.session.read(({ db }) => succeed({ bundle: checkNow(db, '2024-04-12').snapshot.bundle }));
    if (!read.ok) throw new Error(read.error.code);
    return read.value.bundle;
  };
  const numberingRules = async (): Promise<readonly string[]> =>
    (await bench.ask('check.run', {})).findings.map((finding) => finding.rule).filter((rule) => /^(?:numbering|code|box)\./u.test(rule));
  /** Writes another account of the bound volumes into the last export's record, as a fault of the printer's would leave it. */
  const misprint = (change: (volume: BoundVolumeFacts) => BoundVolumeFacts): Promise<unknown> =>
    bench.session.write(({ db }) => {
      const manifest = getLastExport(db, false)?.manifest;
      if (manifest === undefined) throw new Error('nothing was exported');
      const wrong: ExportManifest = { ...manifest, bound: (manifest.bound ?? []).map(change) };
      transact(db, 'test', (tx) => tx.update('test', 'export', [manifest.version], { manifest: JSON.stringify(wrong) }));
      return succeed({});
    });

  it('is nothing before the first export', async () => {
    expect(await readBundle()).toBeUndefined();
    expect(await numberingRules()).toEqual([]);
  });

  it('is kept with the export, agrees with itself, and stands in its manifest', async () => {
    const { folder } = await bench.ask('binding.export', { jobId: 'e', draft: true });
    const bundle = await readBundle();
    expect(bundle?.volumes).toMatchObject([
      { no: 1, archivalCode: 'Z109-WS·2024-Y-STB-0001', closing: { items: 2, pages: 3 }, items: [{ order: 1, indexed: [1, 2], stamped: [1, 2] }, { order: 2, indexed: [3, 3], stamped: [3, 3] }] },
    ]);
    expect(bundle?.boxes).toEqual([{ no: 1, items: [{ itemNumber: 1, year: 2024, organ: 'STB', retention: '永久' }] }]);
    expect(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))).toMatchObject({ bound: bundle?.volumes });
    expect(await numberingRules()).toEqual([]);
    expect(await bench.ask('archive.verify', { jobId: 'v' })).toMatchObject({ ok: true });
  });

  it.each<readonly [string, (volume: BoundVolumeFacts) => BoundVolumeFacts]>([
    ['numbering.index', (volume) => ({ ...volume, items: volume.items.map((item) => ({ ...item, indexed: [item.indexed[0], item.indexed[1] + 1] })) })],
    ['numbering.order', (volume) => ({ ...volume, items: volume.items.map((item) => ({ ...item, order: item.order * 2 })) })],
    ['numbering.totals', (volume) => ({ ...volume, closing: { items: 2, pages: 4 } })],
    ['numbering.pages', (volume) => ({ ...volume, closing: { items: 2, pages: 3 }, items: volume.items.map((item) => ({ ...item, indexed: [item.indexed[0] + 1, item.indexed[1] + 1], stamped: [item.stamped[0] + 1, item.stamped[1] + 1] })) })],
    ['code.gap', (volume) => ({ ...volume, archivalCode: 'Z109-WS·2024-Y-STB-0002' })],
  ])('tells %s by what was bound', async (rule, change) => {
    await misprint(change);
    expect(new Set(await numberingRules())).toEqual(new Set([rule]));
    await bench.ask('history.undo', {});
    expect(await numberingRules()).toEqual([]);
  });

  it('reads the office’s own papers in place of the generated ones, and blocks the export for what they say wrong', async () => {
    const make = async (kind: string, format: 'pdf' | 'docx'): Promise<string> => {
      const out = join(bench.folder, `自编${kind}.${format}`);
      await bench.ask('papers.make', { jobId: 'm', kind, scope: '1', format, out, generated: true });
      return out;
    };
    const blockers = async (): Promise<readonly string[]> => (await bench.ask('binding.plan', {})).blockers.filter((blocker) => blocker.startsWith('第1卷'));
    for (const kind of ['cover', 'volume-index', 'closing-note']) await bench.ask('papers.replace', { jobId: 'r', kind, scope: '1', path: await make(kind, 'pdf'), note: '' });
    expect(await numberingRules()).toEqual([]);
    const blocks = await bench.session.workers.readPlanBlocks(await make('volume-index', 'docx'));
    const lines = blocks.ok ? blocks.value.flatMap((block) => (block.kind === 'table' ? block.rows.map((row) => row.join('\t')) : [block.text])) : [];
    expect(readStatedVolume(lines.join('\n'))).toMatchObject({ archivalCode: 'Z109-WS·2024-Y-STB-0001', rows: [{ order: 1, first: 1, last: null }, { order: 2, first: 3, last: null }] });
    const wrong = await makePdf(join(bench.folder, '备考.pdf'), [['本卷共有文件材料2件、4页']]);
    await bench.ask('papers.replace', { jobId: 'r', kind: 'closing-note', scope: '1', path: wrong, note: '' });
    expect(await numberingRules()).toEqual(['numbering.totals']);
    expect(await blockers()).toEqual([expect.stringContaining('备考表写2件4页，卷内实有2件3页')]);
    for (const kind of ['cover', 'volume-index', 'closing-note']) await bench.ask('papers.restore', { kind, scope: '1' });
    expect([await numberingRules(), await blockers()]).toEqual([[], []]);
  });

  it('never keeps a new export from mending it, and ends with the plan that was bound', async () => {
    await misprint((volume) => ({ ...volume, closing: { items: 9, pages: 9 } }));
    expect((await bench.ask('binding.plan', {})).blockers.filter((blocker) => blocker.includes('备考表'))).toEqual([]);
    await bench.ask('evidence.unlink', { id: (await readBundle())?.volumes[0]?.items[1]?.evidenceId, indicator: '5.1', year: 2023 });
    expect(await readBundle()).toBeUndefined();
    expect(await numberingRules()).toEqual([]);
  });
});
