import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sha256 as asSha256 } from '../domain/ids.ts';
import type { Sha256 } from '../domain/ids.ts';
import type { ReadableDb } from './database.ts';
import { PARTIAL_PREFIX, exportFolder } from './layout.ts';
import { hashFile, putObjectStream, syncFolder } from './objects.ts';
import { listExports } from './queries/exports.ts';
import { ArchiveFault, describeTrouble } from './trouble.ts';
import { readWanted, verifyArchive } from './verify.ts';
import type { Problem, ProblemKind, VerifyOptions, VerifyReport } from './verify.ts';

export interface RepairedFile {
  readonly path: string;
  readonly name: string;
  readonly from: string;
}

export interface RepairReport {
  /** What was put back, by its place in the archive folder and the file name it came in with, and the file it was taken from. */
  readonly repaired: readonly RepairedFile[];
  /** What is still wrong; a damaged database is among it, for only a restored backup mends that. */
  readonly left: VerifyReport;
}

interface Damage {
  readonly problem: Problem;
  readonly name: string;
  readonly sha256: Sha256;
  /** 0 where the archive does not know it. */
  readonly bytes: number;
}

/** Where the database itself is in doubt: repairing files is safe all the same, since each is judged by its own hash. */
export const databaseProblems: ReadonlySet<ProblemKind> = new Set(['database-damaged', 'reference-dangling', 'events-broken', 'row-changed']);
const objectProblems: ReadonlySet<ProblemKind> = new Set(['object-changed', 'object-missing', 'object-not-a-file']);
const exportProblems: ReadonlySet<ProblemKind> = new Set(['export-changed', 'export-missing']);
/** What a kept copy of the file mends. */
export const repairableProblems: ReadonlySet<ProblemKind> = new Set([...objectProblems, ...exportProblems]);

/** Files of one kept copy; more than this are not looked at where the place is no archive. */
const MOST_FILES = 300_000;

/** Finds files by hash in what a clerk kept: another copy of the archive folder, or any folder or file with the same bytes. */
class Sources {
  readonly #places: readonly string[];
  readonly #own: string;
  #bySize: Map<number, string[]> | null = null;

  constructor(places: readonly string[], own: string) {
    this.#places = places.map((place) => resolve(place));
    this.#own = resolve(own) + sep;
  }

