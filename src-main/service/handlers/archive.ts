import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import {
  countIndicators, createArchive, databaseProblems, listBackups, openArchive, readApplication, readCatalog, removeOrphans, repairArchive, repairableProblems, restoreDamaged, transact, verifyArchive,
} from '../../archive/index.ts';
import type { Archive, BackupInfo, VerifyReport, WritableArchive } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { ArchiveInfo, CallArguments, CallOutput, Envelope } from '../../contract/index.ts';
import { readCatalog as readCatalogFile } from '../../domain/catalog-file.ts';
import type { Catalog } from '../../domain/catalog.ts';
import { readBlocksAsPlan } from '../../intake/plan-reader/blocks-as-plan.ts';
import { explainArchiveTrouble } from '../archive-trouble.ts';
import { markFoundSheets } from '../binding/found-sheets.ts';
import type { HandlersOf } from '../handler.ts';
import { markIntegrity } from '../mark-integrity.ts';
import { writePlanQuestions } from '../plan-questions.ts';
import type { Session } from '../session.ts';

/** The largest catalog or plan file that is read; a plan of a district has well under 1 MB. */
const LARGEST_PLAN = 50_000_000;

interface Origin {
  readonly catalog: Catalog;
  readonly questions: readonly { readonly where: string; readonly sentence: string; readonly asks: string }[];
}

async function readJsonCatalog(path: string, name: string): Promise<Envelope<Catalog>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return fail('file-not-found', name);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return fail('catalog-wrong', name, `不是有效的JSON(${error instanceof Error ? error.message : ''})`);
  }
  const read = readCatalogFile(json);
  if (read.ok) return succeed(read.value);
  const [first] = read.error;
  return fail('catalog-wrong', name, read.error.length > 1 ? `${first?.path ?? ''} ${first?.message ?? ''}(共${read.error.length}处)` : `${first?.path ?? ''} ${first?.message ?? ''}`);
}

const catalogFolder = (session: Session): string => join(session.resources, 'catalogs');

async function readOrigin(from: CallArguments<'archive.create'>['from'], session: Session): Promise<Envelope<Origin>> {
  switch (from.kind) {
    case 'builtin': {
      const known = await readdir(catalogFolder(session));
      if (!known.includes(`${from.id}.json`)) return fail('catalog-wrong', from.id, `没有这个内置目录；有：${known.map((name) => basename(name, '.json')).join('、')}`);
      const read = await readJsonCatalog(join(catalogFolder(session), `${from.id}.json`), from.id);
      return read.ok ? succeed({ catalog: read.value, questions: [] }) : read;
    }
    case 'catalog-file': {
      const read = await readJsonCatalog(from.path, basename(from.path));
      return read.ok ? succeed({ catalog: read.value, questions: [] }) : read;
    }
    case 'plan': {
      const name = basename(from.path);
      const found = await stat(from.path).catch(() => null);
      if (found === null) return fail('file-not-found', name);
      if (found.size === 0) return fail('file-empty', name);
      if (found.size > LARGEST_PLAN) return fail('file-too-large', name, '方案文件超过50MB');
      const blocks = await session.workers.readPlanBlocks(from.path);
      const plan = blocks.ok ? readBlocksAsPlan(blocks.value, name) : blocks;
      return plan.ok ? succeed({ catalog: plan.value.catalog, questions: plan.value.questions }) : fail('plan-unreadable', name, plan.error.message);
    }
    default:
      return from satisfies never;
  }
}

const countCatalogIndicators = (catalog: Catalog): number => catalog.groups.reduce((sum, group) => sum + group.indicators.length, 0);

function describeArchive(archive: Archive): ArchiveInfo {
  const catalog = readCatalog(archive.db);
  const holder = archive.readOnly ? archive.heldBy : null;
  return {
    folder: archive.folder,
    title: readApplication(archive.db).title,
    region: catalog.region,
    readOnly: archive.readOnly,
    heldBy: holder === null ? '' : [holder.user, holder.host].filter((part) => part !== '').join('@'),
  };
}

/** Makes an archive that was just opened the session's own. */
export async function adoptArchive(session: Session, archive: Archive): Promise<ArchiveInfo> {
  const info = describeArchive(archive);
  await session.adopt(archive, info);
  return info;
}

/** Makes an archive from a catalog and opens it. */
export async function makeArchive(session: Session, folder: string, catalog: Catalog, questions: Origin['questions'] = []): Promise<Envelope<ArchiveInfo>> {
  const created = await createArchive(folder, { title: catalog.title, catalog });
  if (created.ok && questions.length > 0) transact(created.value.db, session.actor, (tx) => writePlanQuestions(tx, questions.map((question) => ({ ...question, settled: null }))));
  return created.ok ? succeed(await adoptArchive(session, created.value)) : { ok: false, error: explainArchiveTrouble(created.error, folder) };
}

/** The catalog that ships with the program under that name. */
export async function readBuiltInCatalog(session: Session, id: string): Promise<Envelope<Catalog>> {
  const origin = await readOrigin({ kind: 'builtin', id }, session);
  return origin.ok ? succeed(origin.value.catalog) : origin;
}

const describeBackups = (backups: readonly BackupInfo[]) => backups.map(({ name, at, bytes, reason }) => ({ name, at, bytes, reason }));

const describeReport = ({ ok, objects, problems }: VerifyReport) => ({
  ok,
  objects,
  problems: problems.map(({ kind, path, message }) => ({ kind, path, message, mends: repairableProblems.has(kind) ? ('copy' as const) : databaseProblems.has(kind) ? ('backup' as const) : ('' as const) })),
});

