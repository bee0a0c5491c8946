import { cpSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { addEvidence, createArchive, linkEvidence, openArchive, putObject, putPageTexts, transact } from '../../archive/index.ts';
import type { WritableArchive } from '../../archive/index.ts';
import type { Catalog } from '../../domain/catalog.ts';
import type { Dispatcher } from '../../service/dispatcher.ts';
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
  /** Runs the exports of a service that stays open, as the window's does. */
  readonly dispatcher: Dispatcher;
  readonly onRow?: (row: ReExportBenchRow) => void;
}

export type ReExportCorpus = 'sample' | 'mixed';

export interface ReExportBenchRow {
  readonly corpus: string;
  /** A command of its own each time, or a service that has been at work for a while. */
  readonly by: 'command' | 'service';
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

type Work = ReExportBenchRow['work'];
type Export = (folder: string, out: string, late: boolean) => Promise<Measured>;

/** In a process of its own, from its start. */
const exportByCommand = (program: string): Export => async (folder, out, late) => runProgram(program, 'export', folder, '--out', out, '--draft', ...(late ? ['--late', 'suffix'] : []));

/** In this process, opening the archive included: what a window's service does when the button is pressed. */
const exportInService = (dispatcher: Dispatcher): Export => async (folder, out, late) => {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const opened = await dispatcher.call('archive.open', { folder, readOnly: false });
  const planned = await dispatcher.call('binding.plan', {});
  if (late && planned.ok) for (const { volume } of planned.value.late) await dispatcher.call('binding.numberLate', { volume, mode: 'suffix' });
  const made = await dispatcher.call('binding.export', { jobId: 'bench', draft: true, out });
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - began) / 1000;
  await dispatcher.call('archive.close', {});
  return { ok: opened.ok && made.ok, seconds, cpuSeconds: (user + system) / 1e6, peakMiB: null };
};

/** Takes away all that an export could take over, but for its record. */
function forgetExports(folder: string): void {
  for (const version of readdirSync(join(folder, 'exports'))) rmSync(join(folder, 'exports', version), { recursive: true, force: true });
  for (const kept of ['papers', 'pictures']) rmSync(join(folder, 'derived', kept), { recursive: true, force: true });
}

async function measureRound(archive: string, scratch: string, catalog: Catalog, run: Export, isWarmed: boolean, note: (work: Work, run: Measured) => void): Promise<void> {
  const [copy, out] = [join(scratch, '测.cdarchive'), join(scratch, 'out')];
  const isLate = new Map<number, string>();
  copyArchive(archive, copy);
  const comesLate = async (at: number): Promise<void> => {
    const file = join(scratch, `迟到${isLate.size}.pdf`);
    isLate.set(at, file);
    writeFileSync(file, smallPdf(1_000_000 + at));
    const opened = await openToWrite(copy);
    await addDocument(opened, catalog, file, at, pagesOfSmallPdf(1_000_000 + at));
    opened.close();
  };
  if (isWarmed) {
    await run(copy, out, false);
    forgetExports(copy);
    rmSync(out, { recursive: true, force: true });
  }
  note('first', await run(copy, out, false));
  note('unchanged', await run(copy, out, false));
  const codes = catalog.groups.flatMap((group) => group.indicators);
  const at = codes.findIndex(({ code }) => code === catalog.groups.at(LATE_GROUP)?.indicators[0]?.code);
  await comesLate(at);
  note('late', await run(copy, out, false));
  await comesLate(at + codes.length);
  note('late-insert', await run(copy, out, true));
  for (const left of [copy, out, ...isLate.values()]) rmSync(left, { recursive: true, force: true });
}

/** The late documents belong to the last group but one: of both archives its volume is the one nearest to the mean, an eighth of all pages. */
const LATE_GROUP = -2;

async function measureCorpus(corpus: string, archive: string, scratch: string, options: ReExportBenchOptions): Promise<readonly ReExportBenchRow[]> {
  const rows: ReExportBenchRow[] = [];
  const best = { command: new Map<Work, Measured>(), service: new Map<Work, Measured>() };
  const noteIn = (known: Map<Work, Measured>) => (work: Work, run: Measured): void => {
    const before = known.get(work) ?? run;
    const peakMiB = Math.max(before.peakMiB ?? 0, run.peakMiB ?? 0);
    known.set(work, { ok: before.ok && run.ok, seconds: Math.min(before.seconds, run.seconds), cpuSeconds: Math.min(before.cpuSeconds, run.cpuSeconds), peakMiB: peakMiB === 0 ? null : peakMiB });
  };
  for (let round = 0; round < options.rounds; round += 1) {
    await measureRound(archive, scratch, options.catalog, exportByCommand(options.program), false, noteIn(best.command));
    await measureRound(archive, scratch, options.catalog, exportInService(options.dispatcher), true, noteIn(best.service));
  }
  for (const by of ['command', 'service'] as const) {
    const first = best[by].get('first');
    for (const [work, run] of best[by]) {
      const row = { corpus, by, work, ...run, timesFirst: first === undefined ? null : run.seconds / first.seconds, cpuTimesFirst: first === undefined ? null : run.cpuSeconds / first.cpuSeconds };
      rows.push(row);
      options.onRow?.(row);
    }
  }
  return rows;
}

/**
 * Exports an archive, exports it again as it is, and once more after each of two late documents: the first numbers its volume anew, the second
 * becomes an insert. Each run copies the dossier to a folder too. Once by the command line as it is shipped, from the start of its process; once
 * by a service that has exported before, as the window's has, its first export with nothing to take over.
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
