import { stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { exportFolder, exportName, listExports } from '../../archive/index.ts';
import type { Archive } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { CallOutput, Envelope } from '../../contract/index.ts';
import { explainFileError } from '../file-trouble.ts';
import type { Job } from '../jobs.ts';
import { copyExport, fileNameOf } from './export-files.ts';

/** Copies an exported version as it lies in the archive into a folder named after it. What is there already of the same version stays. */
export async function copyVersion(archive: Archive, { title, version, into }: { readonly title: string; readonly version: string; readonly into: string }, job: Job): Promise<Envelope<CallOutput<'binding.copyVersion'>>> {
  const record = listExports(archive.db).find((candidate) => exportName(candidate.version) === version);
  if (record === undefined) return fail('wrong-input', '', `没有${version}这一版`);
  const parent = resolve(into);
  if (`${parent}${sep}`.startsWith(`${resolve(archive.folder)}${sep}`)) return fail('wrong-input', '', '不能复制到档案库自己的文件夹里，请选另一个文件夹，例如U盘');
  if (!(await stat(parent).then((found) => found.isDirectory(), () => false))) return fail('file-not-found', parent);
  const out = join(parent, fileNameOf(`${title} ${version}${record.draft ? '（草稿）' : ''}`));
  const total = Math.max(1, record.manifest.files.reduce((sum, file) => sum + file.bytes, 0));
  try {
    await copyExport(exportFolder(archive.folder, record.version), record.manifest, out, job.signal, (path, bytesBefore) => job.progress(bytesBefore / total, path));
    return succeed({ folder: out });
  } catch (error) {
    if (job.signal.aborted) return fail('cancelled');
    const trouble = explainFileError(error, out);
    if (trouble === undefined) throw error;
    return { ok: false, error: trouble };
  }
}
