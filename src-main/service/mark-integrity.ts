import { basename } from 'node:path';
import { changeEvidence, databaseProblems, listEvidence, transact } from '../archive/index.ts';
import type { ProblemKind, VerifyReport, WritableArchive } from '../archive/index.ts';
import type { EvidenceFacts } from '../domain/snapshot.ts';

const stateOf: Partial<Record<ProblemKind, EvidenceFacts['integrity']>> = {
  'object-changed': 'changed',
  'object-missing': 'unreadable',
  'object-not-a-file': 'unreadable',
};

/**
 * Enters what a verification saw of each item's bytes, so that the check speaks of it and the item is not bound: changed or unreadable,
 * and whole again once it is. Answers how many items changed their state.
 */
export function markIntegrity({ db }: WritableArchive, report: VerifyReport, actor: string): number {
  // Where the database itself is in doubt, nothing is written into it.
  if (report.problems.some(({ kind }) => databaseProblems.has(kind))) return 0;
  const seen = new Map(report.problems.flatMap(({ kind, path }) => (stateOf[kind] === undefined ? [] : [[basename(path), stateOf[kind]] as const])));
  const marked = [...listEvidence(db), ...listEvidence(db, 'trash')].flatMap(({ id, sha256, integrity }) => {
    const found = seen.get(sha256) ?? 'ok';
    return integrity === found || integrity === 'encrypted' ? [] : [{ id, found }];
  });
  if (marked.length > 0) {
    transact(db, actor, (tx) => marked.forEach(({ id, found }) => changeEvidence(tx, id, { integrity: found })), { undoable: false, label: '登记核验结果' });
  }
  return marked.length;
}
