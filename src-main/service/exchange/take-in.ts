import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { findEvidenceBySha256, hashFile, listEvidence, listLinksOfIndicator } from '../../archive/index.ts';
import type { WritableArchive } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { CallOutput, Envelope } from '../../contract/index.ts';
import { indicatorCode } from '../../domain/ids.ts';
import { atBorder, checkCode, mergeArchive, mergeForms, mergePack, readFilledForms, withUnpacked } from '../../exchange/index.ts';
import type { FilledForms, MergeReport, FormsReport, TableReader } from '../../exchange/index.ts';
import { fail as failed, ok } from '../../domain/result.ts';
import { cleanFileName, readDocxTables } from '../../intake/index.ts';
import { citationsOf } from '../citations.ts';
import { importFiles } from '../import/import-files.ts';
import { readPendingTexts } from '../import/read-text.ts';
import type { Job } from '../jobs.ts';
import type { Session } from '../session.ts';
import { refusedBy } from './exchange-trouble.ts';

type Merged = CallOutput<'exchange.merge'>;

const view = ({ digest, ...report }: MergeReport | FormsReport, notes: readonly string[], more: { readonly items?: number } = {}): Merged => ({
  pack: report.pack, kind: report.kind, unit: report.unit, sender: report.sender, code: checkCode(digest), items: report.items + (more.items ?? 0), links: report.links, values: report.values, texts: report.texts,
  others: report.others, removed: report.removed, conflicts: report.conflicts, outside: report.outside, again: report.again,
  notes: [...notes, ...(report.outside > 0 ? [`有${report.outside}条内容不属于${report.unit}承担的指标，没有收`] : [])],
});

/** Takes in the files of a filled folder and then what its forms say. A cut in between is mended by taking the same folder in again. */
async function takeForms(archive: WritableArchive, session: Session, filled: FilledForms, job: Job): Promise<Envelope<Merged>> {
  const notes: string[] = [];
  let items = 0;
  const batches = filled.indicators.flatMap(({ form, files }) => [...files].map(([year, paths]) => ({ code: form.code, year, paths })));
  for (const [index, batch] of batches.entries()) {
    job.signal.throwIfAborted();
    const part: Job = { signal: job.signal, progress: (value, text) => job.progress((index + value) / batches.length, text) };
    const imported = await importFiles(archive, session.readingRoom, { paths: batch.paths, indicator: indicatorCode(batch.code), year: batch.year }, session.actor, part);
    if (!imported.ok) return imported;
    items += imported.value.imported.length;
    notes.push(...imported.value.rejected.map((one) => `指标${batch.code}的文件没有收：${one.message}`));
  }
  // A source that the unit names may be among what it handed in before as well.
  const known = new Map<string, string>();
  for (const { form, files } of filled.indicators) {
    const paths = [...files.values()].flat();
    for (const { source } of form.years) {
      const file = source === '' ? undefined : paths.find((path) => sameName(basename(path), source));
      if (file === undefined) continue;
      const { sha256 } = await hashFile(file);
      const item = findEvidenceBySha256(archive.db, sha256).find((one) => one.trashedAt === null);
      if (item !== undefined) known.set(JSON.stringify([form.code, source]), item.id);
    }
  }
  const evidence = new Map(listEvidence(archive.db).map((item) => [item.id, item]));
  const itemOf = (code: string, fileName: string): string | null =>
    known.get(JSON.stringify([code, fileName])) ?? listLinksOfIndicator(archive.db, indicatorCode(code)).map((link) => evidence.get(link.evidenceId)).find((item) => item !== undefined && sameName(item.fileName, fileName))?.id ?? null;
  const merged = await mergeForms(archive, filled, { itemOf, citationsOf: (text) => JSON.stringify(citationsOf(archive.db, text)) }, { actor: session.actor, signal: job.signal });
  return merged.ok ? succeed(view(merged.value, [...merged.value.notes, ...notes], { items })) : refusedBy(merged.error);
}

/** File names as a clerk writes them into a form: with or without the ending. */
const sameName = (fileName: string, written: string): boolean => {
  const tidy = (name: string): string => cleanFileName(name).normalize('NFKC').trim().toLowerCase();
  const [name, wanted] = [tidy(fileName), tidy(written)];
  return name === wanted || name.replace(/\.[a-z0-9]{1,5}$/u, '') === wanted;
};

const readTables: TableReader = async (path) => {
  const read = await readDocxTables(path);
  return read.ok ? read : failed(read.error.message);
};

/** Takes in what a unit or another workstation hands over, whichever form it has. */
export async function takeIn(archive: WritableArchive, session: Session, path: string, job: Job): Promise<Envelope<Merged>> {
  const found = await stat(path).catch(() => null);
  if (found === null) return fail('file-not-found', basename(path));
  const options = { actor: session.actor, signal: job.signal, onProgress: (part: number) => job.progress(part * 0.9, `收取${basename(path)}`) };
  if (found.isDirectory()) {
    const filled = await readFilledForms(archive, path, readTables);
    if (!filled.ok) return refusedBy(filled.error);
    if (filled.value !== null) return takeForms(archive, session, filled.value, job);
    const merged = await mergeArchive(archive, path, options);
    if (!merged.ok) return merged.error.code === 'archive-not-found' || merged.error.code === 'archive-not-an-archive' ? fail('pack-not-a-pack', basename(path), '文件夹里没有任务包信息，也不是档案库') : refusedBy(merged.error);
    await readPendingTexts(archive, session.readingRoom, job.signal);
    return succeed(view(merged.value, []));
  }
  const merged = await mergePack(archive, path, options);
  if (merged.ok) {
    await readPendingTexts(archive, session.readingRoom, job.signal);
    return succeed(view(merged.value, []));
  }
  if (merged.error.code !== 'pack-not-a-pack') return refusedBy(merged.error);
  // A filled folder that was zipped to fit on a stick.
  const unpacked = await atBorder<Envelope<Merged> | null>(path, async () => {
    const answer = await withUnpacked(path, tmpdir(), async (folder) => {
      const filled = await readFilledForms(archive, folder, readTables);
      if (!filled.ok) return refusedBy({ ...filled.error, path });
      return filled.value === null ? null : takeForms(archive, session, { ...filled.value, path }, job);
    }, job.signal);
    return ok(answer);
  });
  if (!unpacked.ok) return refusedBy(unpacked.error);
  return unpacked.value ?? refusedBy(merged.error);
}
