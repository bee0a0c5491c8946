import { randomBytes } from 'node:crypto';
import type { EvidenceKind } from '../../domain/catalog.ts';
import { evidenceId, sha256 as asSha256 } from '../../domain/ids.ts';
import type { EvidenceId, Sha256 } from '../../domain/ids.ts';
import type { EvidenceFacts, FileKind, PhotoFacts } from '../../domain/snapshot.ts';
import { finish } from '../../domain/steps.ts';
import type { Steps } from '../../domain/steps.ts';
import type { ReadableDb, Row } from '../database.ts';
import { flag, isRecord, json, number, numberOrNull, oneOf, text, textOrNull } from '../rows.ts';
import type { PlainCell, PlainCells } from '../rows.ts';
import { normalizeForSearch } from '../search-text.ts';
import type { Tx } from '../transaction.ts';

/** An indicator that intake thinks a file proves. */
export interface Suggestion {
  readonly code: string;
  /** From 0 to 1. */
  readonly score: number;
  /** The words that led there. */
  readonly words: readonly string[];
}

/** An item with what only the archive keeps about it. */
export interface EvidenceRecord extends EvidenceFacts {
  readonly suggestions: readonly Suggestion[];
  /** What intake found beyond the facts; plain JSON whose meaning is intake's. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Name in `derived/` of the PDF to bind; empty where the original itself is bound. */
  readonly boundFile: string;
  /** Reservation about that PDF, as 近似转换; empty where none. */
  readonly boundNote: string;
  /** Path it was imported from. */
  readonly source: string;
  readonly importedAt: string;
  readonly importBatch: number | null;
  /** When it was moved to 回收站; null where it was not. */
  readonly trashedAt: string | null;
}

/** What a new item must state; the rest may be left out and is then unknown. */
export type NewEvidence = Pick<EvidenceRecord, 'sha256' | 'fileName' | 'fileKind' | 'bytes' | 'pages' | 'title'> &
  Partial<Omit<EvidenceRecord, 'proofMarks' | 'trashedAt' | 'importedAt'>>;

/** Fields of an item that can be changed after import. */
export type EvidenceChange = Partial<Omit<EvidenceRecord, 'id' | 'sha256' | 'sealStated' | 'proofMarks' | 'trashedAt' | 'importedAt' | 'importBatch'>>;

/** Kinds that rows may hold. */
export const fileKinds: readonly FileKind[] = ['pdf', 'jpeg', 'png', 'tiff', 'webp', 'bmp', 'heic', 'docx', 'xlsx', 'doc', 'xls', 'ppt', 'ofd', 'txt', 'unknown'];
const evidenceKinds: readonly EvidenceKind[] = ['official-document', 'data-table', 'report', 'photo', 'web-capture', 'certificate'];

export const fileKindOf = (row: Row): FileKind => oneOf(row, 'file_kind', fileKinds);

const isPhotoFacts = (value: unknown): value is PhotoFacts =>
  isRecord(value) && ['time', 'place', 'people', 'subject', 'background', 'occasion'].every((name) => typeof value[name] === 'string');
const isSuggestions = (value: unknown): value is readonly Suggestion[] =>
  Array.isArray(value) && value.every((item) => isRecord(item) && typeof item['code'] === 'string' && typeof item['score'] === 'number' && Array.isArray(item['words']));

const FACTS =
  'id, sha256, file_name, file_kind, bytes, pages, kind, title, title_made, document_number, issuer, date, secrecy, retention, original, original_place, draft, sealed, confirmed, valid_until, integrity, has_personal_id, photo_facts, image_pixels';
/** 1 where a person said of an item that it bears no seal. The text is searched first: hardly any row then needs to be parsed. */
const SEAL_STATED = `(sealed = 0 AND instr(details, '"sealed"') > 0 AND EXISTS (SELECT 1 FROM json_each(details, '$.typed') WHERE value = 'sealed')) AS seal_stated`;
const SELECT = `SELECT e.*, ${SEAL_STATED}, (SELECT count(*) FROM proof_marks m WHERE m.evidence_id = e.id) AS proof_marks FROM evidence e`;

