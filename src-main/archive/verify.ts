import { lstat, readFile, readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ReadableDb } from './database.ts';
import { PARTIAL_PREFIX, backupsFolder, derivedFolder, exportFolder, exportName, exportsFolder, objectsFolder } from './layout.ts';
import { hashFile, isInFlight } from './objects.ts';
import { findBrokenEvent } from './queries/events.ts';
import { isExportManifest, listExports } from './queries/exports.ts';
import type { SubjectKind } from './recorded-tables.ts';
import { readRecallable } from './recallable.ts';
import { findStrayRows } from './replay.ts';
import { number, text } from './rows.ts';
import { codeOf, wordsOf } from './trouble.ts';

export type ProblemKind =
  | 'database-damaged'
  | 'reference-dangling'
  | 'events-broken'
  | 'row-changed'
  | 'object-missing'
  | 'object-changed'
  | 'object-not-a-file'
  | 'object-misnamed'
  | 'export-missing'
  | 'export-changed'
  | 'export-manifest'
  // What follows harms nothing.
  | 'text-index-damaged'
  | 'object-orphan'
  | 'file-leftover'
  | 'export-unknown';

export interface Problem {
  readonly kind: ProblemKind;
  /** Relative to the archive folder. */
  readonly path: string;
  /** What is wrong and what to do, for the clerk. */
  readonly message: string;
  /** False where nothing that was filed is affected. */
  readonly harmful: boolean;
}

export interface VerifyReport {
  /** No harmful problem was found. */
  readonly ok: boolean;
  /** Objects that were hashed. */
  readonly objects: number;
  readonly problems: readonly Problem[];
}