  /** Files that may hold the bytes, likeliest first; never one of the archive that is being mended. */
  async *candidates({ problem: { path }, bytes, sha256 }: Damage): AsyncGenerator<{ readonly path: string; readonly bytes: number }> {
    const tried = new Set<string>();
    const direct = this.#places.flatMap((place) => [join(place, path), join(place, sha256.slice(0, 2), sha256), join(place, sha256)]);
    for (const one of direct) {
      const size = await this.#sizeOf(one);
      if (size === null || tried.has(one) || (bytes > 0 && size !== bytes)) continue;
      tried.add(one);
      yield { path: one, bytes: size };
    }
    if (bytes === 0) return;
    this.#bySize ??= await this.#index();
    for (const one of this.#bySize.get(bytes) ?? []) if (!tried.has(one)) yield { path: one, bytes };
  }

  async #sizeOf(path: string): Promise<number | null> {
    if (path.startsWith(this.#own)) return null;
    return lstat(path).then((found) => (found.isFile() ? found.size : null), () => null);
  }

  async #index(): Promise<Map<number, string[]>> {
    const found = new Map<number, string[]>();
    const waiting = [...this.#places];
    let files = 0;
    for (let place = waiting.pop(); place !== undefined && files < MOST_FILES; place = waiting.pop()) {
      const size = await this.#sizeOf(place);
      if (size !== null) {
        files += 1;
        found.set(size, [...(found.get(size) ?? []), place]);
      } else if (!`${place}${sep}`.startsWith(this.#own)) {
        for (const entry of await readdir(place, { withFileTypes: true }).catch(() => [])) if (entry.isFile() || entry.isDirectory()) waiting.push(join(place, entry.name));
      }
    }
    return found;
  }
}

const findDamages = (archive: { readonly folder: string; readonly db: ReadableDb }, report: VerifyReport): Damage[] => {
  const wanted = readWanted(archive.db);
  const exported = new Map<string, { readonly sha256: string; readonly bytes: number }>();
  if (report.problems.some(({ kind }) => exportProblems.has(kind))) {
    for (const record of listExports(archive.db)) {
      for (const file of record.manifest.files) exported.set(relative(archive.folder, join(exportFolder(archive.folder, record.version), file.path)), file);
    }
  }
  return report.problems.flatMap((problem): Damage[] => {
    const object = objectProblems.has(problem.kind) ? wanted.get(basename(problem.path)) : undefined;
    if (object !== undefined) return [{ problem, name: object.title, sha256: asSha256(basename(problem.path)), bytes: object.bytes }];
    const file = exportProblems.has(problem.kind) ? exported.get(problem.path) : undefined;
    return file === undefined ? [] : [{ problem, name: problem.path, sha256: asSha256(file.sha256), bytes: file.bytes }];
  });
};

/** Puts the bytes back where they belong; false where they are others than those that were filed. */
const putBack = async (folder: string, damage: Damage, candidate: { readonly path: string; readonly bytes: number }, options: VerifyOptions): Promise<boolean> => {
  const place = join(folder, damage.problem.path);
  // An empty folder in an object's place gives way; what has content is the clerk's to move.
  await rmdir(place).catch(() => undefined);
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  if (objectProblems.has(damage.problem.kind)) return putObjectStream({ folder }, { sha256: damage.sha256, bytes: candidate.bytes }, async () => createReadStream(candidate.path), signal);
  const partial = join(dirname(place), `${PARTIAL_PREFIX}${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(dirname(place), { recursive: true });
    await pipeline(createReadStream(candidate.path), createWriteStream(partial, { flags: 'wx', flush: true }), signal);
    if ((await hashFile(partial, signal)).sha256 !== damage.sha256) return false;
    await rename(partial, place);
    await syncFolder(dirname(place));
    return true;
  } finally {
    await rm(partial, { force: true });
  }
};

/**
 * Verifies, and takes what is damaged or missing among objects and exports from `sources` (copies of the archive folder, or any folders or
 * files), by hash: only bytes with the hash that was filed are put back, read once more from the disk afterwards; nothing that is whole is
 * touched. A source that cannot be read is passed over. Throws `ArchiveFault` for trouble with the archive's own disk.
 */
export const repairArchive = async (archive: { readonly folder: string; readonly db: ReadableDb }, sources: readonly string[], options: VerifyOptions = {}): Promise<RepairReport> => {
  const { folder } = archive;
  const report = await verifyArchive(archive, options);
  const found = new Sources(sources, folder);
  const repaired: RepairedFile[] = [];
  for (const damage of findDamages(archive, report)) {
    for await (const candidate of found.candidates(damage)) {
      options.signal?.throwIfAborted();
      try {
        if (!(await putBack(folder, damage, candidate, options))) continue;
        if ((await hashFile(join(folder, damage.problem.path))).sha256 !== damage.sha256) continue;
        repaired.push({ path: damage.problem.path, name: damage.name, from: candidate.path });
        break;
      } catch (error) {
        options.signal?.throwIfAborted();
        const trouble = error instanceof ArchiveFault ? error.trouble : describeTrouble(error, folder);
        if (trouble?.code === 'disk-full' || trouble?.code === 'archive-read-only') throw new ArchiveFault(trouble, { cause: error });
      }
    }
  }
  const mended = new Set(repaired.map(({ path }) => path));
  const problems = report.problems.filter(({ path, kind }) => !(mended.has(path) && repairableProblems.has(kind)));
  return { repaired, left: { ok: problems.every((problem) => !problem.harmful), objects: report.objects, problems } };
};
