import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { addEvidence, createArchive, getEvidence, listBackups, listEvidence, listTrash, listValues, openArchive, putObject, restoreBackup, transact, verifyArchive } from '../../src-main/archive/index.ts';
import type { ArchiveSurroundings, WritableArchive } from '../../src-main/archive/index.ts';
import { evidenceId } from '../../src-main/domain/ids.ts';
import { faultCatalog, heavyMigrations } from './fault-catalog.ts';
import { checkExports, checkMerge, layOutArchive, measureWork } from './service-work.ts';

export type FaultWork = 'mixed' | 'migrate' | 'create' | 'restore' | 'export' | 'merge';
export const faultWorks: readonly FaultWork[] = ['mixed', 'migrate', 'create', 'restore', 'export', 'merge'];

export interface CrashResult {
  readonly work: FaultWork;
  /** Milliseconds from "ready" to the kill. */
  readonly delay: number;
  /** Things that were acknowledged before the kill. */
  readonly acknowledged: number;
  /** The process had ended by itself when the kill came. */
  readonly finished: boolean;
  /** What is wrong afterwards; nothing is right. */
  readonly faults: readonly string[];
}

const openAgain = async (folder: string, surroundings: ArchiveSurroundings): Promise<WritableArchive> => {
  const opened = await openArchive(folder, surroundings);
  if (!opened.ok) throw new Error(`does not open after the kill: ${JSON.stringify(opened.error)}`);
  if (opened.value.readOnly) throw new Error('opens read-only after the kill');
  return opened.value;
};

/** An archive with a few items and one backup to work on. */
const prepareArchive = async (folder: string, scratch: string): Promise<void> => {
  const made = await createArchive(folder, { title: '故障试验', catalog: faultCatalog });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const archive = made.value;
  for (let no = 0; no < 5; no += 1) {
    const source = join(scratch, `early-${no}`);
    writeFileSync(source, `early ${no}`);
    const stored = await putObject(archive, source);
    if (!stored.ok) throw new Error(JSON.stringify(stored.error));
    const { sha256, bytes } = stored.value;
    transact(archive.db, 'early', (tx) => addEvidence(tx, { sha256, bytes, fileName: `early-${no}`, fileKind: 'txt', pages: 1, title: `早${no}` }));
    if (no === 3) await archive.backup('asked');
  }
  archive.close();
};

/** What the ledger promises must be there. */
const checkPromises = (archive: WritableArchive, lines: readonly string[], backups: ReadonlySet<string>): string[] => {
  const faults: string[] = [];
  const doomed = new Set<string>();
  const trashed = new Set(listTrash(archive.db).map((item) => item.id));
  const values = new Set(listValues(archive.db).map((value) => value.year));
  for (const [verb, id] of lines.map((line) => line.split(' '))) if (verb === 'emptying' && id !== undefined) doomed.add(id);
  for (const line of lines.filter((one) => !one.startsWith('export ') && one !== 'merged')) {
    const [verb, what = '', more = ''] = line.split(' ');
    const item = verb === 'backup' ? null : getEvidence(archive.db, evidenceId(what));
    if (verb === 'import' && !doomed.has(what) && item?.sha256 !== more) faults.push(`acknowledged item is missing: ${line}`);
    if (verb === 'link' && (!values.has(Number(more)) || archive.db.get('SELECT 1 FROM links WHERE evidence_id = ? AND year = ?', what, Number(more)) === undefined)) {
      faults.push(`acknowledged link or value is missing: ${line}`);
    }
    if (verb === 'trash' && !doomed.has(what) && !trashed.has(evidenceId(what))) faults.push(`acknowledged item is not in 回收站: ${line}`);
    if (verb === 'emptied' && item !== null) faults.push(`emptied item is back: ${line}`);
  }
  const promised = lines.filter((line) => line.startsWith('backup ')).map((line) => line.slice('backup '.length));
  // Older ones are pruned; the nine newest acknowledged ones must be there whatever the last, unacknowledged one did.
  for (const name of promised.slice(-9)) if (!backups.has(name)) faults.push(`acknowledged backup is missing: ${name}`);
  return faults;
};