const toFacts = (row: Row, proofMarks: number): EvidenceFacts => ({
  id: evidenceId(text(row, 'id')),
  sha256: asSha256(text(row, 'sha256')),
  fileName: text(row, 'file_name'),
  fileKind: fileKindOf(row),
  bytes: number(row, 'bytes'),
  pages: number(row, 'pages'),
  kind: row['kind'] === null ? null : oneOf(row, 'kind', evidenceKinds),
  title: text(row, 'title'),
  titleMade: flag(row, 'title_made'),
  documentNumber: text(row, 'document_number'),
  issuer: text(row, 'issuer'),
  date: text(row, 'date'),
  secrecy: text(row, 'secrecy'),
  retention: oneOf(row, 'retention', ['', '永久', '30年', '10年']),
  original: oneOf(row, 'original', ['original', 'copy', '']),
  originalPlace: text(row, 'original_place'),
  draft: flag(row, 'draft'),
  sealed: flag(row, 'sealed'),
  ...(flag(row, 'seal_stated') ? { sealStated: true as const } : {}),
  confirmed: flag(row, 'confirmed'),
  validUntil: text(row, 'valid_until'),
  integrity: oneOf(row, 'integrity', ['ok', 'changed', 'unreadable', 'encrypted']),
  hasPersonalId: flag(row, 'has_personal_id'),
  photoFacts: row['photo_facts'] === null ? null : json(row, 'photo_facts', isPhotoFacts),
  imagePixels: numberOrNull(row, 'image_pixels'),
  proofMarks,
});

const toRecord = (row: Row): EvidenceRecord => ({
  ...toFacts(row, number(row, 'proof_marks')),
  suggestions: json(row, 'suggestions', isSuggestions),
  details: json(row, 'details', isRecord),
  boundFile: text(row, 'bound_file'),
  boundNote: text(row, 'bound_note'),
  source: text(row, 'source'),
  importedAt: text(row, 'imported_at'),
  importBatch: numberOrNull(row, 'import_batch'),
  trashedAt: textOrNull(row, 'trashed_at'),
});

const bit = (value: boolean): number => (value ? 1 : 0);

const searchText = (item: Pick<EvidenceFacts, 'title' | 'documentNumber' | 'issuer' | 'fileName'>): string =>
  [item.title, item.documentNumber, item.issuer, item.fileName].map(normalizeForSearch).join('\n');

/** `search_text` of a row as it lies in the table, for one who writes rows as they come. */
export const searchTextOfRow = (cells: PlainCells): string =>
  searchText({ title: String(cells['title'] ?? ''), documentNumber: String(cells['document_number'] ?? ''), issuer: String(cells['issuer'] ?? ''), fileName: String(cells['file_name'] ?? '') });

/** Columns for the fields that are given. */
const toCells = (item: EvidenceChange & { readonly sha256?: Sha256 }): PlainCells => {
  const cells: Record<string, PlainCell | undefined> = {
    sha256: item.sha256,
    file_name: item.fileName,
    file_kind: item.fileKind,
    bytes: item.bytes,
    pages: item.pages,
    kind: item.kind,
    title: item.title,
    title_made: item.titleMade === undefined ? undefined : bit(item.titleMade),
    document_number: item.documentNumber,
    issuer: item.issuer,
    date: item.date,
    secrecy: item.secrecy,
    retention: item.retention,
    original: item.original,
    original_place: item.originalPlace,
    draft: item.draft === undefined ? undefined : bit(item.draft),
    sealed: item.sealed === undefined ? undefined : bit(item.sealed),
    confirmed: item.confirmed === undefined ? undefined : bit(item.confirmed),
    valid_until: item.validUntil,
    integrity: item.integrity,
    has_personal_id: item.hasPersonalId === undefined ? undefined : bit(item.hasPersonalId),
    photo_facts: item.photoFacts === undefined ? undefined : item.photoFacts === null ? null : JSON.stringify(item.photoFacts),
    image_pixels: item.imagePixels,
    suggestions: item.suggestions === undefined ? undefined : JSON.stringify(item.suggestions),
    details: item.details === undefined ? undefined : JSON.stringify(item.details),
    bound_file: item.boundFile,
    bound_note: item.boundNote,
    source: item.source,
  };
  const given: Record<string, PlainCell> = {};
  for (const [column, cell] of Object.entries(cells)) if (cell !== undefined) given[column] = cell;
  return given;
};