/** Enters what a verification saw of originals and bound volumes, so that the check speaks of it. */
async function registerReport(archive: WritableArchive, session: Session, report: VerifyReport): Promise<void> {
  const marked = markIntegrity(archive, report, session.actor) > 0;
  const found = await markFoundSheets(archive, session.workers, report, session.actor);
  if (marked || found) session.emit({ kind: 'archive-changed' });
}

export const archiveHandlers: HandlersOf<
  'archive.foresee' | 'archive.create' | 'archive.open' | 'archive.close' | 'archive.current' | 'archive.present' | 'archive.verify' | 'archive.repair' | 'archive.removeOrphans' | 'archive.backups'
  | 'archive.backupsOf' | 'archive.backup' | 'archive.restore' | 'archive.restoreDamaged' | 'catalog.builtin' | 'jobs.cancel'
> = {
  'archive.foresee': async ({ from }, session) => {
    const origin = await readOrigin(from, session);
    if (!origin.ok) return origin;
    const { catalog, questions } = origin.value;
    return succeed({ title: catalog.title, region: catalog.region, indicators: countCatalogIndicators(catalog), questions: questions.length });
  },

  'archive.create': async ({ folder, from }, session) => {
    const origin = await readOrigin(from, session);
    if (!origin.ok) return origin;
    const made = await makeArchive(session, folder, origin.value.catalog, origin.value.questions);
    if (!made.ok) return made;
    return session.read(({ db }) => succeed({ archive: made.value, indicators: countIndicators(db), questions: origin.value.questions }));
  },

  'archive.open': async ({ folder, readOnly }, session) => {
    // Opened once more by the one that holds it: its own lock would make it read-only.
    if (session.info !== null && resolve(folder) === resolve(session.info.folder) && session.info.readOnly === readOnly) return succeed(session.info);
    const opened = await openArchive(folder, { readOnly, allowReadOnlyFallback: true });
    return opened.ok ? succeed(await adoptArchive(session, opened.value)) : { ok: false, error: explainArchiveTrouble(opened.error, folder) };
  },

  'archive.close': async (_input, session) => {
    await session.closeArchive();
    return succeed({});
  },

  'archive.present': async (_input, session) => {
    const folder = session.info?.folder;
    if (folder === undefined) return succeed({ present: true });
    return succeed({ present: await stat(join(folder, 'archive.sqlite')).then((found) => found.isFile(), () => false) });
  },

  'archive.current': (_input, session) => succeed(session.info),

  'archive.verify': (_input, session, job) =>
    session.read(async (archive) => {
      const report = await verifyArchive(archive, {
        signal: job.signal,
        onProgress: (done, total) => job.progress(total === 0 ? 1 : done / total, '核验文件'),
      });
      if (!archive.readOnly) await registerReport(archive, session, report);
      return succeed(describeReport(report));
    }),

  'archive.repair': ({ from }, session, job) =>
    session.write(async (archive) => {
      if (session.jobs.active > 1) return fail('busy');
      for (const place of from) {
        if (!(await stat(place).then(() => true, () => false))) return fail('file-not-found', basename(place));
        if (resolve(place) === resolve(archive.folder)) return fail('wrong-input', basename(place), '这就是正在使用的档案库。请选择另存在别处的副本');
      }
      const { repaired, left } = await repairArchive(archive, from, { signal: job.signal, onProgress: (done, total) => job.progress(total === 0 ? 1 : done / total, '核验并修复文件') });
      await registerReport(archive, session, left);
      return succeed({ repaired, left: describeReport(left) });
    }),

  'archive.removeOrphans': (_input, session, job) =>
    session.write(async (archive) => {
      // A file that is being taken in has its bytes before it has its row.
      if (session.jobs.active > 1) return fail('busy');
      const report = await verifyArchive(archive, { signal: job.signal, onProgress: (done, total) => job.progress(total === 0 ? 1 : done / total, '核验文件') });
      return succeed({ removed: await removeOrphans(archive, report) });
    }),

  'archive.backups': (_input, session) =>
    session.read(async (archive) => succeed(describeBackups(await listBackups(archive)))),

  'archive.backupsOf': async ({ folder }) => succeed(describeBackups(await listBackups({ folder: resolve(folder) }))),

  'archive.backup': (_input, session) =>
    session.write(async (archive) => {
      const made = await archive.backup('asked');
      if (!made.ok) return { ok: false, error: explainArchiveTrouble(made.error) };
      return succeed({ name: made.value?.name ?? (await listBackups(archive))[0]?.name ?? '', made: made.value !== null });
    }),

  'archive.restore': ({ name }, session) =>
    session.write(async (archive) => {
      const restored = await archive.restore(name);
      return restored.ok ? succeed(await adoptArchive(session, restored.value)) : { ok: false, error: explainArchiveTrouble(restored.error) };
    }),

  'archive.restoreDamaged': async ({ folder, name }, session) => {
    if (session.info !== null && resolve(folder) === resolve(session.info.folder)) await session.closeArchive();
    const restored = await restoreDamaged(folder, name);
    return restored.ok ? succeed(await adoptArchive(session, restored.value)) : { ok: false, error: explainArchiveTrouble(restored.error) };
  },

  'catalog.builtin': async (_input, session) => {
    const ids = (await readdir(catalogFolder(session))).filter((name) => name.endsWith('.json')).map((name) => basename(name, '.json')).sort();
    const found: CallOutput<'catalog.builtin'>[number][] = [];
    for (const id of ids) {
      const read = await readBuiltInCatalog(session, id);
      if (!read.ok) return read;
      const { title, region, documentNumber } = read.value;
      found.push({ id, title, region, documentNumber, indicators: countCatalogIndicators(read.value) });
    }
    return succeed(found);
  },

  'jobs.cancel': ({ jobId }, session) => succeed({ cancelled: session.jobs.cancel(jobId) }),
};
