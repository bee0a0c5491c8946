import { join, relative } from 'node:path';
import { z } from 'zod';
import { databaseProblems, exportFolder, getLastExport, getSetting, setSetting, transact } from '../../archive/index.ts';
import type { ReadableDb, VerifyReport, WritableArchive } from '../../archive/index.ts';
import type { PageText, WorkerPool } from '../../intake/index.ts';
import type { PaperProfile } from '../../papers/index.ts';
import { readProfile } from '../papers/profile-setting.ts';
import { placeOnShownPage } from '../scans/placed-text.ts';

const settingName = 'found-sheets';
const foundSchema = z.object({ version: z.number(), volumes: z.array(z.object({ no: z.number(), sheets: z.array(z.union([z.string(), z.number().transform(String)])) })) });
type FoundSheets = z.infer<typeof foundSchema>;

/** 页号 on the sheets of those volumes of an export whose files were changed since; by volume number. */
export function readFoundSheets(db: ReadableDb, version: number): ReadonlyMap<number, readonly string[]> {
  const found = foundSchema.safeParse(getSetting(db, settingName));
  return found.success && found.data.version === version ? new Map(found.data.volumes.map(({ no, sheets }) => [no, sheets])) : new Map();
}

/** A stamp gives way to print along the edge; it does not go further into the page than this, millimetres. */
const BAND = 30;
const MM = 25.4 / 72;

/** The 页号 stamped on a page: digits alone or 12-1, in the stamp's size, nearest to its corner; null where none stands there. */
function stampOf({ items, frame }: PageText, { pageStamp }: PaperProfile): string | null {
  if (frame === undefined) return null;
  const isSized = (length: number): boolean => Math.abs(length - pageStamp.size) < pageStamp.size * 0.2;
  const near = items.flatMap((item) => {
    const [, number, within] = /^(\d{1,6})(?:-(\d{1,6}))?$/u.exec(item.str) ?? [];
    if (number === undefined || !(isSized(item.w) || isSized(item.h))) return [];
    const { x, y, w, h } = placeOnShownPage(item, frame);
    const fromEdge = (pageStamp.corner === 'upper' ? y : 1 - y - h) * frame.height * MM;
    // Even numbers stand on the backs of sheets, wherever the page lies in a file of which pages are missing.
    const isLeft = pageStamp.duplex && Number(within ?? number) % 2 === 0;
    return fromEdge > BAND ? [] : [{ number: item.str, distance: (isLeft ? x : 1 - x - w) * frame.width * MM + fromEdge }];
  });
  return near.toSorted((a, b) => a.distance - b.distance)[0]?.number ?? null;
}

/**
 * After a verification: reads the 页号 of the last export's volumes whose files are no longer what was written, so that the check can say
 * whether pages were taken out or put in. Answers whether anything was learnt.
 */
export async function markFoundSheets(archive: WritableArchive, workers: WorkerPool, report: VerifyReport, actor: string): Promise<boolean> {
  // Where the database itself is in doubt, nothing is written into it.
  if (report.problems.some(({ kind }) => databaseProblems.has(kind))) return false;
  const last = getLastExport(archive.db, false);
  if (last === null) return false;
  const changed = new Set(report.problems.flatMap(({ kind, path }) => (kind === 'export-changed' ? [path] : [])));
  const profile = readProfile(archive.db);
  const volumes: FoundSheets['volumes'] = [];
  const files = last.manifest.files.filter(({ kind }) => kind === 'volume');
  for (const [at, { path }] of files.entries()) {
    const volume = last.plan.volumes[at];
    const file = join(exportFolder(archive.folder, last.version), path);
    if (volume === undefined || !changed.has(relative(archive.folder, file))) continue;
    const text = await workers.extractText(file, 'pdf');
    if (!text.ok) continue;
    const sheets = text.value.pages.map((page) => stampOf(page, profile)).filter((number) => number !== null);
    // Numbers that cannot be read at all, as in a scan of the volume, are not numbers that are missing.
    if (sheets.length > 0) volumes.push({ no: volume.no, sheets });
  }
  const known = [...readFoundSheets(archive.db, last.version)].map(([no, sheets]) => ({ no, sheets }));
  if (JSON.stringify(known) === JSON.stringify(volumes)) return false;
  transact(archive.db, actor, (tx) => setSetting(tx, settingName, { version: last.version, volumes }), { undoable: false, label: '登记核验结果' });
  return true;
}
