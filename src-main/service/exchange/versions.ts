import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { exportName, listExports, readApplication, readCatalog } from '../../archive/index.ts';
import type { Archive, ReadableDb } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { CallOutput, Envelope } from '../../contract/index.ts';
import { READING_ROOM, compareVersions, fileNameOf, readVersion, verifyBag, writePackage } from '../../exchange/index.ts';
import type { Comparison } from '../../exchange/index.ts';
import type { PaperProfile } from '../../papers/index.ts';
import { describeSheets } from '../binding/export.ts';
import { readOffice } from '../binding/office.ts';
import { explainFileError } from '../file-trouble.ts';
import type { Job } from '../jobs.ts';
import { refusedBy } from './exchange-trouble.ts';

/** What differs between two exports; null where one of them is none. */
export function compareExports(db: ReadableDb, from: number, to: number, { pageStamp }: PaperProfile): Comparison | null {
  const [before, after] = [readVersion(db, from), readVersion(db, to)];
  return before === null || after === null ? null : compareVersions(before, after, pageStamp.duplex);
}

/** `v012` → 12. */
export const versionNumber = (name: string): number => Number(name.slice(1));

export function viewComparison(db: ReadableDb, from: string, to: string, profile: PaperProfile): Envelope<CallOutput<'exchange.compare'>> {
  const compared = compareExports(db, versionNumber(from), versionNumber(to), profile);
  if (compared === null) return fail('wrong-input', '', `没有${listExports(db).some(({ version }) => exportName(version) === from) ? to : from}这个版本`);
  const names = new Map(readCatalog(db).groups.flatMap((group) => group.indicators.map((one) => [one.code as string, one.name] as const)));
  return succeed({
    differences: compared.differences.map((one) => ({ ...one, name: names.get(one.indicator) ?? '' })),
    reprint: compared.reprints.map((reprint) => ({ volume: reprint.volume, title: reprint.title, sheets: describeSheets(reprint) })),
    sheets: compared.reprints.flatMap(({ sheets }) => sheets).reduce((sum, { sheets }) => sum + sheets, 0),
  });
}

/** Writes the submission package of an export into a folder of its own within `out`. */
export async function writeSubmission(archive: Archive, request: { readonly out: string; readonly version: string | null }, job: Job): Promise<Envelope<CallOutput<'exchange.package'>>> {
  const { db } = archive;
  const number = request.version === null ? listExports(db).at(-1)?.version : versionNumber(request.version);
  const version = number === undefined ? null : readVersion(db, number);
  if (version === null) return request.version === null ? fail('export-blocked', '', '还没有导出过，报送包由一次导出生成') : fail('wrong-input', '', `没有${request.version}这个版本`);
  const { record } = version;
  const office = readOffice(db, record.at.slice(0, 10));
  const application = readApplication(db);
  const name = exportName(record.version);
  const folder = join(request.out, fileNameOf(`报送包 ${name} ${application.title}`));
  const written = await writePackage(archive, {
    version, out: folder, contact: office.contact, archiveId: application.archiveId,
    owner: { fondsName: office.fondsName, fondsCode: office.fondsCode, applicant: office.applicant, title: application.title, year: (readCatalog(db).deadline || record.at).slice(0, 4) },
    signal: job.signal,
    onProgress: (part) => job.progress(part * 0.9, `写入${basename(folder)}`),
  });
  if (!written.ok) return refusedBy(written.error);
  return succeed({ version: name, draft: record.draft, folder, files: written.value.files.length, bytes: written.value.bytes, readingRoom: join(folder, 'data', 'objects', READING_ROOM) });
}

export async function judgePackage(folder: string, job: Job): Promise<Envelope<CallOutput<'exchange.verifyPackage'>>> {
  if (!(await stat(folder).then((found) => found.isDirectory(), () => false))) return fail('file-not-found', basename(folder));
  try {
    const { valid, complete, files, bytes, errors, warnings } = await verifyBag(folder, { signal: job.signal, onProgress: (done, total) => job.progress(total === 0 ? 1 : done / total, '核验报送包') });
    return succeed({ valid, complete, files, bytes, errors, warnings });
  } catch (error) {
    if (job.signal.aborted) return fail('cancelled');
    const trouble = explainFileError(error, folder);
    if (trouble === undefined) throw error;
    return { ok: false, error: trouble };
  }
}
