import { createHash } from 'node:crypto';
import { getConflict, listConflicts, parseRowKey, putConflict, replaceEvidenceFile, closeConflict, recordedTables, searchTextOfRow, wholeRow } from '../archive/index.ts';
import type { Conflict, PlainCell, PlainCells, RecordedTable, Tx } from '../archive/index.ts';
import { evidenceId, sha256 } from '../domain/ids.ts';
import type { FileKind } from '../domain/snapshot.ts';
import { isMergedKind, mergeKindOf, pickCells, sameCells } from './merge-fields.ts';
import type { MergedKind } from './merge-fields.ts';
import type { MergePlan, RowConflict, RowWrite } from './merge-rows.ts';

/** What a merge did, for its receipt. */
export interface MergeCounts {
  readonly items: number;
  readonly links: number;
  readonly values: number;
  readonly texts: number;
  /** Answers to situations, certificates, signatures, due dates and the like. */
  readonly others: number;
  readonly removed: number;
  readonly conflicts: number;
}

/** Columns that name an item, by kind; a row that cannot do without it is left out where the item is gone. */
const references: Partial<Record<MergedKind, string>> = { value: 'source_evidence', declaration: 'certificate', certificate: 'evidence_id', 'proof-mark': 'evidence_id' };

const currentRow = (tx: Tx, kind: MergedKind, key: readonly PlainCell[]): PlainCells | null => {
  const shape: RecordedTable = recordedTables[kind];
  const row = tx.get(`SELECT * FROM ${shape.table} WHERE ${shape.key.map((column) => `${column} = ?`).join(' AND ')}`, ...key);
  if (row === undefined) return null;
  return Object.fromEntries(
    shape.columns.map((column) => {
      const cell = row[column];
      return [column, typeof cell === 'string' || typeof cell === 'number' ? cell : null];
    }),
  );
};

const hasItem = (tx: Tx, id: PlainCell): boolean => typeof id === 'string' && tx.get('SELECT 1 FROM evidence WHERE id = ?', id) !== undefined;

/** Cells with the name of an item that is not there taken out; null where the row means nothing without it. */
const withoutGoneItems = (tx: Tx, kind: MergedKind, key: readonly PlainCell[], cells: PlainCells): PlainCells | null => {
  if ((kind === 'link' || kind === 'revision') && !hasItem(tx, key[0] ?? null)) return null;
  const column = references[kind];
  const named = column === undefined ? null : (cells[column] ?? null);
  if (column === undefined || named === null || hasItem(tx, named)) return cells;
  if (kind === 'proof-mark') return null;
  return { ...cells, [column]: null, ...(kind === 'value' ? { source_page: null } : {}) };
};

const withSearchText = (kind: MergedKind, cells: PlainCells): PlainCells => (kind === 'evidence' ? { ...cells, search_text: searchTextOfRow(cells) } : cells);

const insertRow = (tx: Tx, verb: string, kind: MergedKind, key: string, cells: PlainCells): boolean => {
  const sound = withoutGoneItems(tx, kind, parseRowKey(key), cells);
  if (sound === null) return false;
  tx.insert(verb, kind, wholeRow(kind, key, withSearchText(kind, { ...mergeKindOf(kind).local, ...sound })));
  return true;
};

const updateRow = (tx: Tx, verb: string, kind: MergedKind, key: string, cells: PlainCells): boolean => {
  const parts = parseRowKey(key);
  const sound = withoutGoneItems(tx, kind, parts, cells);
  if (sound === null) return false;
  const change = kind === 'evidence' ? { ...sound, ...('sha256' in sound ? { integrity: 'ok' } : {}), search_text: searchTextOfRow({ ...currentRow(tx, kind, parts), ...sound }) } : sound;
  return tx.update(verb, kind, parts, change);
};

/** Items before what names them, and what names them goes before they do. */
const inWritableOrder = (writes: readonly RowWrite[]): readonly RowWrite[] => [...writes.filter((write) => write.kind === 'evidence'), ...writes.filter((write) => write.kind !== 'evidence')];

const isText = new Set<MergedKind>(['report', 'review-finding']);

/** One name for a collision, so that it is found again when the same side comes back with it. */
const conflictId = (side: string, { kind, key, field }: Pick<RowConflict, 'kind' | 'key' | 'field'>): string => `c${createHash('sha256').update(JSON.stringify([side, kind, key, field])).digest('hex').slice(0, 24)}`;

