/**
 * Tables whose every change is an event that can be undone, by the subject kind that events name. A row's key columns come first.
 */
export const recordedTables = {
  application: { table: 'application', key: ['id'], columns: ['archive_id', 'title', 'applicant', 'fonds_code', 'fonds_name', 'note', 'created_at'] },
  catalog: { table: 'catalog_head', key: ['id'], columns: ['body'] },
  group: { table: 'indicator_groups', key: ['code'], columns: ['position', 'body'] },
  indicator: { table: 'indicators', key: ['code'], columns: ['group_code', 'position', 'body'] },
  unit: { table: 'units', key: ['name'], columns: ['position', 'body'] },
  'unit-task': { table: 'unit_tasks', key: ['unit', 'indicator'], columns: ['contact', 'phone', 'due', 'note'] },
  evidence: {
    table: 'evidence',
    key: ['id'],
    columns: [
      'sha256', 'file_name', 'file_kind', 'bytes', 'pages', 'kind', 'title', 'title_made', 'document_number', 'issuer', 'date', 'secrecy', 'retention',
      'original', 'original_place', 'draft', 'sealed', 'confirmed', 'valid_until', 'integrity', 'has_personal_id', 'photo_facts', 'image_pixels',
      'details', 'suggestions', 'bound_file', 'bound_note', 'source', 'imported_at', 'import_batch', 'trashed_at', 'search_text',
    ],
  },
  revision: {
    table: 'revisions',
    key: ['evidence_id', 'number'],
    columns: ['sha256', 'file_name', 'file_kind', 'bytes', 'pages', 'replaced_at', 'replaced_by', 'reason'],
  },
  'proof-mark': { table: 'proof_marks', key: ['id'], columns: ['evidence_id', 'page', 'body', 'note'] },
  link: { table: 'links', key: ['evidence_id', 'indicator', 'year', 'requirement'], columns: ['position', 'note'] },
  value: {
    table: 'indicator_values',
    key: ['indicator', 'year'],
    columns: ['value', 'unit', 'numerator', 'denominator', 'source_evidence', 'source_page', 'note'],
  },
  report: { table: 'reports', key: ['indicator'], columns: ['body', 'citations'] },
  declaration: { table: 'declarations', key: ['indicator', 'number'], columns: ['answer', 'signed_by', 'certificate'] },
  certificate: { table: 'certificates', key: ['indicator', 'number', 'unit'], columns: ['state', 'evidence_id', 'printed_at', 'returned_at', 'note'] },
  'sign-off': { table: 'sign_offs', key: ['indicator', 'unit'], columns: ['kind', 'by_name', 'at'] },
  ruling: { table: 'rulings', key: ['indicator', 'year'], columns: ['verdict', 'reason', 'by_name', 'at'] },
  waiver: { table: 'waivers', key: ['rule', 'indicator', 'evidence_id'], columns: ['reason', 'by_name', 'at'] },
  'review-round': { table: 'review_rounds', key: ['number'], columns: ['name', 'opened_at', 'closed_at', 'note'] },
  'review-finding': {
    table: 'review_findings',
    key: ['id'],
    columns: [
      'round', 'indicator', 'body', 'raised_by', 'raised_at', 'assigned_to', 'due', 'state', 'answer', 'answer_evidence', 'answered_by', 'answered_at',
      'closed_by', 'closed_at',
    ],
  },
  export: { table: 'exports', key: ['version'], columns: ['at', 'actor', 'draft', 'pages', 'plan', 'manifest', 'note'] },
  'paper-file': {
    table: 'paper_files',
    key: ['role', 'kind', 'scope', 'number'],
    columns: ['sha256', 'file_name', 'file_kind', 'bytes', 'bound_sha256', 'bound_bytes', 'pages', 'bound_note', 'facts', 'note', 'at', 'by_name', 'withdrawn_at'],
  },
  setting: { table: 'settings', key: ['name'], columns: ['body'] },
  'pack-out': { table: 'packs_out', key: ['id'], columns: ['kind', 'unit', 'at', 'actor', 'due', 'items', 'bytes', 'digest', 'file_name', 'note'] },
  'pack-in': { table: 'packs_in', key: ['id'], columns: ['kind', 'unit', 'at', 'actor', 'sender', 'digest', 'file_name', 'head_seq', 'head_hash', 'summary'] },
  conflict: {
    table: 'conflicts',
    key: ['id'],
    columns: ['pack', 'unit', 'row_kind', 'row_key', 'field', 'base', 'ours', 'theirs', 'at', 'state', 'decided_by', 'decided_at', 'sha256', 'seen'],
  },
  'field-history': { table: 'field_histories', key: ['row_kind', 'row_key'], columns: ['body'] },
} as const satisfies Record<string, RecordedTable>;

export interface RecordedTable {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

export type SubjectKind = keyof typeof recordedTables;

export const isSubjectKind = (name: string): name is SubjectKind => Object.hasOwn(recordedTables, name);
