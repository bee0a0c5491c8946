import { cpSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { addEvidence, createArchive, linkEvidence, openArchive, putObject, putPageTexts, transact } from '../../archive/index.ts';
import type { WritableArchive } from '../../archive/index.ts';
import type { Catalog } from '../../domain/catalog.ts';
import { makeCorpus, MIXED_1400 } from './bind-corpus.ts';
import { pagesOfSmallPdf, smallPdf } from './many-items.ts';
import { measureProcess } from './measured-process.ts';

export interface ReExportBenchOptions {
  readonly catalog: Catalog;
  /** A font file: the text documents of the corpus carry a part of it. */
  readonly font: string;
  /** The command line's program as it is shipped. */
  readonly program: string;
  /** `sample`: the sample archive; `mixed`: the 1,400 files of `bench bind` as items of an archive. */
  readonly corpora: readonly ReExportCorpus[];
  /** An archive to measure on copies of, in place of the corpora; it is not touched. */
  readonly archive: string | null;
  /** Takes about four times the evidence; default a folder under the system's temporary one. */
  readonly directory?: string;
  /** Each round exports a fresh copy; the best time of each work counts. */
  readonly rounds: number;
  readonly onRow?: (row: ReExportBenchRow) => void;
}

export type ReExportCorpus = 'sample' | 'mixed';

export interface ReExportBenchRow {
  readonly corpus: string;
  readonly work: 'first' | 'unchanged' | 'late' | 'late-insert';
  readonly ok: boolean;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Time and processor time divided by those of the first export in the same run. */
  readonly timesFirst: number | null;
  readonly cpuTimesFirst: number | null;
  readonly peakMiB: number | null;
}

const PROGRAM_FLAGS = ['--max-semi-space-size=4'];
/** Says at a process's end what it took; nothing else tells a parent that. */
const TELL_USAGE = `data:text/javascript,${encodeURIComponent("process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('\\nCPU '+(u.userCPUTime+u.systemCPUTime)/1e6+'\\n')})")}`;

interface Measured {
  readonly ok: boolean;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number | null;
}

async function runProgram(program: string, ...args: readonly string[]): Promise<Measured> {
  const { ok, seconds, peakMiB, output } = await measureProcess(process.execPath, [...PROGRAM_FLAGS, '--import', TELL_USAGE, program, ...args]);
  const cpuSeconds = Number(/^CPU ([\d.]+)$/mu.exec(output)?.[1] ?? Number.NaN);
  return { ok: ok && Number.isFinite(cpuSeconds), seconds, cpuSeconds, peakMiB };
}

async function openToWrite(folder: string): Promise<WritableArchive> {
  const opened = await openArchive(folder);
  if (!opened.ok || opened.value.readOnly) throw new Error(`${folder} cannot be opened`);
  return opened.value;
}

async function addDocument(archive: WritableArchive, catalog: Catalog, file: string, at: number, pages: number): Promise<void> {
  const stored = await putObject(archive, file);
  if (!stored.ok) throw new Error(JSON.stringify(stored.error));
  const { sha256, bytes } = stored.value;
  const codes = catalog.groups.flatMap((group) => group.indicators.map(({ code }) => code));
  const [code, year] = [codes[at % codes.length], catalog.years[at % catalog.years.length]];
  if (code === undefined || year === undefined) throw new Error('the catalog has no indicators');
  transact(archive.db, 'bench', (tx) => {
    const title = `关于${year}年第${at + 1}项工作情况的报告`;
    const id = addEvidence(tx, { sha256, fileName: basename(file), fileKind: 'pdf', bytes, pages, title, kind: 'official-document', documentNumber: `南政发〔${year}〕${at + 1}号`, issuer: '区政府', date: `${year}-05-06`, retention: '30年', original: 'original', sealed: true, confirmed: true });
    linkEvidence(tx, { evidenceId: id, indicator: code, year, requirement: '', order: at });
  });
  // Read already: nothing is left to do in the background.
  archive.db.atomically(() => putPageTexts(archive.db, sha256, [], { state: 'none', source: 'pdf', note: '' }));
}

/** The corpus's files as official documents, spread over all indicators. */
async function makeMixedArchive(folder: string, { catalog, font }: ReExportBenchOptions, directory: string): Promise<void> {
  const made = await createArchive(folder, { title: catalog.title, catalog });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  try {
    for (const [at, file] of makeCorpus(directory, MIXED_1400, font).entries()) await addDocument(made.value, catalog, file, at, file.endsWith('text.pdf') ? MIXED_1400.pagesPerText : MIXED_1400.pagesPerScan);
  } finally {
    made.value.close();
  }
}

/** A copy without exports whose objects, which nobody writes to, are the same files. */
function copyArchive(from: string, to: string): void {
  const left = new Set(['exports', 'objects', 'backups', 'writer.lock'].map((name) => join(from, name)));
  cpSync(from, to, { recursive: true, filter: (place) => !left.has(place) });
  for (const name of ['exports', 'backups']) mkdirSync(join(to, name));
  for (const entry of readdirSync(join(from, 'objects'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(to, relative(from, source));
    mkdirSync(dirname(target), { recursive: true });
    linkSync(source, target);
  }
}

async function measureCorpus(corpus: string, archive: string, scratch: string, options: ReExportBenchOptions): Promise<readonly ReExportBenchRow[]> {
  const { program, catalog } = options;
  const best = new Map<ReExportBenchRow['work'], Measured>();
  const note = (work: ReExportBenchRow['work'], run: Measured): void => {
    const before = best.get(work) ?? run;
    const peakMiB = Math.max(before.peakMiB ?? 0, run.peakMiB ?? 0);
    best.set(work, { ok: before.ok && run.ok, seconds: Math.min(before.seconds, run.seconds), cpuSeconds: Math.min(before.cpuSeconds, run.cpuSeconds), peakMiB: peakMiB === 0 ? null : peakMiB });
  };
  for (let round = 0; round < options.rounds; round += 1) {
    const [copy, out] = [join(scratch, '测.cdarchive'), join(scratch, 'out')];
    copyArchive(archive, copy);
    const bind = async (work: ReExportBenchRow['work'], ...more: readonly string[]): Promise<void> => note(work, await runProgram(program, 'export', copy, '--out', out, '--draft', ...more));
    const comesLate = async (at: number): Promise<void> => {
      const file = join(scratch, `迟到${at}.pdf`);
      writeFileSync(file, smallPdf(1_000_000 + at));
      const opened = await openToWrite(copy);
      await addDocument(opened, catalog, file, at, pagesOfSmallPdf(1_000_000 + at));
      opened.close();
    };
    await bind('first');
    await bind('unchanged');
    await comesLate(2);
    await bind('late');
    await comesLate(4);
    await bind('late-insert', '--late', 'suffix');
    rmSync(copy, { recursive: true, force: true });
    rmSync(out, { recursive: true, force: true });
  }
  const first = best.get('first');
  return [...best].map(([work, run]) => {
    const row = { corpus, work, ...run, timesFirst: first === undefined ? null : run.seconds / first.seconds, cpuTimesFirst: first === undefined ? null : run.cpuSeconds / first.cpuSeconds };
    options.onRow?.(row);
    return row;
  });
}

/**
 * Exports an archive, exports it again as it is, and once more after each of two late documents: the first numbers its volume anew, the second
 * becomes an insert. Each run is the command line as it is shipped, from the start of its process, copying the dossier to a folder included.
 */
export async function runReExportBench(options: ReExportBenchOptions): Promise<readonly ReExportBenchRow[]> {
  const directory = options.directory ?? join(tmpdir(), 'chuangdang-bench');
  mkdirSync(directory, { recursive: true });
  const rows: ReExportBenchRow[] = [];
  for (const corpus of options.archive === null ? options.corpora : [basename(options.archive)]) {
    const scratch = mkdtempSync(join(directory, 're-export-'));
    try {
      const made = join(scratch, '底.cdarchive');
      if (options.archive !== null) copyArchive(options.archive, made);
      else if (corpus === 'mixed') await makeMixedArchive(made, options, directory);
      else if (!(await runProgram(options.program, 'demo', made)).ok) throw new Error('the sample archive cannot be made');
      rows.push(...(await measureCorpus(corpus, made, scratch, options)));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  return rows;
}
