import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Catalog } from '../../domain/catalog.ts';
import { makeManyItems } from './many-items.ts';

const timedCallSchema = z.object({ name: z.string(), p95: z.number(), bytes: z.number(), samples: z.number() });
const measuredSchema = z.object({
  empty: z.array(z.number()),
  ready: z.array(z.number()),
  calls: z.array(timedCallSchema),
  besideExport: z.array(timedCallSchema),
  exportMilliseconds: z.number(),
  pages: z.array(z.object({ name: z.string(), first: z.number(), again: z.number() })),
  memory: z.array(z.number()),
});

export interface WindowBenchRow {
  readonly kind: 'empty' | 'ready' | 'call' | 'beside-export' | 'page' | 'memory';
  readonly what: string;
  /** Milliseconds; of memory, MiB. */
  readonly value: number;
  /** Divided by the time an empty Electron window takes in the same run. */
  readonly timesEmpty: number | null;
  readonly how: string;
}

export interface WindowBench {
  /** The program that drives the window. */
  readonly driver: string;
  readonly catalog: Catalog;
  readonly items: number;
  readonly rounds: number;
  /** Measure on a copy of this archive instead of one of many items. */
  readonly archive: string | null;
  readonly onRow: (row: WindowBenchRow) => void;
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

/**
 * How long until the window shows the overview of an archive of 10,000 items, beside an empty Electron window; what its calls take, alone and
 * while a real export runs; how long each page takes to stand; and what the page holds in memory after going through all of them again and again.
 */
export async function measureWindow({ driver, catalog, items, rounds, archive: given, onRow }: WindowBench): Promise<readonly WindowBenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'chuangdang-window-'));
  try {
    const archive = join(directory, '一万件.cdarchive');
    if (given === null) await makeManyItems(archive, catalog, items);
    else cpSync(given, archive, { recursive: true });
    const run = spawnSync(process.execPath, [driver, archive, String(rounds)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 16 * 1024 * 1024 });
    if (run.status !== 0) throw new Error(`the window could not be measured (exit ${String(run.status)})`);
    const { empty, ready, calls, besideExport, exportMilliseconds, pages, memory } = measuredSchema.parse(JSON.parse(run.stdout.trim().split('\n').at(-1) ?? ''));
    const base = median(empty);
    const timed = (kind: WindowBenchRow['kind']) => ({ name, p95, bytes, samples }: z.infer<typeof timedCallSchema>): WindowBenchRow => ({ kind, what: name, value: p95, timesEmpty: null, how: `p95 of ${samples} from the page, ${Math.round(bytes / 1024)} KiB` });
    const rows: WindowBenchRow[] = [
      { kind: 'empty', what: 'empty window', value: base, timesEmpty: 1, how: `median of ${empty.length}: Electron opens a blank page` },
      { kind: 'ready', what: 'window ready', value: median(ready), timesEmpty: median(ready) / base, how: `median of ${ready.length}: overview drawn` },
      ...pages.map(({ name, first, again }): WindowBenchRow => ({ kind: 'page', what: `page ${name}`, value: again, timesEmpty: null, how: `worst of 2 after the first, which took ${Math.round(first)}` })),
      ...calls.map(timed('call')),
      ...besideExport.map(timed('beside-export')),
      { kind: 'memory', what: 'held by the page, MiB', value: memory.at(-1) ?? Number.NaN, timesEmpty: null, how: `by rounds through all pages: ${memory.map((held) => held.toFixed(1)).join(' ')}; the export took ${(exportMilliseconds / 1000).toFixed(1)} s` },
    ];
    rows.forEach(onRow);
    return rows;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