/** Writes a merge's plan in the running transaction. `side` names who the other side is (a unit, or another workstation). */
export const applyMerge = (tx: Tx, plan: MergePlan, from: { readonly pack: string; readonly unit: string; readonly side: string }): MergeCounts => {
  const counts = { items: 0, links: 0, values: 0, texts: 0, others: 0, removed: 0, conflicts: plan.conflicts.length };
  const count = (kind: MergedKind): void => {
    if (kind === 'evidence') counts.items += 1;
    else if (kind === 'link') counts.links += 1;
    else if (kind === 'value') counts.values += 1;
    else if (isText.has(kind)) counts.texts += 1;
    else counts.others += 1;
  };
  for (const write of inWritableOrder(plan.writes)) {
    if (write.op === 'remove') {
      if (tx.remove('merge', write.kind, parseRowKey(write.key))) counts.removed += 1;
    } else if (write.op === 'insert' ? insertRow(tx, 'merge', write.kind, write.key, write.cells) : updateRow(tx, 'merge', write.kind, write.key, write.cells)) count(write.kind);
  }
  for (const conflict of plan.conflicts) {
    const theirFile = conflict.kind === 'evidence' ? conflict.theirs?.['sha256'] : undefined;
    putConflict(tx, {
      id: conflictId(from.side, conflict),
      pack: from.pack,
      unit: from.unit,
      rowKind: conflict.kind,
      rowKey: conflict.key,
      field: conflict.field,
      base: conflict.base,
      ours: conflict.ours,
      theirs: conflict.theirs,
      sha256: typeof theirFile === 'string' ? theirFile : '',
    });
  }
  closeSettled(tx);
  return counts;
};

/** Conflicts that need no one any more: the row says by now what the other side said. */
const closeSettled = (tx: Tx): void => {
  for (const conflict of listConflicts(tx)) {
    if (!isMergedKind(conflict.rowKind)) continue;
    const current = currentRow(tx, conflict.rowKind, parseRowKey(conflict.rowKey));
    const settled = conflict.theirs === null ? current === null : current !== null && sameCells(current, conflict.theirs, Object.keys(conflict.theirs));
    if (settled) closeConflict(tx, conflict.id, 'theirs');
  }
};

/** Objects that a state needs: of its items and of their earlier files. */
export const objectsOf = (rows: ReadonlyMap<string, ReadonlyMap<string, PlainCells>>): ReadonlyMap<string, number> => {
  const wanted = new Map<string, number>();
  for (const kind of ['evidence', 'revision']) for (const row of rows.get(kind)?.values() ?? []) wanted.set(String(row['sha256']), Number(row['bytes']));
  return wanted;
};

export type DecideTrouble = 'conflict-unknown' | 'conflict-decided';

/**
 * Carries out a person's decision. `ours` leaves the row as it is now; `theirs` writes their cells, keeping the file that was ours as an
 * earlier one. Answers null when done.
 */
export const decideConflict = (tx: Tx, id: string, choice: 'ours' | 'theirs'): DecideTrouble | null => {
  const conflict = getConflict(tx, id);
  if (conflict === null || !isMergedKind(conflict.rowKind)) return 'conflict-unknown';
  if (conflict.state !== 'open') return 'conflict-decided';
  if (choice === 'theirs') takeTheirs(tx, conflict, conflict.rowKind);
  closeConflict(tx, id, choice);
  return null;
};

const takeTheirs = (tx: Tx, { rowKey: key, field, theirs }: Conflict, kind: MergedKind): void => {
  const parts = parseRowKey(key);
  const current = currentRow(tx, kind, parts);
  if (theirs === null) {
    if (current !== null) tx.remove('decide-conflict', kind, parts);
    return;
  }
  if (current === null) {
    // The row is gone here in the meantime: a single field cannot stand alone.
    if (field === '*') insertRow(tx, 'decide-conflict', kind, key, theirs);
    return;
  }
  if (kind === 'evidence' && field === 'file') {
    const id = evidenceId(String(parts[0]));
    replaceEvidenceFile(tx, id, {
      sha256: sha256(String(theirs['sha256'])),
      fileName: String(theirs['file_name']),
      fileKind: fileKindOf(theirs['file_kind']),
      bytes: Number(theirs['bytes']),
      pages: Number(theirs['pages']),
      reason: '采用报送的文件',
    });
    updateRow(tx, 'decide-conflict', kind, key, pickCells(theirs, ['image_pixels', 'bound_file', 'bound_note']));
    return;
  }
  updateRow(tx, 'decide-conflict', kind, key, theirs);
};

const kinds: readonly FileKind[] = ['pdf', 'jpeg', 'png', 'tiff', 'webp', 'bmp', 'heic', 'docx', 'xlsx', 'doc', 'xls', 'ppt', 'ofd', 'txt', 'unknown'];
const fileKindOf = (cell: PlainCell | undefined): FileKind => kinds.find((known) => known === cell) ?? 'unknown';