export interface VerifyOptions {
  readonly signal?: AbortSignal;
  /** Bytes hashed so far, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

type Report = (kind: ProblemKind, path: string, message: string) => void;

const harmless = new Set<ProblemKind>(['text-index-damaged', 'object-orphan', 'file-leftover', 'export-unknown']);

const subjectNames: Readonly<Record<SubjectKind, string>> = {
  application: '档案库信息', catalog: '指标目录', group: '指标分组', indicator: '指标', unit: '单位', 'unit-task': '任务分工', evidence: '佐证材料', revision: '材料的旧文件',
  'proof-mark': '印证标识', link: '材料与指标的关联', value: '指标数值', report: '达标情况说明', declaration: '声明', certificate: '证明', 'sign-off': '单位签认', ruling: '人工判定', waiver: '豁免',
  'review-round': '审核轮次', 'review-finding': '审核问题', export: '装订记录', 'paper-file': '文书的替换件或模板', setting: '设置',
  'pack-out': '发出的任务包', 'pack-in': '收到的任务包', conflict: '待裁定的冲突', 'field-history': '合并的来历',
};

const verifyDatabase = async (db: ReadableDb, report: Report): Promise<void> => {
  const file = 'archive.sqlite';
  try {
    for (const row of db.all('PRAGMA main.integrity_check(20)')) {
      const verdict = text(row, 'integrity_check');
      if (verdict !== 'ok') report('database-damaged', file, `数据库损坏：${verdict}。请用“恢复备份”回到最近一份完好的备份。`);
    }
    const dangling = db.all('PRAGMA main.foreign_key_check').map((row) => text(row, 'table'));
    for (const table of new Set(dangling)) {
      const count = dangling.filter((one) => one === table).length;
      report('reference-dangling', file, `数据库中 ${table} 有 ${count} 条记录指向不存在的材料。请用“恢复备份”回到较早的备份。`);
    }
    const broken = await findBrokenEvent(db);
    if (broken !== null) report('events-broken', file, `操作日志从第 ${broken} 条起与前文不衔接，可能被改动过。请与最近的备份核对。`);
    for (const { kind, key } of await findStrayRows(db, 20)) {
      report('row-changed', file, `${subjectNames[kind]}（${key.join('，')}）与操作日志所记不同，可能因磁盘出错或被其他软件改动。请核对该条内容，或用“恢复备份”。`);
    }
  } catch (error) {
    report('database-damaged', file, `数据库无法完整读出（${wordsOf(error)}）。请用“恢复备份”回到最近一份完好的备份。`);
  }
  try {
    const verdict = db.get('PRAGMA texts.integrity_check(1)');
    if (verdict !== undefined && text(verdict, 'integrity_check') !== 'ok') throw new Error(text(verdict, 'integrity_check'));
  } catch (error) {
    report('text-index-damaged', 'derived/text.sqlite', `全文索引损坏（${wordsOf(error)}）。删除该文件后重新打开，系统会重新读取各文件的文字，材料不受影响。`);
  }
};

interface Wanted {
  readonly title: string;
  readonly bytes: number;
}

/** Every object that items, their earlier files and undecided conflicts need. */
export const readWanted = (db: ReadableDb): Map<string, Wanted> => {
  const wanted = new Map<string, Wanted>();
  try {
    const held = "SELECT sha256, '待裁定的文件' AS file_name, 0 AS bytes FROM conflicts WHERE sha256 <> ''";
    const papers = "SELECT sha256, file_name, bytes FROM paper_files UNION ALL SELECT bound_sha256, file_name, bound_bytes FROM paper_files WHERE bound_sha256 <> ''";
    for (const row of db.each(`${held} UNION ALL ${papers} UNION ALL SELECT sha256, file_name, bytes FROM revisions UNION ALL SELECT sha256, file_name, bytes FROM evidence`)) {
      wanted.set(text(row, 'sha256'), { title: text(row, 'file_name'), bytes: number(row, 'bytes') });
    }
  } catch {
    // Reported as a damaged database already; what could be read is still compared.
  }
  return wanted;
};

/** As `readRecallable`; none where the database cannot be read, which is reported already. */
const recallableOf = (db: ReadableDb): ReadonlySet<string> => {
  try {
    return readRecallable(db);
  } catch {
    return new Set();
  }
};

/**
 * Looks whether everything is as it was filed: the database (structure, references, the chain of events, every row against it), every object's hash,
 * every export against its manifest, and what lies about. Changes nothing. Rejects with the signal's reason when aborted.
 */
export const verifyArchive = async (archive: { readonly folder: string; readonly db: ReadableDb }, options: VerifyOptions = {}): Promise<VerifyReport> => {
  const { folder, db } = archive;
  const problems: Problem[] = [];
  const report: Report = (kind, path, message) => {
    problems.push({ kind, path, message, harmful: !harmless.has(kind) });
  };
  await verifyDatabase(db, report);
  const objects = await verifyObjects(folder, readWanted(db), recallableOf(db), options, report);
  await verifyExports(folder, db, options, report);
  await findLeftovers(folder, report);
  return { ok: problems.every((problem) => !problem.harmful), objects, problems };
};

const verifyObjects = async (folder: string, wanted: ReadonlyMap<string, Wanted>, recallable: ReadonlySet<string>, options: VerifyOptions, report: Report): Promise<number> => {
  const total = [...wanted.values()].reduce((sum, one) => sum + one.bytes, 0);
  const seen = new Set<string>();
  let done = 0;
  let objects = 0;
  for (const shelf of await readdir(objectsFolder(folder), { withFileTypes: true })) {
    if (shelf.name.startsWith(PARTIAL_PREFIX)) continue;
    const shelfPath = join(objectsFolder(folder), shelf.name);
    if (!shelf.isDirectory()) {
      report('object-not-a-file', relative(folder, shelfPath), `${shelf.name} 不是档案库建立的文件夹，请移走。`);
      continue;
    }
    for (const name of (await readdir(shelfPath)).sort()) {
      options.signal?.throwIfAborted();
      const path = join(shelfPath, name);
      const shown = relative(folder, path);
      const known = wanted.get(name);
      const title = known === undefined ? '' : `《${known.title}》`;
      seen.add(name);
      const found = await lstat(path);
      if (!found.isFile()) {
        report('object-not-a-file', shown, `${title}的原件位置上不是文件而是${found.isSymbolicLink() ? '链接' : '其他东西'}。请删除它并重新导入该文件。`);
        continue;
      }
      if (!/^[0-9a-f]{64}$/.test(name) || name.slice(0, 2) !== shelf.name) {
        report('object-misnamed', shown, '文件名不是档案库所起，可能是手工放入的。请移走，需要时用“导入”加入。');
        continue;
      }
      try {
        const hashed = await hashFile(path, { onBytes: (count) => options.onProgress?.((done += count), total), ...(options.signal === undefined ? {} : { signal: options.signal }) });
        objects += 1;
        if (hashed.sha256 !== name) report('object-changed', shown, `${title}的内容与入库时不同（应有 ${known?.bytes ?? '？'} 字节，现有 ${hashed.bytes} 字节）。请重新导入原文件，内容会被修复。`);
        else if (known === undefined && !recallable.has(name)) report('object-orphan', shown, '没有任何材料或文书使用此文件，多为导入中断或撤销所留。确认无用后可清理。');
      } catch (error) {
        options.signal?.throwIfAborted();
        report('object-changed', shown, `${title}读不出来（${codeOf(error) || wordsOf(error)}）。请检查磁盘，并重新导入原文件。`);
      }
    }
  }
  for (const [sha, { title }] of wanted) {
    if (!seen.has(sha)) report('object-missing', join('objects', sha.slice(0, 2), sha), `《${title}》的原件不见了。请重新导入原文件，或从其他备份拷回 objects 文件夹。`);
  }
  return objects;
};

const verifyExports = async (folder: string, db: ReadableDb, options: VerifyOptions, report: Report): Promise<void> => {
  const known = new Set<string>();
  let records: ReturnType<typeof listExports> = [];
  try {
    records = listExports(db);
  } catch (error) {
    report('database-damaged', 'archive.sqlite', `装订记录读不出来（${wordsOf(error)}）。请用“恢复备份”回到最近一份完好的备份。`);
  }
  for (const record of records) {
    const place = exportFolder(folder, record.version);
    known.add(exportName(record.version));
    await verifyManifest(join(place, 'manifest.json'), relative(folder, join(place, 'manifest.json')), JSON.stringify(record.manifest), report);
    for (const file of record.manifest.files) {
      options.signal?.throwIfAborted();
      const shown = relative(folder, join(place, file.path));
      try {
        const hashed = await hashFile(join(place, file.path), options.signal === undefined ? {} : { signal: options.signal });
        if (hashed.sha256 !== file.sha256) report('export-changed', shown, '导出后被改动过，与清单不符。请重新导出。');
      } catch (error) {
        options.signal?.throwIfAborted();
        report('export-missing', shown, `读不到导出的文件（${codeOf(error) || wordsOf(error)}）。请重新导出。`);
      }
    }
  }
  for (const name of await readdir(exportsFolder(folder)).catch(() => [])) {
    if (!known.has(name) && !name.startsWith(PARTIAL_PREFIX)) report('export-unknown', join('exports', name), '不是一次完成的导出，多为导出中断所留。确认无用后可删除。');
  }
};

const verifyManifest = async (path: string, shown: string, expected: string, report: Report): Promise<void> => {
  try {
    const found: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (!isExportManifest(found) || JSON.stringify(found) !== expected) report('export-manifest', shown, '导出清单与数据库所记不同。请重新导出。');
  } catch (error) {
    report('export-manifest', shown, `导出清单读不出来（${codeOf(error) || wordsOf(error)}）。请重新导出。`);
  }
};

const findLeftovers = async (folder: string, report: Report): Promise<void> => {
  for (const place of [objectsFolder(folder), derivedFolder(folder), backupsFolder(folder), exportsFolder(folder)]) {
    for (const name of await readdir(place).catch(() => [])) {
      const path = join(place, name);
      if (name.startsWith(PARTIAL_PREFIX) && !isInFlight(path)) report('file-leftover', relative(folder, path), '写到一半的临时文件，下次以可写方式打开时会自动清除。');
    }
  }
};

/**
 * Removes the orphan objects that a report named; on a person's request only, and not while files are imported. An object that
 * found its item in the meantime stays, and so does what undo or redo may still bring back. Answers how many were removed.
 */
export const removeOrphans = async (archive: { readonly folder: string; readonly db: ReadableDb }, report: VerifyReport): Promise<number> => {
  const wanted = readWanted(archive.db);
  const recallable = readRecallable(archive.db);
  let removed = 0;
  for (const problem of report.problems) {
    const sha = problem.path.slice(-64);
    if (problem.kind !== 'object-orphan' || wanted.has(sha) || recallable.has(sha)) continue;
    await rm(join(archive.folder, problem.path), { force: true });
    removed += 1;
  }
  return removed;
};