const checkAfter = async (work: FaultWork, folder: string, lines: readonly string[]): Promise<string[]> => {
  if (work === 'create') {
    const found = await openArchive(folder);
    if (!found.ok) {
      if (lines.includes('created')) return [`acknowledged archive does not open: ${JSON.stringify(found.error)}`];
      if (found.error.code !== 'archive-not-an-archive' && found.error.code !== 'archive-not-found') return [`half an archive says ${found.error.code}`];
      const again = await createArchive(folder, { title: '再来', catalog: faultCatalog });
      if (!again.ok) return [`cannot be made again: ${JSON.stringify(again.error)}`];
      again.value.close();
    } else found.value.close();
  }
  const archive = await openAgain(folder, work === 'migrate' ? { migrations: heavyMigrations } : {});
  try {
    const faults: string[] = [];
    const report = await verifyArchive(archive);
    for (const problem of report.problems) if (problem.harmful || problem.kind === 'file-leftover') faults.push(`verify: ${problem.kind} ${problem.path} ${problem.message}`);
    const backups = await listBackups(archive);
    if (work === 'migrate') {
      if (listEvidence(archive.db).length !== 5) faults.push('items were lost in a migration');
      if (archive.db.get('SELECT count(*) AS n FROM heavy_9030')?.['n'] !== 20_000) faults.push('a migration was done in part');
      if (!backups.some((one) => one.reason === 'migration')) faults.push('no backup of the version before');
    }
    if (work === 'restore' && ![4, 5].includes(listEvidence(archive.db).length)) faults.push('neither the state before nor the one after a restore');
    return [...faults, ...checkPromises(archive, lines, new Set(backups.map((one) => one.name)))];
  } finally {
    archive.close();
  }
};

/** Every backup that has a name must be whole: the newest is put back and verified. */
const checkBackups = async (folder: string): Promise<string[]> => {
  const archive = await openAgain(folder, {});
  const newest = (await listBackups(archive)).find((one) => one.reason === 'asked');
  if (newest === undefined) {
    archive.close();
    return [];
  }
  const restored = await restoreBackup(archive, newest.name);
  if (!restored.ok) return [`backup cannot be restored: ${JSON.stringify(restored.error)}`];
  const { problems } = await verifyArchive(restored.value);
  restored.value.close();
  // An item whose 回收站 was emptied after the backup has lost its bytes on purpose.
  return problems.filter((problem) => problem.harmful && problem.kind !== 'object-missing').map((problem) => `after restoring: ${problem.kind} ${problem.message}`);
};

/** Starts the work in a process of its own, kills it `delay` milliseconds after it is ready, and looks at what is left. */
export const crashOnce = async (work: FaultWork, delay: number): Promise<CrashResult> => {
  const place = mkdtempSync(join(tmpdir(), 'chuangdang-fault-'));
  try {
    const [folder, ledger, scratch] = [join(place, '试验.cdarchive'), join(place, 'ledger'), join(place, 'scratch')];
    mkdirSync(scratch);
    appendFileSync(ledger, '');
    if (work === 'export' || work === 'merge') await layOutArchive(folder, scratch);
    else if (work !== 'create') await prepareArchive(folder, scratch);
    const child = fork(join(import.meta.dirname, 'worker.ts'), [work, folder, ledger, scratch], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let complaint = '';
    child.stderr?.on('data', (piece: Buffer) => (complaint += piece.toString()));
    const ended = once(child, 'exit');
    while (!readFileSync(ledger, 'utf8').startsWith('ready') && child.exitCode === null) await wait(5);
    await wait(delay);
    const finished = child.exitCode !== null;
    child.kill('SIGKILL');
    await ended;
    const lines = readFileSync(ledger, 'utf8').split('\n').filter((line) => line !== '');
    const faults = await checkAfter(work, folder, lines);
    if (work === 'export') faults.push(...(await checkExports(folder, lines)));
    if (work === 'merge') faults.push(...(await checkMerge(folder, scratch, lines)));
    if (finished && child.exitCode !== 0) faults.push(`worker failed by itself: ${complaint}`);
    if (work === 'mixed' && faults.length === 0) faults.push(...(await checkBackups(folder)));
    return { work, delay, acknowledged: lines.length - 1, finished, faults };
  } catch (error) {
    return { work, delay, acknowledged: 0, finished: false, faults: [error instanceof Error ? error.message : String(error)] };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};

const usualDelay = { mixed: 900, migrate: 350, create: 60, restore: 300 } as const;
const measured = new Map<FaultWork, number>();

/** Longest delay that still falls into a work, milliseconds. */
export const longestDelay = async (work: FaultWork): Promise<number> => {
  if (work !== 'export' && work !== 'merge') return usualDelay[work];
  const known = measured.get(work) ?? (await measureWork(work));
  measured.set(work, known);
  // Into the second export; a merge is done once.
  return known * (work === 'export' ? 1.8 : 1.05);
};
