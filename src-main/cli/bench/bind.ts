import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HUGE, makeCorpus, manyPages, MIXED_1400, type CorpusShape } from './bind-corpus.ts';
import { measureProcess, type MeasuredRun } from './measured-process.ts';

export interface BindBenchOptions {
  /** A font file: the text documents of the corpora carry a part of it. */
  readonly font: string;
  /** The command line's program as it is shipped. */
  readonly program: string;
  /** Where the corpus and the results go (2–4 GB); default a folder under the system's temporary one. A RAM disk gives steadier ratios. */
  readonly directory?: string;
  /** 1,400 mixed files, that many pages in files of a hundred, or more than 4 GiB. Default: mixed, 3,000, 10,000 and 30,000 pages. */
  readonly corpora?: readonly ('mixed' | 'huge' | `${number}`)[];
  /** The tools take turns so many times; each one's best time counts. Default 1. */
  readonly rounds?: number;
  /** Leave the slow tools out (`pdf-lib` and `mutool` hold everything in memory). Default: all that are installed run on `mixed`. */
  readonly tools?: readonly BenchTool[];
  readonly onRow?: (row: BindBenchRow) => void;
  /** Folder of the measured programs; beside this file when it runs from sources. */
  readonly workers?: string;
}

export type BenchTool = 'cat' | 'chuangdang' | 'qpdf-check' | 'qpdf' | 'qpdf-best' | 'mutool' | 'pdf-lib';

export interface BindBenchRow {
  readonly corpus: string;
  readonly tool: BenchTool;
  /** What was run, as a user would type it. */
  readonly how: string;
  readonly ok: boolean;
  readonly seconds: number;
  /** Time divided by that of `cat` over the same bytes in the same run. */
  readonly timesCat: number | null;
  /** Time divided by that of `qpdf` with default flags in the same run. */
  readonly timesQpdf: number | null;
  readonly peakMiB: number | null;
  readonly megabytes: number;
}

/** As `npm run cli` and the service start it. */
const PROGRAM_FLAGS = ['--max-semi-space-size=4'];
const QPDF_BEST = ['--keep-files-open=y', '--remove-unreferenced-resources=no', '--stream-data=preserve'];

/**
 * Binds corpora of 1,400 mixed files (about 0.75 GB), 3,000, 10,000 and 30,000 pages with this project and with what a user would run
 * instead. The others only merge; this one also numbers every page, writes an index with links and an outline; it is measured as it is shipped, from the
 * start of its process. Tools that are not
 * installed are reported as not ok.
 */
export async function runBindBench(options: BindBenchOptions): Promise<readonly BindBenchRow[]> {
  const directory = options.directory ?? join(tmpdir(), 'chuangdang-bench');
  mkdirSync(directory, { recursive: true });
  const rows: BindBenchRow[] = [];
  for (const corpus of options.corpora ?? (['mixed', '3000', '10000', '30000'] as const)) {
    const shape: CorpusShape = corpus === 'mixed' ? MIXED_1400 : corpus === 'huge' ? HUGE : manyPages(Number(corpus));
    const files = makeCorpus(directory, shape, options.font);
    const scratch = mkdtempSync(join(directory, 'run-'));
    try {
      const measured = await runTools(corpus, files, scratch, options);
      rows.push(...measured);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  return rows;
}

async function runTools(corpus: string, files: readonly string[], scratch: string, options: BindBenchOptions): Promise<readonly BindBenchRow[]> {
  const list = join(scratch, 'list.txt');
  writeFileSync(list, files.join('\n'));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const usual: readonly BenchTool[] = corpus === 'mixed' ? ['cat', 'chuangdang', 'qpdf-best', 'qpdf', 'mutool', 'pdf-lib'] : corpus === 'huge' ? ['cat', 'chuangdang', 'qpdf-check'] : ['cat', 'chuangdang'];
  const tools = options.tools ?? usual;
  const best = new Map<BenchTool, BindBenchRow>();
  // One untimed pass, so that no tool pays for the others' cold files.
  await measureProcess('cat', files, '/dev/null');
  for (let round = 0; round < (options.rounds ?? 1); round++) {
    for (const tool of tools) {
      const { run, how } = await runTool(tool, files, list, scratch, options);
      const row: BindBenchRow = { corpus, tool, how, ok: run.ok, seconds: run.seconds, timesCat: null, timesQpdf: null, peakMiB: run.peakMiB, megabytes: bytes / 1e6 };
      const before = best.get(tool);
      const peakMiB = Math.max(before?.peakMiB ?? 0, run.peakMiB ?? 0);
      best.set(tool, { ...(before === undefined || run.seconds < before.seconds ? row : before), ok: run.ok && (before?.ok ?? true), peakMiB: peakMiB === 0 ? null : peakMiB });
    }
  }
  const rows = [...best.values()];
  const cat = best.get('cat')?.seconds ?? null;
  const qpdf = best.get('qpdf')?.seconds ?? null;
  return rows.map((row) => {
    const whole = { ...row, timesCat: cat === null ? null : row.seconds / cat, timesQpdf: qpdf === null ? null : row.seconds / qpdf };
    options.onRow?.(whole);
    return whole;
  });
}

async function runTool(tool: BenchTool, files: readonly string[], list: string, scratch: string, options: BindBenchOptions): Promise<{ readonly run: MeasuredRun; readonly how: string }> {
  const worker = (name: string): string => join(options.workers ?? import.meta.dirname, name);
  const out = join(scratch, 'out.pdf');
  // Every tool writes a new file; only the check reads what the one before wrote.
  if (tool !== 'qpdf-check') rmSync(out, { force: true });
  switch (tool) {
    case 'cat':
      return { how: 'cat FILES > OUT', run: await measureProcess('/bin/sh', ['-c', `tr '\\n' '\\0' < "$1" | xargs -0 cat > "$2"`, 'sh', list, out]) };
    case 'chuangdang':
      return { how: 'bind --toc --stamp --out OUT FILES', run: await measureProcess(process.execPath, [...PROGRAM_FLAGS, options.program, 'bind', '--toc', '--stamp', '--out', out, ...files]) };
    case 'qpdf-check':
      return { how: 'qpdf --check OUT (of bind)', run: await measureProcess('qpdf', ['--check', out]) };
    case 'qpdf':
      return { how: 'qpdf --empty --pages FILES -- OUT', run: await measureProcess('qpdf', ['--empty', '--pages', ...files, '--', out]) };
    case 'qpdf-best':
      return { how: `qpdf ${QPDF_BEST.join(' ')} --empty --pages FILES -- OUT`, run: await measureProcess('qpdf', [...QPDF_BEST, '--empty', '--pages', ...files, '--', out]) };
    case 'mutool':
      return { how: 'mutool merge -o OUT FILES', run: await measureProcess('mutool', ['merge', '-o', out, ...files]) };
    case 'pdf-lib':
      return { how: 'pdf-lib copyPages of FILES', run: await measureProcess(process.execPath, ['--max-old-space-size=8000', worker('pdf-lib-worker.ts'), list, out]) };
    default:
      return tool satisfies never;
  }
}
