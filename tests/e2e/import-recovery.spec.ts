import { join } from 'node:path';
import { callFromPage, callRaw } from './bridge.ts';
import { writeEvidenceFiles } from './evidence-files.ts';
import { expect, test } from './harness.ts';
import { findServiceProcess } from './service-process.ts';

test('killing the service during an import loses nothing', async ({ open }) => {
  const { page, app, folder } = open;
  const files = await writeEvidenceFiles(join(folder, 'evidence'), 120);
  const [builtin] = await callFromPage(page, 'catalog.builtin', {});
  await callFromPage(page, 'archive.create', { folder: join(folder, '导入.cdarchive'), from: { kind: 'builtin', id: builtin?.id ?? '' } });

  const broken = callRaw(page, 'evidence.import', { jobId: 'broken', paths: [join(folder, 'evidence')], indicator: null, year: null });
  await expect.poll(async () => (await callFromPage(page, 'evidence.list', {})).length, { intervals: [20] }).toBeGreaterThan(3);
  process.kill((await findServiceProcess(app)) ?? 0, 'SIGKILL');
  expect(await broken).toMatchObject({ ok: false, error: { code: 'service-died' } });

  await expect.poll(async () => (await callRaw(page, 'archive.current', {})).ok).toBe(true);
  const kept = await callFromPage(page, 'evidence.list', {});
  expect(kept.length).toBeGreaterThan(3);
  expect(kept.length).toBeLessThan(files.length);
  const verified = await callFromPage(page, 'archive.verify', { jobId: 'verify' });
  // Bytes whose row was not yet written may lie there unused; nothing that was acknowledged may be missing or changed.
  expect(verified.ok).toBe(true);
  expect(verified.problems.filter((problem) => problem.kind !== 'object-orphan')).toEqual([]);

  const again = await callFromPage(page, 'evidence.import', { jobId: 'again', paths: [join(folder, 'evidence')], indicator: null, year: null });
  expect(again.rejected).toEqual([]);
  expect(again.duplicates).toHaveLength(kept.length);
  expect(await callFromPage(page, 'evidence.list', {})).toHaveLength(files.length);
  // The bytes that lay there have their items now.
  expect(await callFromPage(page, 'archive.verify', { jobId: 'clean' })).toMatchObject({ ok: true, problems: [] });
});
