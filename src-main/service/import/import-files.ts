import { basename } from 'node:path';
import { addEvidence, beginImportBatch, endImportBatch, findEvidenceBySha256, hasIndicator, linkEvidence, objectPath, putObject, transact } from '../../archive/index.ts';
import type { WritableArchive } from '../../archive/index.ts';
import { inspectSource } from '../../binder/index.ts';
import { explainError, fail, succeed } from '../../contract/index.ts';
import type { CallOutput, Envelope, ErrorCode } from '../../contract/index.ts';
import type { EvidenceId, IndicatorCode, Sha256 } from '../../domain/ids.ts';
import type { FileKind } from '../../domain/snapshot.ts';
import { recognise, walkInput } from '../../intake/index.ts';
import type { Walked } from '../../intake/index.ts';
import { explainArchiveTrouble } from '../archive-trouble.ts';
import { explainBindError } from '../bind-trouble.ts';
import type { Job } from '../jobs.ts';
import { readEvidenceText, readPendingTexts } from './read-text.ts';
import type { ReadingRoom } from './read-text.ts';

export interface ImportRequest {
  readonly paths: readonly string[];
  readonly indicator: IndicatorCode | null;
  readonly year: number | null;
}

type Answer = CallOutput<'evidence.import'>;
type WalkedFile = Extract<Walked, { readonly kind: 'file' }>;

interface Taken {
  readonly id: EvidenceId;
  readonly file: string;
  readonly sha256: Sha256;
  readonly kind: FileKind;
  readonly pages: number;
}

type Outcome =
  | { readonly kind: 'imported'; readonly taken: Taken }
  | { readonly kind: 'duplicate'; readonly id: EvidenceId; readonly of: string }
  | { readonly kind: 'rejected'; readonly error: ErrorCode; readonly message: string };

/** Kinds whose pages can be bound as they are. */
const bindable = new Set<FileKind>(['pdf', 'jpeg', 'png', 'tiff']);

const reject = (error: ErrorCode, message: string): Outcome => ({ kind: 'rejected', error, message });

/** Title until a better one is read: the file's own name without its ending. */
const titleOfName = (fileName: string): string => fileName.replace(/\.[A-Za-z0-9]{1,5}$/u, '');

/** One file: looked at, copied and hashed in one pass, then entered in one short transaction. */
async function takeFile(archive: WritableArchive, file: WalkedFile, request: ImportRequest, batch: number, actor: string, signal: AbortSignal): Promise<Outcome> {
  const seen = await recognise(file.path);
  if (!seen.ok) return reject(seen.error.error, `“${file.fileName}”:${seen.error.message}`);
  const { kind, image } = seen.value;
  if (!bindable.has(kind)) return reject('file-unsupported', explainError({ code: 'file-unsupported', about: file.fileName, detail: `这是${kind.toUpperCase()}文件` }));
  const facts = inspectSource(file.path);
  if (!facts.ok) {
    const trouble = explainBindError(facts.error, file.fileName);
    return reject(trouble.code, explainError(trouble));
  }
  const stored = await putObject(archive, file.path, { signal });
  if (!stored.ok) {
    const trouble = explainArchiveTrouble(stored.error, file.fileName);
    return reject(trouble.code, explainError(trouble));
  }
  const { sha256, bytes } = stored.value;
  const same = findEvidenceBySha256(archive.db, sha256).find((item) => item.trashedAt === null);
  if (same !== undefined) return { kind: 'duplicate', id: same.id, of: same.source === '' ? same.fileName : same.source };
  const id = transact(
    archive.db,
    actor,
    (tx) => {
      const added = addEvidence(tx, {
        sha256,
        fileName: file.fileName,
        fileKind: kind,
        bytes,
        pages: facts.value.pages,
        title: titleOfName(file.fileName),
        imagePixels: image === null ? null : Math.max(image.width, image.height),
        source: file.givenAs,
        importBatch: batch,
      });
      if (request.indicator !== null) linkEvidence(tx, { evidenceId: added, indicator: request.indicator, year: request.year, requirement: '' });
      return added;
    },
    { undoable: false },
  );
  return { kind: 'imported', taken: { id, file: file.givenAs, sha256, kind, pages: facts.value.pages } };
}

/**
 * Takes in files and folders. Every file that is answered as imported is whole in the archive, whatever happens later; one bad file
 * never stops the rest. Text and proposals are read beside the copying, in processes of their own.
 */
export async function importFiles(archive: WritableArchive, room: ReadingRoom, request: ImportRequest, actor: string, job: Job): Promise<Envelope<Answer>> {
  if (request.indicator !== null && !hasIndicator(archive.db, request.indicator)) return fail('indicator-unknown', request.indicator);
  const found: Walked[] = [];
  for await (const walked of walkInput(request.paths, { signal: job.signal })) found.push(walked);
  const total = Math.max(1, found.reduce((sum, walked) => sum + (walked.kind === 'file' ? walked.bytes : 0), 0));
  const batch = beginImportBatch(archive.db, actor, request.paths.map((path) => basename(path)).join('、').slice(0, 500));
  const duplicates: Answer['duplicates'][number][] = [];
  const rejected: Answer['rejected'][number][] = [];
  const skipped: Answer['skipped'][number][] = [];
  const reading: Promise<Answer['imported'][number]>[] = [];
  let done = 0;
  for (const walked of found) {
    if (job.signal.aborted) break;
    if (walked.kind === 'skipped') {
      skipped.push({ file: walked.givenAs, message: walked.message });
      continue;
    }
    if (walked.kind === 'rejected') {
      rejected.push({ file: walked.givenAs, error: walked.trouble.error, message: `“${basename(walked.path)}”:${walked.trouble.message}` });
      continue;
    }
    job.progress((0.5 * done) / total, `导入 ${walked.fileName}`);
    const outcome = await takeFile(archive, walked, request, batch, actor, job.signal);
    done += walked.bytes;
    switch (outcome.kind) {
      case 'imported':
        reading.push(
          readEvidenceText(archive, room, outcome.taken.id, objectPath(archive, outcome.taken.sha256), actor, job.signal).then((read) => ({
            ...outcome.taken,
            title: read.title,
            documentNumber: read.documentNumber,
            issuer: read.issuer,
            date: read.date,
            suggestions: read.suggestions.map(({ code, score }) => ({ code, score })),
          })),
        );
        break;
      case 'duplicate':
        duplicates.push({ file: walked.givenAs, of: outcome.of });
        if (request.indicator !== null) linkAgain(archive, outcome.id, request, request.indicator, actor);
        break;
      case 'rejected':
        rejected.push({ file: walked.givenAs, error: outcome.error, message: outcome.message });
        break;
      default:
        outcome satisfies never;
    }
  }
  let read = 0;
  const imported = await Promise.all(
    reading.map(async (one) => {
      const item = await one;
      read += 1;
      job.progress(0.5 + (0.5 * read) / reading.length, `读取文字 ${read}/${reading.length}`);
      return item;
    }),
  );
  await readPendingTexts(archive, room, actor, job.signal);
  endImportBatch(archive.db, batch, { imported: imported.length, duplicates: duplicates.length, rejected: rejected.map(({ file, error }) => ({ file, error })) });
  return succeed({ imported, duplicates, rejected, skipped });
}

/** The same bytes may prove another indicator or year as well. */
function linkAgain(archive: WritableArchive, id: EvidenceId, request: ImportRequest, indicator: IndicatorCode, actor: string): void {
  transact(archive.db, actor, (tx) => linkEvidence(tx, { evidenceId: id, indicator, year: request.year, requirement: '' }), { label: `归入指标${indicator}` });
}
