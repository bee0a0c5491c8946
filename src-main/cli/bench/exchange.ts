import { randomFillSync } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addEvidence, createArchive, openArchive, putObject, transact } from '../../archive/index.ts';
import type { Catalog } from '../../domain/catalog.ts';
import { measureProcess } from './measured-process.ts';
import type { MeasuredRun } from './measured-process.ts';

export interface ExchangeBenchOptions {
  readonly catalog: Catalog;
  /** Folder of the measured programs. */
  readonly workers: string;
  /** Evidence in megabytes; a quarter of it is measured as well, so that growth shows. Default 2000. */
  readonly megabytes?: number;
  /** Needs about four times the evidence; default a folder under the system's temporary one. */
  readonly directory?: string;
  readonly onRow?: (row: ExchangeBenchRow) => void;
}

export interface ExchangeBenchRow {
  readonly megabytes: number;
  readonly tool: 'cp -r + sha256sum' | 'pack' | 'merge';
  readonly ok: boolean;
  readonly seconds: number;
  /** Time divided by that of copying and hashing the archive's objects in the same run. */
  readonly timesCopy: number | null;
  readonly peakMiB: number | null;
  /** Items that a merge brought. */
  readonly items: number;
}

/** Scans of a few megabytes each: what fills an archive. Bytes that do not compress. */
const FILE_MB = 4;

/** Two copies of one archive, the second with the evidence. */
async function makeCopies(scratch: string, catalog: Catalog, megabytes: number): Promise<{ readonly empty: string; readonly full: string }> {
  const [empty, full] = [join(scratch, '甲.cdarchive'), join(scratch, '乙.cdarchive')];
  const made = await createArchive(empty, { title: catalog.title, catalog });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.close();
  cpSync(empty, full, { recursive: true });
  const opened = await openArchive(full);
  if (!opened.ok || opened.value.readOnly) throw new Error('the copy does not open');
  const archive = opened.value;
  const bytes = Buffer.alloc(FILE_MB * 1_000_000);
  const file = join(scratch, 'scan.bin');
  for (let number = 0; number < Math.ceil(megabytes / FILE_MB); number += 1) {
    writeFileSync(file, randomFillSync(bytes));
    const stored = await putObject(archive, file);
    if (!stored.ok) throw new Error(JSON.stringify(stored.error));
    transact(archive.db, 'bench', (tx) => addEvidence(tx, { sha256: stored.value.sha256, bytes: stored.value.bytes, fileName: `扫描${number}.jpg`, fileKind: 'jpeg', pages: 1, title: `扫描${number}` }));
  }
  archive.close();
  rmSync(file);
  return { empty, full };
}

const itemsOf = ({ output }: MeasuredRun): number => Number(/"items":(\d+)/u.exec(output)?.[1] ?? 0);

/** Packs an archive, and merges the pack into another copy, beside what it costs to copy and hash the same bytes. */
export async function runExchangeBench(options: ExchangeBenchOptions): Promise<readonly ExchangeBenchRow[]> {
  const directory = options.directory ?? join(tmpdir(), 'chuangdang-bench');
  mkdirSync(directory, { recursive: true });
  const rows: ExchangeBenchRow[] = [];
  const whole = options.megabytes ?? 2000;
  for (const megabytes of [Math.ceil(whole / 4), whole]) {
    const scratch = mkdtempSync(join(directory, 'exchange-'));
    try {
      const { empty, full } = await makeCopies(scratch, options.catalog, megabytes);
      const pack = join(scratch, '全部.cdpack');
      const worker = (...args: readonly string[]): Promise<MeasuredRun> => measureProcess(process.execPath, [join(options.workers, 'exchange-worker.ts'), ...args]);
      const copied = await measureProcess('/bin/sh', ['-c', 'cp -r "$1" "$2" && find "$2" -type f -exec sha256sum {} + > "$2.sums" && sync -f "$2"', 'sh', join(full, 'objects'), join(scratch, 'copy')]);
      rmSync(join(scratch, 'copy'), { recursive: true, force: true });
      const add = (tool: ExchangeBenchRow['tool'], { ok, seconds, peakMiB, output }: MeasuredRun): void => {
        const row = { megabytes, tool, ok, seconds, timesCopy: copied.ok ? seconds / copied.seconds : null, peakMiB, items: itemsOf({ ok, seconds, peakMiB, output }) };
        rows.push(row);
        options.onRow?.(row);
      };
      add('cp -r + sha256sum', copied);
      add('pack', await worker('pack', full, pack));
      add('merge', await worker('merge', empty, pack));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  return rows;
}
