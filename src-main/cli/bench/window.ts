import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Catalog } from '../../domain/catalog.ts';
import { makeManyItems } from './many-items.ts';

const timedCallSchema = z.object({ name: z.string(), p95: z.number(), bytes: z.number(), samples: z.number() });
/** What the driver tells, a line for each part. */
const partSchema = z.discriminatedUnion('part', [
  z.object({ part: z.literal('start'), empty: z.array(z.number()), ready: z.array(z.number()) }),
  z.object({ part: z.literal('pages'), pages: z.array(z.object({ name: z.string(), first: z.number(), again: z.number() })) }),
  z.object({ part: z.literal('calls'), calls: z.array(timedCallSchema) }),
  z.object({ part: z.literal('beside-export'), calls: z.array(timedCallSchema), milliseconds: z.number() }),
  z.object({ part: z.literal('memory'), memory: z.array(z.number()) }),
]);
type Part = z.infer<typeof partSchema>;

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

const timed = (kind: WindowBenchRow['kind'], { name, p95, bytes, samples }: z.infer<typeof timedCallSchema>): WindowBenchRow => ({
  kind,
  what: name,
  value: p95,
  timesEmpty: null,
  how: `p95 of ${samples} from the page, ${Math.round(bytes / 1024)} KiB`,
});

function rowsOf(part: Part): readonly WindowBenchRow[] {
  switch (part.part) {
    case 'start': {
      const base = median(part.empty);
      const ready = median(part.ready);
      return [
        { kind: 'empty', what: 'empty window', value: base, timesEmpty: 1, how: `median of ${part.empty.length}: Electron opens a blank page` },
        { kind: 'ready', what: 'window ready', value: ready, timesEmpty: ready / base, how: `median of ${part.ready.length}: overview drawn` },
      ];
    }
    case 'pages':
      return part.pages.map(({ name, first, again }) => ({ kind: 'page', what: `page ${name}`, value: again, timesEmpty: null, how: `worst of 2 after the first, which took ${Math.round(first)}` }));
    case 'calls':
      return part.calls.map((call) => timed('call', call));
    case 'beside-export':
      return [...part.calls.map((call) => timed('beside-export', call)), { kind: 'beside-export', what: 'calls were made for', value: part.milliseconds, timesEmpty: null, how: 'until the export ended, or was stopped once enough was seen' }];
    case 'memory':
      return [{ kind: 'memory', what: 'held by the page, MiB', value: part.memory.at(-1) ?? Number.NaN, timesEmpty: null, how: `by rounds through all pages: ${part.memory.map((held) => held.toFixed(1)).join(' ')}` }];
    default:
      return part satisfies never;
  }
}

/**
 * How long until the window shows the overview of an archive of 10,000 items, beside an empty Electron window; what its calls take, alone and
 * while a real export runs; how long each page takes to stand; and what the page holds in memory after going through all of them again and again.
 * Each figure is told as soon as it is there.
 */
export async function measureWindow({ driver, catalog, items, rounds, archive: given, onRow }: WindowBench): Promise<readonly WindowBenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'chuangdang-window-'));
  try {
    const archive = join(directory, '一万件.cdarchive');
    if (given === null) await makeManyItems(archive, catalog, items);
    else cpSync(given, archive, { recursive: true });
    const run = spawn(process.execPath, [driver, archive, String(rounds)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(run, 'exit');
    const rows: WindowBenchRow[] = [];
    for await (const line of createInterface({ input: run.stdout })) {
      const found = rowsOf(partSchema.parse(JSON.parse(line)));
      found.forEach(onRow);
      rows.push(...found);
    }
    const [code]: unknown[] = await ended;
    if (code !== 0) throw new Error(`the window could not be measured (exit ${String(code)})`);
    return rows;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
