import { createHash } from 'node:crypto';
import { getConflict, listConflicts, parseRowKey, putConflict, putFieldHistory, replaceEvidenceFile, closeConflict, recordedTables, searchTextOfRow, wholeRow } from '../archive/index.ts';
import type { Conflict, PlainCell, PlainCells, ReadableDb, RecordedTable, Tx } from '../archive/index.ts';
import { evidenceId, sha256 } from '../domain/ids.ts';
import type { FileKind } from '../domain/snapshot.ts';
import { isWithin, nameOfAnswer, seenBy, seenByRow, unite, without } from './field-history.ts';
import type { Added } from './field-history.ts';
import { isMergedKind, mergeKindOf, pickCells, sameCells } from './merge-fields.ts';
import type { MergedKind } from './merge-fields.ts';
import type { MergePlan, RowConflict, RowWrite } from './merge-rows.ts';
import { lastShared, readOrigin, readRowHistory } from './read-histories.ts';
import type { Origin } from './read-histories.ts';

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

const currentRow = (tx: ReadableDb, kind: MergedKind, key: readonly PlainCell[]): PlainCells | null => {
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

/** A word that had to be changed on its way in is a word of ours. */
const asChanged = (kind: MergedKind, added: Added, wanted: PlainCells, sound: PlainCells): Added => {
  const field = mergeKindOf(kind).fields.find((one) => !sameCells(wanted, sound, one.columns));
  if (field === undefined) return added;
  const names = [...(added['*'] ?? []), ...(added[field.name] ?? [])];
  return { ...added, [field.name]: [...(added[field.name] ?? []), nameOfAnswer(new Set(names), pickCells(sound, field.columns))] };
};

const withSearchText = (kind: MergedKind, cells: PlainCells): PlainCells => (kind === 'evidence' ? { ...cells, search_text: searchTextOfRow(cells) } : cells);

/** A row of an archive that is being opened from a pack gains nothing by itself: its history is the pack's. */
const putGain = (tx: Tx, kind: MergedKind, key: string, added: Added): void => {
  if (Object.keys(added).length > 0) putFieldHistory(tx, kind, key, added);
};

/** Puts a row in, or the named cells into it, with what its history gains; false where it means nothing here, or says so already. */
const writeRow = (tx: Tx, verb: string, kind: MergedKind, key: string, cells: PlainCells, added: Added): boolean => {
  const parts = parseRowKey(key);
  const sound = withoutGoneItems(tx, kind, parts, cells);
  if (sound === null) return false;
  putGain(tx, kind, key, asChanged(kind, added, cells, sound));
  const current = currentRow(tx, kind, parts);
  if (current === null) {
    tx.insert(verb, kind, wholeRow(kind, key, withSearchText(kind, { ...mergeKindOf(kind).local, ...sound })));
    return true;
  }
  const change = kind === 'evidence' ? { ...sound, ...('sha256' in sound ? { integrity: 'ok' } : {}), search_text: searchTextOfRow({ ...current, ...sound }) } : sound;
  return tx.update(verb, kind, parts, change);
};

const removeRow = (tx: Tx, verb: string, kind: MergedKind, key: string, added: Added): boolean => {
  putGain(tx, kind, key, added);
  return tx.remove(verb, kind, parseRowKey(key));
};

/** Items before what names them, and what names them goes before they do. */
const inWritableOrder = (writes: readonly RowWrite[]): readonly RowWrite[] => [...writes.filter((write) => write.kind === 'evidence'), ...writes.filter((write) => write.kind !== 'evidence')];

const isText = new Set<MergedKind>(['report', 'review-finding']);

/** Who hands it over. */
export interface MergeSource {
  readonly pack: string;
  readonly unit: string;
}

/** One name for a collision with one word of theirs. */
const conflictId = ({ kind, key, field, seen }: RowConflict): string => `c${createHash('sha256').update(JSON.stringify([kind, key, field, [...seen].sort()])).digest('hex').slice(0, 24)}`;

/** Keeps a collision for a person to decide. One that waits with an older word of theirs is about the newer one from now on. */
const keepConflict = (tx: Tx, conflict: RowConflict, base: PlainCells | null, from: MergeSource): void => {
  const { kind, key, field, ours, theirs, seen } = conflict;
  const waiting = listConflicts(tx).filter((one) => one.rowKind === kind && one.rowKey === key && one.field === field && one.seen !== null);
  if (waiting.some((one) => isWithin(seen, new Set(one.seen)))) return;
  const [older, ...others] = waiting.filter((one) => isWithin(new Set(one.seen), seen));
  for (const other of others) closeConflict(tx, other.id, 'ours');
  const theirFile = kind === 'evidence' ? theirs?.['sha256'] : undefined;
  putConflict(tx, {
    id: older?.id ?? conflictId(conflict), pack: from.pack, unit: from.unit, rowKind: kind, rowKey: key, field, base, ours, theirs, sha256: typeof theirFile === 'string' ? theirFile : '', seen: [...seen],
  });
};

/** Writes a merge's plan in the running transaction. */
export const applyMerge = (tx: Tx, plan: MergePlan, from: MergeSource): MergeCounts => {
  const counts = { items: 0, links: 0, values: 0, texts: 0, others: 0, removed: 0, conflicts: plan.conflicts.length };
  const count = (kind: MergedKind): void => {
    if (kind === 'evidence') counts.items += 1;
    else if (kind === 'link') counts.links += 1;
    else if (kind === 'value') counts.values += 1;
    else if (isText.has(kind)) counts.texts += 1;
    else counts.others += 1;
  };
  const origin = readOrigin(tx);
  const bases = plan.conflicts.map((conflict) => lastShared(tx, origin, conflict, conflict.seen));
  for (const write of inWritableOrder(plan.writes)) {
    const { kind, key, added } = write;
    if (write.op === 'insert' || write.op === 'update') {
      if (writeRow(tx, 'merge', kind, key, write.cells, added)) count(kind);
    } else if (write.op === 'learn') putGain(tx, kind, key, added);
    else if (removeRow(tx, 'merge', kind, key, added)) counts.removed += 1;
  }
  for (const [index, conflict] of plan.conflicts.entries()) keepConflict(tx, conflict, bases[index] ?? null, from);
  closeSettled(tx, origin);
  return counts;
};

/** Closes what needs no one any more: the row has seen their word by another way, or says the same by now. */
const closeSettled = (tx: Tx, origin: Origin | null): void => {
  for (const { id, rowKind: kind, rowKey: key, field, theirs, seen } of listConflicts(tx)) {
    if (!isMergedKind(kind)) continue;
    const current = currentRow(tx, kind, parseRowKey(key));
    const isSame = theirs === null ? current === null : current !== null && sameCells(current, theirs, Object.keys(theirs));
    const history = readRowHistory(tx, origin, kind, key);
    const known = field === '*' ? seenByRow(history) : seenBy(history, field);
    const isSeen = seen !== null && isWithin(new Set(seen), known);
    if (!isSame && !isSeen) continue;
    if (seen !== null && !isSeen) putFieldHistory(tx, kind, key, { [current === null ? '*' : field]: seen });
    closeConflict(tx, id, isSame ? 'theirs' : 'ours');
  }
};

/** Objects that a state needs: of its items and of their earlier files. */
export const objectsOf = (rows: ReadonlyMap<string, ReadonlyMap<string, PlainCells>>): ReadonlyMap<string, number> => {
  const wanted = new Map<string, number>();
  for (const kind of ['evidence', 'revision']) for (const row of rows.get(kind)?.values() ?? []) wanted.set(String(row['sha256']), Number(row['bytes']));
  return wanted;
};

/** What our side of a collision says by now: it may have been changed since it was found. Null: no such row. */
export const oursNow = (db: ReadableDb, { rowKind, rowKey, field, ours }: Conflict): PlainCells | null => {
  if (!isMergedKind(rowKind)) return ours;
  const current = currentRow(db, rowKind, parseRowKey(rowKey));
  return current === null ? null : pickCells(current, columnsOf(rowKind, field));
};

const columnsOf = (kind: MergedKind, field: string): readonly string[] => mergeKindOf(kind).fields.flatMap((one) => (field === '*' || one.name === field ? one.columns : []));

export type DecideTrouble = 'conflict-unknown' | 'conflict-decided';

/**
 * Carries out a person's decision, a word that has seen both. `ours` leaves the row as it is now; `theirs` writes their cells, keeping the file
 * that was ours as an earlier one. Answers null when done.
 */
export const decideConflict = (tx: Tx, id: string, choice: 'ours' | 'theirs'): DecideTrouble | null => {
  const conflict = getConflict(tx, id);
  if (conflict === null || !isMergedKind(conflict.rowKind)) return 'conflict-unknown';
  if (conflict.state !== 'open') return 'conflict-decided';
  const { rowKind: kind, rowKey: key, field, theirs } = conflict;
  const origin = readOrigin(tx);
  const current = currentRow(tx, kind, parseRowKey(key));
  const history = readRowHistory(tx, origin, kind, key);
  const seen = unite(field === '*' || current === null ? seenByRow(history) : seenBy(history, field), conflict.seen ?? []);
  const said = choice === 'theirs' ? theirs : current === null ? null : pickCells(current, columnsOf(kind, field));
  const added: Added = { [field]: [...without(seen, field === '*' ? history.all : seenBy(history, field)), nameOfAnswer(seen, said)] };
  // A single field of a row that is gone by now cannot stand alone.
  const canStand = field === '*' || current !== null;
  if (choice === 'theirs' && canStand) takeTheirs(tx, conflict, kind, added);
  else if (canStand) putFieldHistory(tx, kind, key, added);
  closeConflict(tx, id, choice);
  closeSettled(tx, origin);
  return null;
};

const takeTheirs = (tx: Tx, { rowKey: key, field, theirs }: Conflict, kind: MergedKind, added: Added): void => {
  const parts = parseRowKey(key);
  if (theirs === null) {
    removeRow(tx, 'decide-conflict', kind, key, added);
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
    writeRow(tx, 'decide-conflict', kind, key, pickCells(theirs, ['image_pixels', 'bound_file', 'bound_note']), added);
    return;
  }
  writeRow(tx, 'decide-conflict', kind, key, theirs, added);
};

const kinds: readonly FileKind[] = ['pdf', 'jpeg', 'png', 'tiff', 'webp', 'bmp', 'heic', 'docx', 'xlsx', 'doc', 'xls', 'ppt', 'ofd', 'txt', 'unknown'];
const fileKindOf = (cell: PlainCell | undefined): FileKind => kinds.find((known) => known === cell) ?? 'unknown';

