import { sha256 as asSha256 } from '../../domain/ids.ts';
import type { Sha256 } from '../../domain/ids.ts';
import type { FileKind } from '../../domain/snapshot.ts';
import type { ReadableDb, Row } from '../database.ts';
import { isTextList, json, number, oneOf, text } from '../rows.ts';
import type { Tx } from '../transaction.ts';
import { fileKinds } from './evidence.ts';

/** A file that stands for a generated paper. */
export interface PaperFile {
  /** `replacement` takes the paper's place; `template` is the office's own form, filled in for each. */
  readonly role: 'replacement' | 'template';
  /** Kind of paper, and which one of that kind (a volume, an indicator, a unit); empty where there is only one. */
  readonly kind: string;
  readonly scope: string;
  /** From 1, for each role, kind and scope. */
  readonly number: number;
  readonly sha256: Sha256;
  readonly fileName: string;
  readonly fileKind: FileKind;
  readonly bytes: number;
  /** Object that holds the PDF to bind or show; the file itself where it is a PDF or a picture, empty for templates. */
  readonly boundSha256: Sha256 | '';
  readonly boundBytes: number;
  readonly pages: number;
  /** Reservation about a converted PDF; empty where none. */
  readonly boundNote: string;
  /** What the generated paper said when the file took its place. */
  readonly facts: readonly string[];
  readonly note: string;
  readonly at: string;
  readonly by: string;
}

const toPaperFile = (row: Row): PaperFile => ({
  role: oneOf(row, 'role', ['replacement', 'template']),
  kind: text(row, 'kind'),
  scope: text(row, 'scope'),
  number: number(row, 'number'),
  sha256: asSha256(text(row, 'sha256')),
  fileName: text(row, 'file_name'),
  fileKind: oneOf(row, 'file_kind', fileKinds),
  bytes: number(row, 'bytes'),
  boundSha256: text(row, 'bound_sha256') === '' ? '' : asSha256(text(row, 'bound_sha256')),
  boundBytes: number(row, 'bound_bytes'),
  pages: number(row, 'pages'),
  boundNote: text(row, 'bound_note'),
  facts: json(row, 'facts', isTextList),
  note: text(row, 'note'),
  at: text(row, 'at'),
  by: text(row, 'by_name'),
});

/** Files in force: the last of each role, kind and scope that was not taken back. */
export const listPaperFiles = (db: ReadableDb): readonly PaperFile[] =>
  db
    .all(
      `SELECT * FROM paper_files f WHERE withdrawn_at = '' AND number = (
         SELECT max(number) FROM paper_files o WHERE o.role = f.role AND o.kind = f.kind AND o.scope = f.scope AND o.withdrawn_at = ''
       ) ORDER BY role, kind, scope`,
    )
    .map(toPaperFile);

/** Puts a file in force; the one before stays as its history. */
export const addPaperFile = (tx: Tx, file: Omit<PaperFile, 'number' | 'at' | 'by'>): void => {
  const last = tx.get('SELECT coalesce(max(number), 0) AS last FROM paper_files WHERE role = ? AND kind = ? AND scope = ?', file.role, file.kind, file.scope);
  tx.insert(`set-${file.role}`, 'paper-file', {
    role: file.role,
    kind: file.kind,
    scope: file.scope,
    number: (last === undefined ? 0 : number(last, 'last')) + 1,
    sha256: file.sha256,
    file_name: file.fileName,
    file_kind: file.fileKind,
    bytes: file.bytes,
    bound_sha256: file.boundSha256,
    bound_bytes: file.boundBytes,
    pages: file.pages,
    bound_note: file.boundNote,
    facts: JSON.stringify(file.facts),
    note: file.note,
    at: tx.now,
    by_name: tx.actor,
    withdrawn_at: '',
  });
};

/** Takes back all files of a role, kind and scope: the generated paper stands again. False where there was none. */
export const withdrawPaperFile = (tx: Tx, key: Pick<PaperFile, 'role' | 'kind' | 'scope'>): boolean => {
  const rows = tx.all("SELECT number FROM paper_files WHERE role = ? AND kind = ? AND scope = ? AND withdrawn_at = ''", key.role, key.kind, key.scope);
  for (const row of rows) tx.update(`withdraw-${key.role}`, 'paper-file', [key.role, key.kind, key.scope, number(row, 'number')], { withdrawn_at: tx.now });
  return rows.length > 0;
};
