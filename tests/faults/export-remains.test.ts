import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FaultService, layOutArchive } from './service-work.ts';

it('an export whose folder was finished and whose record was not written stands in no later export’s way', async () => {
  const place = mkdtempSync(join(tmpdir(), 'chuangdang-remains-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const folder = join(place, '试验.cdarchive');
  await layOutArchive(folder, place);
  // What a kill between the rename and the row leaves: a whole folder that nobody acknowledged.
  mkdirSync(join(folder, 'exports', 'v001'));
  writeFileSync(join(folder, 'exports', 'v001', 'manifest.json'), '{}');
  const service = new FaultService();
  onTestFinished(() => service.session.close());
  await service.ask('archive.open', { folder });
  expect((await service.ask('binding.export', { jobId: 'next', draft: true, out: null })).version).toBe('v002');
  const { ok, problems } = await service.ask('archive.verify', { jobId: 'verify' });
  expect({ ok, kinds: problems.map((problem) => problem.kind) }).toEqual({ ok: true, kinds: ['export-unknown'] });
});
