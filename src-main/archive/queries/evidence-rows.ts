import type { FileKind } from '../../domain/snapshot.ts';
import type { ReadableDb, Row } from '../database.ts';
import { flag, isRecord, json, number, text } from '../rows.ts';
import { evidenceConditions, fileKindOf } from './evidence.ts';
import type { EvidenceFilter } from './evidence.ts';

/** What a list of thousands shows of an item, and no more. */
export interface EvidenceRow {
  readonly id: string;
  readonly title: string;
  readonly fileKind: FileKind;
  readonly pages: number;
  readonly date: string;
  readonly confirmed: boolean;
  /** Indicators it is linked to, each once. */
  readonly indicators: readonly string[];
  /** The best proposals, best first, two at most. */
  readonly proposals: readonly { readonly code: string; readonly score: number }[];
}

const isProposals = (value: unknown): value is readonly { readonly code: string; readonly score: number }[] =>
  Array.isArray(value) && value.every((item) => isRecord(item) && typeof item['code'] === 'string' && typeof item['score'] === 'number');

const toRow = (row: Row): EvidenceRow => ({
  id: text(row, 'id'),
  title: text(row, 'title') === '' ? text(row, 'file_name') : text(row, 'title'),
  fileKind: fileKindOf(row),
  pages: number(row, 'pages'),
  date: text(row, 'date'),
  confirmed: flag(row, 'confirmed'),
  indicators: text(row, 'indicators') === '' ? [] : text(row, 'indicators').split(','),
  proposals: json(row, 'suggestions', isProposals).slice(0, 2).map(({ code, score }) => ({ code, score })),
});

/** Items in the order of import, light enough for ten thousand at once. */
export const listEvidenceRows = (db: ReadableDb, filter: EvidenceFilter): readonly EvidenceRow[] =>
  db
    .all(
      `SELECT e.id, e.title, e.file_name, e.file_kind, e.pages, e.date, e.confirmed, e.suggestions,
        coalesce((SELECT group_concat(DISTINCT l.indicator) FROM links l WHERE l.evidence_id = e.id), '') AS indicators
       FROM evidence e WHERE ${evidenceConditions[filter]} ORDER BY e.imported_at, e.rowid`,
    )
    .map(toRow);
