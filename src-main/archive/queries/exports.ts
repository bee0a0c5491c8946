import type { BoundVolumeFacts } from '../../domain/snapshot.ts';
import type { VolumePlan } from '../../domain/volume-plan.ts';
import type { ReadableDb, Row } from '../database.ts';
import { flag, isRecord, json, number, text } from '../rows.ts';
import type { Tx } from '../transaction.ts';

/** One file of an export, its path relative to the export's folder. */
export interface ExportedFile {
  readonly path: string;
  readonly kind: string;
  readonly pages: number;
  readonly bytes: number;
  readonly sha256: string;
  /** What decided its bytes, where that can be told: a later export with the same takes the file over. */
  readonly identity?: string;
}

/** What `exports/vNNN/` holds; the same JSON lies there as `manifest.json`. */
export interface ExportManifest {
  readonly schema: 1;
  readonly version: number;
  readonly files: readonly ExportedFile[];
  /** The volumes as they were numbered, indexed and closed. */
  readonly bound?: readonly BoundVolumeFacts[];
}

export interface ExportRecord {
  /** From 1; its folder is `exports/v001`. */
  readonly version: number;
  readonly at: string;
  readonly actor: string;
  readonly draft: boolean;
  /** Numbered pages of all volumes. */
  readonly pages: number;
  readonly plan: VolumePlan;
  readonly manifest: ExportManifest;
  readonly note: string;
}

const isPlan = (value: unknown): value is VolumePlan => isRecord(value) && Array.isArray(value['volumes']);
const isFile = (value: unknown): value is ExportedFile =>
  isRecord(value) && typeof value['path'] === 'string' && typeof value['sha256'] === 'string' && typeof value['bytes'] === 'number';
const isSpan = (value: unknown): boolean => Array.isArray(value) && value.length === 2 && value.every((page) => typeof page === 'number');
const isBound = (value: unknown): boolean =>
  isRecord(value) && typeof value['no'] === 'number' && isRecord(value['closing']) && Array.isArray(value['items']) && value['items'].every((item) => isRecord(item) && typeof item['evidenceId'] === 'string' && isSpan(item['indexed']) && isSpan(item['stamped']));
export const isExportManifest = (value: unknown): value is ExportManifest =>
  isRecord(value) && value['schema'] === 1 && typeof value['version'] === 'number' && Array.isArray(value['files']) && value['files'].every(isFile) && (value['bound'] === undefined || (Array.isArray(value['bound']) && value['bound'].every(isBound)));

const toExport = (row: Row): ExportRecord => ({
  version: number(row, 'version'),
  at: text(row, 'at'),
  actor: text(row, 'actor'),
  draft: flag(row, 'draft'),
  pages: number(row, 'pages'),
  plan: json(row, 'plan', isPlan),
  manifest: json(row, 'manifest', isExportManifest),
  note: text(row, 'note'),
});

/** Every export that was finished, oldest first. */
export const listExports = (db: ReadableDb): readonly ExportRecord[] => db.all('SELECT * FROM exports ORDER BY version').map(toExport);

/** The last one that is no draft, or the last of all; null before the first. */
export const getLastExport = (db: ReadableDb, finalOnly: boolean): ExportRecord | null => {
  const row = db.get(`SELECT * FROM exports ${finalOnly ? 'WHERE draft = 0' : ''} ORDER BY version DESC LIMIT 1`);
  return row === undefined ? null : toExport(row);
};

/** The version that stands printed on the shelf: the last final one, and while there is none the last draft; null before the first. */
export const getPrintedExport = (db: ReadableDb): ExportRecord | null => getLastExport(db, true) ?? getLastExport(db, false);

/** The log's entry that recorded an export: what the archive said then is `readRowStateAt` of it. Null where there is none of that number. */
export const exportEvent = (db: ReadableDb, version: number): number | null => {
  const row = db.get("SELECT max(seq) AS seq FROM events WHERE subject_kind = 'export' AND subject = ?", JSON.stringify([version]));
  return row === undefined || row['seq'] === null ? null : number(row, 'seq');
};

/** Records an export whose folder is complete. Use `transact(…, { undoable: false })`: its files stay. */
export const addExport = (tx: Tx, record: Omit<ExportRecord, 'at' | 'actor'>): void =>
  tx.insert('export', 'export', {
    version: record.version,
    at: tx.now,
    actor: tx.actor,
    draft: record.draft ? 1 : 0,
    pages: record.pages,
    plan: JSON.stringify(record.plan),
    manifest: JSON.stringify(record.manifest),
    note: record.note,
  });
