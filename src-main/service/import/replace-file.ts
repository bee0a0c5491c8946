import { changeEvidence, findEvidenceBySha256, getEvidence, listProofMarks, removeProofMark, replaceEvidenceFile, transact } from '../../archive/index.ts';
import type { EvidenceRecord, WritableArchive } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { CallOutput, Envelope } from '../../contract/index.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import { walkInput } from '../../intake/index.ts';
import { listUses } from '../evidence-uses.ts';
import type { Job } from '../jobs.ts';
import { Converter } from './convert-files.ts';
import { describeItem, readFileText } from './read-text.ts';
import type { ReadingRoom } from './reading-room.ts';
import { takeFile } from './store-file.ts';
import type { Rejection, WalkedFile } from './store-file.ts';

export interface Replacement {
  readonly id: EvidenceId;
  readonly path: string;
  readonly reason: string;
}

/** The one file that was named; a folder is none. */
async function findFile(path: string, signal: AbortSignal): Promise<WalkedFile | Rejection> {
  for await (const walked of walkInput([path], { signal })) {
    if (walked.kind === 'rejected') return { kind: 'rejected', error: walked.trouble.error, message: walked.trouble.message };
    if (walked.kind === 'file' && walked.path === path) return walked;
    break;
  }
  return { kind: 'rejected', error: 'wrong-input', message: '请选择一个文件。' };
}

const refuse = (item: EvidenceRecord, why: string): ReturnType<typeof fail> => fail('replacement-refused', item.title, why.replace(/。$/u, ''));

/**
 * Puts another file in an item's place. The file before stays in the archive as a revision, and exports that bound it are named. Links
 * and the description stay, but count as unconfirmed; proof marks go, for they stood on the other file's pages. Can be undone as one step.
 */
export async function replaceFile(archive: WritableArchive, room: ReadingRoom, { id, path, reason }: Replacement, actor: string, job: Job): Promise<Envelope<CallOutput<'evidence.replace'>>> {
  const before = getEvidence(archive.db, id);
  if (before === null) return fail('evidence-unknown', id);
  const file = await findFile(path, job.signal);
  if (file.kind === 'rejected') return refuse(before, file.message);
  job.progress(0.1, `读入 ${file.fileName}`);
  const taken = await takeFile(archive, await Converter.open(archive, room, room.resources), file, job.signal);
  if (taken.kind === 'rejected') return job.signal.aborted ? fail('cancelled') : refuse(before, taken.message);
  const same = findEvidenceBySha256(archive.db, taken.sha256).find((item) => item.trashedAt === null);
  if (same !== undefined) return refuse(before, same.id === id ? '新文件与现在的文件内容相同' : `新文件与库中“${same.title}”的内容相同`);
  const { looked, sha256, pdf } = taken;
  job.progress(0.6, `读取文字 ${file.fileName}`);
  const pages = await readFileText(archive, room, { sha256, pages: pdf?.pages ?? looked.pages, boundFile: pdf?.name ?? '', fileKind: looked.kind }, job.signal);
  if (job.signal.aborted) return fail('cancelled');
  const usedBy = listUses(archive.db, id);
  const marks = listProofMarks(archive.db, id);
  transact(
    archive.db,
    actor,
    (tx) => {
      for (const mark of marks) removeProofMark(tx, mark.id);
      replaceEvidenceFile(tx, id, { sha256, fileName: file.fileName, fileKind: looked.kind, bytes: looked.bytes, pages: pdf?.pages ?? looked.pages, reason });
      const { guess: _guess, ...details } = before.details;
      changeEvidence(tx, id, { confirmed: false, details, suggestions: [], boundFile: pdf?.name ?? '', boundNote: pdf?.note ?? '', source: file.givenAs, imagePixels: looked.image === null ? null : Math.max(looked.image.width, looked.image.height) });
      const current = getEvidence(tx, id);
      if (current !== null && pages !== null) changeEvidence(tx, id, describeItem(archive, current, pages));
    },
    { label: `更换“${before.title}”的文件` },
  );
  return succeed({ id, fileName: file.fileName, sha256, pages: pdf?.pages ?? looked.pages, replaced: { fileName: before.fileName, sha256: before.sha256 }, usedBy: usedBy.map(({ version }) => version), marksRemoved: marks.length });
}
