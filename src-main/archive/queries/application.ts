import type { ReadableDb } from '../database.ts';
import { text } from '../rows.ts';
import type { Tx } from '../transaction.ts';

/** What the archive is and whose. */
export interface ApplicationInfo {
  readonly archiveId: string;
  readonly title: string;
  /** The office that applies. */
  readonly applicant: string;
  /** 全宗号. */
  readonly fondsCode: string;
  /** 全宗名称. */
  readonly fondsName: string;
  readonly note: string;
  readonly createdAt: string;
}

export const readApplication = (db: ReadableDb): ApplicationInfo => {
  const row = db.get('SELECT * FROM application WHERE id = 1');
  if (row === undefined) throw new Error('the archive has no application row');
  return {
    archiveId: text(row, 'archive_id'),
    title: text(row, 'title'),
    applicant: text(row, 'applicant'),
    fondsCode: text(row, 'fonds_code'),
    fondsName: text(row, 'fonds_name'),
    note: text(row, 'note'),
    createdAt: text(row, 'created_at'),
  };
};

/** Sets what is given; the identity and the time of creation stay. */
export const changeApplication = (tx: Tx, change: Partial<Omit<ApplicationInfo, 'archiveId' | 'createdAt'>>): void => {
  const next = { ...readApplication(tx), ...change };
  tx.put('change-application', 'application', {
    id: 1,
    archive_id: next.archiveId,
    title: next.title,
    applicant: next.applicant,
    fonds_code: next.fondsCode,
    fonds_name: next.fondsName,
    note: next.note,
    created_at: next.createdAt,
  });
};