const unknownFacts = {
  kind: null, titleMade: false, documentNumber: '', issuer: '', date: '', secrecy: '', retention: '', original: '', originalPlace: '', draft: false, sealed: false,
  confirmed: false, validUntil: '', integrity: 'ok', hasPersonalId: false, photoFacts: null, imagePixels: null, suggestions: [], details: {}, boundFile: '',
  boundNote: '', source: '',
} as const satisfies EvidenceChange;

/** An identity that is unique across archives, so that packs can be merged. */
export const makeEvidenceId = (): EvidenceId => evidenceId(`e${randomBytes(9).toString('hex')}`);

/** Adds an item whose object was stored before; answers its identity. */
export const addEvidence = (tx: Tx, item: NewEvidence): EvidenceId => {
  const id = item.id ?? makeEvidenceId();
  const whole = { ...unknownFacts, ...item };
  tx.insert('add-evidence', 'evidence', {
    id,
    ...toCells(whole),
    imported_at: tx.now,
    import_batch: item.importBatch ?? null,
    trashed_at: null,
    search_text: searchText(whole),
  });
  return id;
};

/** Changes fields of an item; false where nothing differed. Throws on an unknown id: look it up first. */
export const changeEvidence = (tx: Tx, id: EvidenceId, change: EvidenceChange): boolean => {
  const before = getEvidence(tx, id);
  if (before === null) throw new Error(`no evidence ${id}`);
  return tx.update('change-evidence', 'evidence', [id], { ...toCells(change), search_text: searchText({ ...before, ...change }) });
};

export interface NewFile extends Pick<EvidenceFacts, 'sha256' | 'fileName' | 'fileKind' | 'bytes' | 'pages'> {
  readonly reason: string;
}

/** Puts another file in an item's place; the file before is kept as a revision. */
export const replaceEvidenceFile = (tx: Tx, id: EvidenceId, file: NewFile): void => {
  const before = getEvidence(tx, id);
  if (before === null) throw new Error(`no evidence ${id}`);
  tx.insert('replace-file', 'revision', {
    evidence_id: id,
    number: listRevisions(tx, id).length + 1,
    sha256: before.sha256,
    file_name: before.fileName,
    file_kind: before.fileKind,
    bytes: before.bytes,
    pages: before.pages,
    replaced_at: tx.now,
    replaced_by: tx.actor,
    reason: file.reason,
  });
  const { reason: _reason, ...facts } = file;
  const change = { ...facts, integrity: 'ok', boundFile: '', boundNote: '' } as const;
  tx.update('replace-file', 'evidence', [id], { ...toCells(change), search_text: searchText({ ...before, ...facts }) });
};

/** A file that an item had before. */
export interface Revision {
  readonly number: number;
  readonly sha256: Sha256;
  readonly fileName: string;
  readonly fileKind: FileKind;
  readonly bytes: number;
  readonly pages: number;
  readonly replacedAt: string;
  readonly replacedBy: string;
  readonly reason: string;
}

export const listRevisions = (db: ReadableDb, id: EvidenceId): readonly Revision[] =>
  db.all('SELECT * FROM revisions WHERE evidence_id = ? ORDER BY number', id).map((row) => ({
    number: number(row, 'number'),
    sha256: asSha256(text(row, 'sha256')),
    fileName: text(row, 'file_name'),
    fileKind: oneOf(row, 'file_kind', fileKinds),
    bytes: number(row, 'bytes'),
    pages: number(row, 'pages'),
    replacedAt: text(row, 'replaced_at'),
    replacedBy: text(row, 'replaced_by'),
    reason: text(row, 'reason'),
  }));

/** `unlinked` and `unconfirmed` leave out what is in 回收站. */
export type EvidenceFilter = 'all' | 'unlinked' | 'unconfirmed' | 'trash';

export const evidenceConditions: Readonly<Record<EvidenceFilter, string>> = {
  all: 'e.trashed_at IS NULL',
  unlinked: 'e.trashed_at IS NULL AND NOT EXISTS (SELECT 1 FROM links l WHERE l.evidence_id = e.id)',
  unconfirmed: 'e.trashed_at IS NULL AND e.confirmed = 0',
  trash: 'e.trashed_at IS NOT NULL',
};

