import type { EvidenceId, Sha256 } from '../domain/ids.ts';
import { sha256 as asSha256 } from '../domain/ids.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import { removeObject } from './objects.ts';
import { getEvidence, listEvidence, listProofMarks, listRevisions } from './queries/evidence.ts';
import type { EvidenceRecord } from './queries/evidence.ts';
import { listLinksOfEvidence, unlinkEvidence } from './queries/links.ts';
import { removePageTexts } from './queries/page-texts.ts';
import { readRecallable } from './recallable.ts';
import { number, text } from './rows.ts';
import { transact } from './transaction.ts';
import type { Tx } from './transaction.ts';

/** Moves an item to 回收站; its links stay and come back with it. False where it lies there already. */
export const trashEvidence = (tx: Tx, id: EvidenceId): boolean => {
  if (getEvidence(tx, id)?.trashedAt !== null) return false;
  return tx.update('trash', 'evidence', [id], { trashed_at: tx.now });
};

/** Brings an item back from 回收站; false where it did not lie there. */
export const restoreEvidence = (tx: Tx, id: EvidenceId): boolean => {
  const item = getEvidence(tx, id);
  if (item === null || item.trashedAt === null) return false;
  return tx.update('restore', 'evidence', [id], { trashed_at: null });
};

export const listTrash = (db: ReadableDb): readonly EvidenceRecord[] => listEvidence(db, 'trash');

const isReferenced = (db: ReadableDb, sha: Sha256): boolean =>
  db.get(
    `SELECT 1 FROM evidence WHERE sha256 = ? UNION ALL SELECT 1 FROM revisions WHERE sha256 = ? UNION ALL SELECT 1 FROM conflicts WHERE sha256 = ?
     UNION ALL SELECT 1 FROM paper_files WHERE sha256 = ? OR bound_sha256 = ?`,
    sha, sha, sha, sha, sha,
  ) !== undefined;

/** Takes an item and all that refers to it out of the database. */
const forgetItem = (tx: Tx, id: EvidenceId): void => {
  for (const link of listLinksOfEvidence(tx, id)) unlinkEvidence(tx, link);
  for (const mark of listProofMarks(tx, id)) tx.remove('empty-trash', 'proof-mark', [mark.id]);
  for (const revision of listRevisions(tx, id)) tx.remove('empty-trash', 'revision', [id, revision.number]);
  for (const row of tx.all('SELECT indicator, year FROM indicator_values WHERE source_evidence = ?', id)) {
    tx.update('empty-trash', 'value', [text(row, 'indicator'), number(row, 'year')], { source_evidence: null, source_page: null });
  }
  for (const row of tx.all('SELECT indicator, number FROM declarations WHERE certificate = ?', id)) {
    tx.update('empty-trash', 'declaration', [text(row, 'indicator'), number(row, 'number')], { certificate: null });
  }
  for (const row of tx.all('SELECT indicator, number, unit FROM certificates WHERE evidence_id = ?', id)) {
    tx.update('empty-trash', 'certificate', [text(row, 'indicator'), number(row, 'number'), text(row, 'unit')], { evidence_id: null });
  }
  tx.remove('empty-trash', 'evidence', [id]);
};

/**
 * Removes what lies in 回收站 for good: rows first, then the bytes no other item has. Cannot be undone, and a backup brings back
 * the rows only. A crash in between leaves orphan objects, which `verifyArchive` names.
 */
export const emptyTrash = async (archive: { readonly folder: string; readonly db: WritableDb }, actor: string): Promise<{ readonly items: number; readonly objects: number }> => {
  const { db } = archive;
  const items = listTrash(db);
  const shas = new Set(items.flatMap((item) => [item.sha256, ...listRevisions(db, item.id).map((revision) => asSha256(revision.sha256))]));
  transact(db, actor, (tx) => items.forEach((item) => forgetItem(tx, item.id)), { label: 'empty-trash', undoable: false });
  const recallable = readRecallable(db);
  let objects = 0;
  for (const sha of shas) {
    if (isReferenced(db, sha) || recallable.has(sha)) continue;
    removePageTexts(db, sha);
    await removeObject(archive, sha);
    objects += 1;
  }
  return { items: items.length, objects };
};
