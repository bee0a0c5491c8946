import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runExchangeBench } from '../../src-main/cli/bench/exchange.ts';
import { makeFolder, smallCatalog } from '../archive/archive-fixture.ts';

it('packs and merges four times the evidence in about the same memory', async () => {
  const rows = await runExchangeBench({ catalog: smallCatalog, workers: join(import.meta.dirname, '../../src-main/cli/bench'), megabytes: 160, directory: makeFolder() });
  expect(rows.every((row) => row.ok)).toBe(true);
  const peak = (tool: string, megabytes: number): number => rows.find((row) => row.tool === tool && row.megabytes === megabytes)?.peakMiB ?? Number.NaN;
  for (const tool of ['pack', 'merge']) {
    expect(rows.find((row) => row.tool === tool && row.megabytes === 160)?.items).toBe(40);
    // Held whole, the added 120 MB would show; a buffer or two, and the collector's mood, do not.
    expect(peak(tool, 160) - peak(tool, 40), `${tool}: ${peak(tool, 40)} and ${peak(tool, 160)} MiB`).toBeLessThan(80);
  }
}, 120_000);