/** Items in the order of import; `words` narrows to those whose title, 文号, issuer or file name has them. */
export const listEvidence = (db: ReadableDb, filter: EvidenceFilter = 'all', words = ''): readonly EvidenceRecord[] => {
  const needle = normalizeForSearch(words);
  const order = 'ORDER BY e.imported_at, e.rowid';
  const rows =
    needle === ''
      ? db.all(`${SELECT} WHERE ${evidenceConditions[filter]} ${order}`)
      : db.all(`${SELECT} WHERE ${evidenceConditions[filter]} AND instr(e.search_text, ?) > 0 ${order}`, needle);
  return rows.map(toRecord);
};

/** Rows that become facts in one step. */
const ROWS_IN_A_STEP = 500;

/** The same without what only the archive keeps about an item: half the work for ten thousand of them. */
export const listEvidenceFacts = (db: ReadableDb): readonly EvidenceFacts[] => finish(listEvidenceFactsSteps(db));

/** The same step by step. */
export function* listEvidenceFactsSteps(db: ReadableDb): Steps<readonly EvidenceFacts[]> {
  const marks = new Map(db.all('SELECT evidence_id, count(*) AS proof_marks FROM proof_marks GROUP BY evidence_id').map((row) => [text(row, 'evidence_id'), number(row, 'proof_marks')]));
  const rows = db.all(`SELECT ${FACTS}, ${SEAL_STATED} FROM evidence e WHERE ${evidenceConditions.all} ORDER BY e.imported_at, e.rowid`);
  yield;
  const facts: EvidenceFacts[] = [];
  for (const row of rows) {
    facts.push(toFacts(row, marks.get(text(row, 'id')) ?? 0));
    if (facts.length % ROWS_IN_A_STEP === 0) yield;
  }
  return facts;
}

/** The item, also from 回收站; null where there is none. */
export const getEvidence = (db: ReadableDb, id: EvidenceId): EvidenceRecord | null => {
  const row = db.get(`${SELECT} WHERE e.id = ?`, id);
  return row === undefined ? null : toRecord(row);
};

/** Items with exactly these bytes, those in 回收站 included. */
export const findEvidenceBySha256 = (db: ReadableDb, sha: Sha256): readonly EvidenceRecord[] =>
  db.all(`${SELECT} WHERE e.sha256 = ? ORDER BY e.rowid`, sha).map(toRecord);

/**
 * Red lines under a proving passage, drawn in the bound copy only, each the stroke itself. On PDF pages in user space
 * (points, before /Rotate); on pictures in parts of their upright width and height from the upper left.
 */
export interface ProofMark {
  readonly id: string;
  readonly evidenceId: EvidenceId;
  /** From 1. */
  readonly page: number;
  readonly lines: readonly { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }[];
  readonly note: string;
}

const isLines = (value: unknown): value is ProofMark['lines'] =>
  Array.isArray(value) && value.every((line) => isRecord(line) && ['x1', 'y1', 'x2', 'y2'].every((name) => typeof line[name] === 'number'));

/** Marks of one item, or of all. */
export const listProofMarks = (db: ReadableDb, id: EvidenceId | null = null): readonly ProofMark[] =>
  (id === null ? db.all('SELECT * FROM proof_marks ORDER BY evidence_id, page, rowid') : db.all('SELECT * FROM proof_marks WHERE evidence_id = ? ORDER BY page, rowid', id)).map((row) => ({
    id: text(row, 'id'),
    evidenceId: evidenceId(text(row, 'evidence_id')),
    page: number(row, 'page'),
    lines: json(row, 'body', isLines),
    note: text(row, 'note'),
  }));

export const addProofMark = (tx: Tx, mark: Omit<ProofMark, 'id'>): string => {
  const id = `m${randomBytes(9).toString('hex')}`;
  tx.insert('add-proof-mark', 'proof-mark', { id, evidence_id: mark.evidenceId, page: mark.page, body: JSON.stringify(mark.lines), note: mark.note });
  return id;
};

export const removeProofMark = (tx: Tx, id: string): boolean => tx.remove('remove-proof-mark', 'proof-mark', [id]);
