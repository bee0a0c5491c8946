import type { PlainCell, PlainCells, SubjectKind } from '../archive/index.ts';

/**
 * What happens where both sides changed a field to different things. `ask`: a person decides. The others need no one, and give the same
 * answer in whatever order packs arrive: `least` and `most` compare the cells, `latest` takes the furthest word of an order.
 */
export type Collision = 'ask' | 'least' | 'most' | { readonly latest: readonly string[] };

/** Columns that mean something only together, and so are taken together. */
export interface MergeField {
  readonly name: string;
  readonly columns: readonly string[];
  readonly collision: Collision;
  /** May come from a unit's pack; the rest of the row is what the office keeps. */
  readonly unit: boolean;
}

export interface MergeKind {
  readonly fields: readonly MergeField[];
  /** Columns that each archive fills for itself; these cells are given to a row that comes in. */
  readonly local: PlainCells;
  /** A unit's pack may add and remove such rows, not only change fields of them. */
  readonly unit: boolean;
}

const field = (name: string, columns: readonly string[], collision: Collision = 'ask', unit = true): MergeField => ({ name, columns, collision, unit });
const own = (name: string, columns: readonly string[], collision: Collision = 'ask'): MergeField => field(name, columns, collision, false);
const cells = (columns: readonly string[]): readonly MergeField[] => columns.map((column) => field(column, [column]));

/**
 * How the rows of each kind are merged. What is not listed stays where it is: exports are numbered by each archive for itself, and packs
 * and conflicts are its own diary.
 */
export const mergeKinds = {
  application: { fields: ['title', 'applicant', 'fonds_code', 'fonds_name', 'note'].map((column) => own(column, [column])), local: {}, unit: false },
  catalog: { fields: [own('body', ['body'])], local: {}, unit: false },
  group: { fields: [own('body', ['body']), own('position', ['position'], 'least')], local: {}, unit: false },
  indicator: { fields: [own('body', ['group_code', 'body']), own('position', ['position'], 'least')], local: {}, unit: false },
  unit: { fields: [own('body', ['body']), own('position', ['position'], 'least')], local: {}, unit: false },
  'unit-task': { fields: [...cells(['contact', 'phone', 'note']), own('due', ['due'])], local: {}, unit: false },
  evidence: {
    fields: [
      field('file', ['sha256', 'file_name', 'file_kind', 'bytes', 'pages', 'image_pixels', 'bound_file', 'bound_note']),
      field('title', ['title', 'title_made']),
      ...cells(['kind', 'document_number', 'issuer', 'date', 'secrecy', 'retention', 'valid_until', 'photo_facts']),
      field('original', ['original', 'original_place']),
      ...cells(['draft', 'sealed']),
      field('confirmed', ['confirmed'], 'most'),
      // What the program found by itself, and can find again.
      field('found', ['has_personal_id', 'details', 'suggestions', 'source'], 'least'),
      field('imported_at', ['imported_at'], 'least'),
      // Nothing sorts before a time: what one side took out and the other put back stays.
      field('trashed_at', ['trashed_at'], 'least'),
    ],
    local: { integrity: 'ok', import_batch: null, search_text: '' },
    unit: true,
  },
  revision: { fields: [field('row', ['sha256', 'file_name', 'file_kind', 'bytes', 'pages', 'replaced_at', 'replaced_by', 'reason'], 'least')], local: {}, unit: true },
  'proof-mark': { fields: [field('mark', ['evidence_id', 'page', 'body', 'note'])], local: {}, unit: true },
  link: { fields: [field('position', ['position'], 'least'), field('note', ['note'])], local: {}, unit: true },
  value: { fields: [field('value', ['value', 'unit', 'numerator', 'denominator']), field('source', ['source_evidence', 'source_page']), field('note', ['note'])], local: {}, unit: true },
  report: { fields: [field('text', ['body', 'citations'])], local: {}, unit: true },
  declaration: { fields: [field('answer', ['answer', 'signed_by']), field('certificate', ['certificate'])], local: {}, unit: true },
  certificate: {
    fields: [
      field('state', ['state'], { latest: ['needed', 'printed', 'sent', 'returned'] }),
      field('evidence', ['evidence_id']),
      field('printed_at', ['printed_at'], 'most'),
      field('returned_at', ['returned_at'], 'most'),
      field('note', ['note']),
    ],
    local: {},
    unit: true,
  },
  'sign-off': { fields: [field('signed', ['kind', 'by_name']), field('at', ['at'], 'least')], local: {}, unit: true },
  ruling: { fields: [own('verdict', ['verdict', 'reason', 'by_name']), own('at', ['at'], 'least')], local: {}, unit: false },
  waiver: { fields: [own('reason', ['reason', 'by_name']), own('at', ['at'], 'least')], local: {}, unit: false },
  'review-round': { fields: [own('name', ['name']), own('opened_at', ['opened_at'], 'least'), own('closed_at', ['closed_at'], 'most'), own('note', ['note'])], local: {}, unit: false },
  'review-finding': {
    fields: [
      own('finding', ['round', 'indicator', 'body', 'raised_by', 'raised_at']),
      own('assignment', ['assigned_to', 'due']),
      field('answer', ['answer', 'answer_evidence', 'answered_by', 'answered_at']),
      field('state', ['state'], { latest: ['open', 'assigned', 'answered', 'closed'] }),
      own('closed', ['closed_by', 'closed_at'], 'most'),
    ],
    local: {},
    unit: false,
  },
  setting: { fields: [own('body', ['body'])], local: {}, unit: false },
} as const satisfies Partial<Record<SubjectKind, MergeKind>>;

export type MergedKind = keyof typeof mergeKinds;

export const isMergedKind = (name: string): name is MergedKind => Object.hasOwn(mergeKinds, name);
export const mergedKinds: readonly MergedKind[] = Object.keys(mergeKinds).filter(isMergedKind);
export const mergeKindOf = (kind: MergedKind): MergeKind => mergeKinds[kind];

export const pickCells = (row: PlainCells, columns: readonly string[]): PlainCells => Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
export const sameCells = (one: PlainCells, other: PlainCells, columns: readonly string[]): boolean => columns.every((column) => (one[column] ?? null) === (other[column] ?? null));

const rank = (cell: PlainCell): number => (cell === null ? 0 : typeof cell === 'number' ? 1 : 2);

/** A total order over cells: nothing, then numbers, then texts by code unit. */
const compareCells = (one: PlainCell, other: PlainCell): number => {
  if (one === other) return 0;
  if (rank(one) !== rank(other)) return rank(one) - rank(other);
  return one !== null && other !== null && one < other ? -1 : 1;
};

/** Negative where `one` comes first, column by column. */
export const compareFields = (one: PlainCells, other: PlainCells, columns: readonly string[]): number => {
  for (const column of columns) {
    const order = compareCells(one[column] ?? null, other[column] ?? null);
    if (order !== 0) return order;
  }
  return 0;
};
