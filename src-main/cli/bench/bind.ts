import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCorpus, manyPages, MIXED_1400, type CorpusShape } from './bind-corpus.ts';
import { measureProcess, type MeasuredRun } from './measured-process.ts';

export interface BindBenchOptions {
  /** A TrueType font with Chinese characters for stamps and index. */
  readonly font: string;
  /** Where the corpus and the results go (2–4 GB); default a folder under the system's temporary one. A RAM disk gives steadier ratios. */
  readonly directory?: string;
  /** 1,400 mixed files, or that many pages in files of a hundred. Default: mixed, 3,000, 10,000 and 30,000 pages. */
  readonly corpora?: readonly ('mixed' | `${number}`)[];
  /** Leave the slow tools out (`pdf-lib` and `mutool` hold everything in memory). Default: all that are installed run on `mixed`. */
  readonly tools?: readonly BenchTool[];
  readonly onRow?: (row: BindBenchRow) => void;
  /** Folder of the measured programs; beside this file when it runs from sources. */
  readonly workers?: string;
}

export type BenchTool = 'cat' | 'chuangdang' | 'qpdf' | 'qpdf-best' | 'mutool' | 'pdf-lib';

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

const QPDF_BEST = ['--keep-files-open=y', '--remove-unreferenced-resources=no', '--stream-data=preserve'];

/**
 * Binds corpora of 1,400 mixed files (about 0.75 GB), 3,000, 10,000 and 30,000 pages with this project and with what a user would run
 * instead. The others only merge; this one also numbers every page, writes an index with links and an outline. Tools that are not
 * installed are reported as not ok.
 */
export async function runBindBench(options: BindBenchOptions): Promise<readonly BindBenchRow[]> {
  const directory = options.directory ?? join(tmpdir(), 'chuangdang-bench');
  mkdirSync(directory, { recursive: true });
  const rows: BindBenchRow[] = [];
  for (const corpus of options.corpora ?? (['mixed', '3000', '10000', '30000'] as const)) {
    const shape: CorpusShape = corpus === 'mixed' ? MIXED_1400 : manyPages(Number(corpus));
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
  const tools = options.tools ?? (corpus === 'mixed' ? ['cat', 'chuangdang', 'qpdf-best', 'qpdf', 'mutool', 'pdf-lib'] : ['cat', 'chuangdang']);
  const rows: BindBenchRow[] = [];
  let cat: number | null = null;
  let qpdf: number | null = null;
  // One untimed pass, so that no tool pays for the others' cold files.
  await measureProcess('cat', files, '/dev/null');
  for (const tool of tools) {
    const out = join(scratch, `${tool}.pdf`);
    const { run, how } = await runTool(tool, files, list, out, options);
    rmSync(out, { force: true });
    if (tool === 'cat') cat = run.seconds;
    if (tool === 'qpdf') qpdf = run.seconds;
    rows.push({ corpus, tool, how, ok: run.ok, seconds: run.seconds, timesCat: null, timesQpdf: null, peakMiB: run.peakMiB, megabytes: bytes / 1e6 });
  }
  return rows.map((row) => {
    const whole = { ...row, timesCat: cat === null ? null : row.seconds / cat, timesQpdf: qpdf === null ? null : row.seconds / qpdf };
    options.onRow?.(whole);
    return whole;
  });
}

async function runTool(tool: BenchTool, files: readonly string[], list: string, out: string, options: BindBenchOptions): Promise<{ readonly run: MeasuredRun; readonly how: string }> {
  const worker = (name: string): string => join(options.workers ?? import.meta.dirname, name);
  switch (tool) {
    case 'cat':
      return { how: 'cat FILES > OUT', run: await measureProcess('/bin/sh', ['-c', `tr '\\n' '\\0' < "$1" | xargs -0 cat > "$2"`, 'sh', list, out]) };
    case 'chuangdang':
      return { how: 'bind FILES --toc --stamp', run: await measureProcess(process.execPath, ['--max-semi-space-size=8', worker('bind-worker.ts'), list, out, options.font]) };
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
