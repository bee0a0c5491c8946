import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeCorpus, MIXED_1400, type CorpusShape } from './bind-corpus.ts';
import { measureProcess, type MeasuredRun } from './measured-process.ts';

export interface ImportBenchOptions {
  readonly font: string;
  /** Where the files and the archive go (2 GB); default a folder under the system's temporary one. */
  readonly directory?: string;
  /** Default 1,400 mixed files, 0.8 GB. */
  readonly shape?: CorpusShape;
  /** Folder of the measured programs. */
  readonly workers: string;
  readonly onRow?: (row: ImportBenchRow) => void;
}

export interface ImportBenchRow {
  readonly tool: 'sha256sum + cp' | 'the same, synced' | 'chuangdang';
  readonly how: string;
  readonly ok: boolean;
  /** The better of the runs: on a shared disk the others measure the neighbours. */
  readonly seconds: number;
  /** Time divided by that of `sha256sum` and `cp` of the same files in the same run. */
  readonly timesCopy: number | null;
  readonly peakMiB: number | null;
  readonly megabytes: number;
}

const runs = 3;

/**
 * Takes files into a new archive, and does with `sha256sum` and `cp` what a careful clerk would do instead. The archive's objects are on the
 * disk when it answers, the copies of `cp` are not: the second row adds that (`sync -f`). Text is read after the import and not counted.
 */
export async function runImportBench(options: ImportBenchOptions): Promise<readonly ImportBenchRow[]> {
  const directory = options.directory ?? join(tmpdir(), 'chuangdang-bench');
  mkdirSync(directory, { recursive: true });
  const files = makeCorpus(directory, options.shape ?? MIXED_1400, options.font);
  const scratch = mkdtempSync(join(directory, 'import-'));
  const list = join(scratch, 'list.txt');
  writeFileSync(list, files.join('\n'));
  const megabytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
  const resources = dirname(dirname(options.font));
  const copyFiles = 'tr "\\n" "\\0" < "$1" > "$1.0" && mkdir "$2" && xargs -0 sha256sum < "$1.0" > "$2.sums" && xargs -0 cp -t "$2" < "$1.0"';
  const tools: readonly { readonly tool: ImportBenchRow['tool']; readonly how: string; readonly run: (out: string) => Promise<MeasuredRun> }[] = [
    { tool: 'sha256sum + cp', how: 'sha256sum FILES > SUMS; cp -t OUT FILES', run: (out) => measureProcess('/bin/sh', ['-c', copyFiles, 'sh', list, out]) },
    { tool: 'the same, synced', how: 'sha256sum FILES > SUMS; cp -t OUT FILES; sync -f OUT', run: (out) => measureProcess('/bin/sh', ['-c', `${copyFiles} && sync -f "$2"`, 'sh', list, out]) },
    { tool: 'chuangdang', how: 'import FILES (copied, hashed, pages counted, on the disk, entered)', run: (out) => measureProcess(process.execPath, [join(options.workers, 'import-worker.ts'), list, `${out}.cdarchive`, resources]) },
  ];
  try {
    // One untimed pass, so that no tool pays for the others' cold files.
    await measureProcess('cat', files, '/dev/null');
    const best = new Map<string, MeasuredRun>();
    for (let run = 0; run < runs; run += 1) {
      for (const { tool, run: measure } of tools) {
        const out = join(scratch, 'out');
        // What the run before left unwritten must not be written at this one's cost.
        await measureProcess('sync', ['-f', scratch]);
        const measured = withInnerTime(await measure(out));
        const known = best.get(tool);
        if (known === undefined || !known.ok || (measured.ok && measured.seconds < known.seconds)) best.set(tool, measured);
        for (const tail of ['', '.sums', '.cdarchive']) rmSync(out + tail, { recursive: true, force: true });
      }
    }
    const copy = best.get('sha256sum + cp');
    return tools.flatMap(({ tool, how }) => {
      const run = best.get(tool);
      if (run === undefined) return [];
      const row: ImportBenchRow = { tool, how, ok: run.ok, seconds: run.seconds, timesCopy: copy?.ok === true ? run.seconds / copy.seconds : null, peakMiB: run.peakMiB, megabytes };
      options.onRow?.(row);
      return [row];
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The time that the worker measured itself: a program that is open does not start for each import. */
function withInnerTime(run: MeasuredRun): MeasuredRun {
  const seconds = Number(/"seconds":([\d.]+)/u.exec(run.output)?.[1] ?? Number.NaN);
  return Number.isFinite(seconds) ? { ...run, seconds } : run;
}
