import { evidenceId, indicatorCode } from '../../domain/ids.ts';
import type { WaiverFacts } from '../../domain/snapshot.ts';
import type { ReadableDb } from '../database.ts';
import { text } from '../rows.ts';
import type { Tx } from '../transaction.ts';

/** A key holds no NULL: empty stands for "not about one". */
const NONE = '';

export const listWaivers = (db: ReadableDb): readonly WaiverFacts[] =>
  db.all('SELECT * FROM waivers ORDER BY rule, indicator, evidence_id').map((row) => ({
    rule: text(row, 'rule'),
    indicator: text(row, 'indicator') === NONE ? null : indicatorCode(text(row, 'indicator')),
    evidenceId: text(row, 'evidence_id') === NONE ? null : evidenceId(text(row, 'evidence_id')),
    reason: text(row, 'reason'),
    by: text(row, 'by_name'),
    at: text(row, 'at'),
  }));

/** Accepts a warning with a reason and a name. Without `at` it is now. */
export const setWaiver = (tx: Tx, waiver: Omit<WaiverFacts, 'at'> & { readonly at?: string }): void =>
  tx.put('waive', 'waiver', {
    rule: waiver.rule,
    indicator: waiver.indicator ?? NONE,
    evidence_id: waiver.evidenceId ?? NONE,
    reason: waiver.reason,
    by_name: waiver.by,
    at: waiver.at ?? tx.now,
  });

export const removeWaiver = (tx: Tx, key: Pick<WaiverFacts, 'rule' | 'indicator' | 'evidenceId'>): boolean =>
  tx.remove('withdraw-waiver', 'waiver', [key.rule, key.indicator ?? NONE, key.evidenceId ?? NONE]);
