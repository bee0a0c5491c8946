import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Catalog } from '../../domain/catalog.ts';
import { makeManyItems } from './many-items.ts';

const measuredSchema = z.object({ empty: z.array(z.number()), ready: z.array(z.number()), calls: z.array(z.object({ name: z.string(), p95: z.number(), bytes: z.number() })) });

export interface WindowBenchRow {
  readonly what: string;
  readonly milliseconds: number;
  /** Divided by the time an empty Electron window takes in the same run. */
  readonly timesEmpty: number | null;
  readonly how: string;
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

/** How long until the window shows the overview of an archive of 10,000 items, beside an empty Electron window; and what its calls take. */
export function measureWindow(driver: string, catalog: Catalog, items: number, rounds: number, onRow: (row: WindowBenchRow) => void): Promise<readonly WindowBenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'chuangdang-window-'));
  const measure = async (): Promise<readonly WindowBenchRow[]> => {
    const archive = join(directory, '一万件.cdarchive');
    await makeManyItems(archive, catalog, items);
    const run = spawnSync(process.execPath, [driver, archive, String(rounds)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 16 * 1024 * 1024 });
    if (run.status !== 0) throw new Error(`the window could not be measured (exit ${String(run.status)})`);
    const { empty, ready, calls } = measuredSchema.parse(JSON.parse(run.stdout.trim().split('\n').at(-1) ?? ''));
    const base = median(empty);
    const rows: WindowBenchRow[] = [
      { what: 'empty window', milliseconds: base, timesEmpty: 1, how: `median of ${empty.length}: Electron opens a blank page` },
      { what: 'window ready', milliseconds: median(ready), timesEmpty: median(ready) / base, how: `median of ${ready.length}: overview of ${items} items drawn` },
      ...calls.map(({ name, p95, bytes }): WindowBenchRow => ({ what: name, milliseconds: p95, timesEmpty: null, how: `p95 from the page, ${Math.round(bytes / 1024)} KiB` })),
    ];
    rows.forEach(onRow);
    return rows;
  };
  return measure().finally(() => rmSync(directory, { recursive: true, force: true }));
}
