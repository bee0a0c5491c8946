import { basename } from 'node:path';
import { adoptDerived, putObject } from '../../archive/index.ts';
import type { WritableArchive } from '../../archive/index.ts';
import { inspectSource } from '../../binder/index.ts';
import { explainError } from '../../contract/index.ts';
import type { ErrorCode } from '../../contract/index.ts';
import type { Sha256 } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import type { FileKind } from '../../domain/snapshot.ts';
import { intakeErrorCodes, lookInto } from '../../intake/index.ts';
import type { IntakeTrouble, LookedInto, Walked } from '../../intake/index.ts';
import { explainArchiveTrouble } from '../archive-trouble.ts';
import type { Converter, ConvertedPdf } from './convert-files.ts';
import { explainBindError } from '../bind-trouble.ts';

export type WalkedFile = Extract<Walked, { readonly kind: 'file' }>;

/** A file that is not taken, with a whole sentence for the clerk. */
export interface Rejection {
  readonly kind: 'rejected';
  readonly error: ErrorCode;
  readonly message: string;
}

/** Bytes that lie in the archive, not entered yet. */
export interface StoredFile {
  readonly kind: 'stored';
  readonly looked: LookedInto;
  readonly sha256: Sha256;
}

/** The PDF that is bound in a stored file's place: its name in `derived/`, and the reservation about it. */
export interface StoredPdf {
  readonly name: string;
  readonly pages: number;
  readonly note: string;
}

const reject = (error: ErrorCode, message: string): Rejection => ({ kind: 'rejected', error, message });
export const rejectBy = (file: WalkedFile, trouble: IntakeTrouble): Rejection => reject(trouble.error, trouble.message.includes(file.fileName) ? trouble.message : `“${file.fileName}”：${trouble.message}`);

/** The binder counts pages, so that what is promised here is what is bound later. */
export function inspectBindable(path: string): Result<{ readonly pages: number }, IntakeTrouble> {
  const facts = inspectSource(path);
  if (facts.ok) return facts;
  const trouble = explainBindError(facts.error, basename(path));
  const code = intakeErrorCodes.find((known) => known === trouble.code);
  return { ok: false, error: { error: code ?? 'file-damaged', message: explainError(trouble) } };
}

/** Copies and hashes in one pass what was looked into. */
async function storeFile(archive: WritableArchive, file: WalkedFile, looked: LookedInto, signal: AbortSignal): Promise<StoredFile | Rejection> {
  const stored = await putObject(archive, file.path, { signal });
  if (!stored.ok) {
    const trouble = explainArchiveTrouble(stored.error, file.fileName);
    return reject(trouble.code, explainError(trouble));
  }
  if (stored.value.bytes !== looked.bytes) return reject('file-changed', explainError({ code: 'file-changed', about: file.fileName, detail: '' }));
  return { kind: 'stored', looked, sha256: stored.value.sha256 };
}

/** Looks into a file and stores it, unless a PDF must be made of it first; several at once, since the disk's flush is what takes the time. */
export async function prepareFile(archive: WritableArchive, file: WalkedFile, convertible: ReadonlySet<FileKind>, signal: AbortSignal): Promise<StoredFile | { readonly kind: 'to-convert'; readonly looked: LookedInto } | Rejection> {
  const looked = await lookInto(file.path, { inspectBindable, convertible });
  if (!looked.ok) return rejectBy(file, looked.error);
  return looked.value.needsConversion ? { kind: 'to-convert', looked: looked.value } : storeFile(archive, file, looked.value, signal);
}

/** Stores the original of a converted file and gives the PDF its name. */
export async function storeConverted(archive: WritableArchive, file: WalkedFile, looked: LookedInto, pdf: ConvertedPdf, signal: AbortSignal): Promise<(StoredFile & { readonly pdf: StoredPdf }) | Rejection> {
  const stored = await storeFile(archive, file, looked, signal);
  if (stored.kind === 'rejected') return stored;
  const name = `pdf/${stored.sha256}.pdf`;
  const adopted = await adoptDerived(archive, name, pdf.partial);
  if (adopted.ok) return { ...stored, pdf: { name, pages: pdf.pages, note: pdf.note } };
  const trouble = explainArchiveTrouble(adopted.error, file.fileName);
  return reject(trouble.code, explainError(trouble));
}

/** Takes one file whole: looked into, converted where it must be, stored. */
export async function takeFile(archive: WritableArchive, converter: Converter, file: WalkedFile, signal: AbortSignal): Promise<(StoredFile & { readonly pdf: StoredPdf | null }) | Rejection> {
  const prepared = await prepareFile(archive, file, converter.kinds, signal);
  if (prepared.kind === 'rejected') return prepared;
  if (prepared.kind === 'stored') return { ...prepared, pdf: null };
  const [outcome] = await converter.convert([{ path: file.path, kind: prepared.looked.kind }], signal);
  if (outcome === undefined) throw new Error('a conversion was not answered');
  return outcome.ok ? storeConverted(archive, file, prepared.looked, outcome.pdf, signal) : rejectBy(file, outcome.trouble);
}
