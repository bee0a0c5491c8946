import { indicatorCode } from '../../domain/ids.ts';
import type { IndicatorCode } from '../../domain/ids.ts';
import type { SignOffFacts } from '../../domain/snapshot.ts';
import type { ReadableDb } from '../database.ts';
import { oneOf, text } from '../rows.ts';
import type { Tx } from '../transaction.ts';

export const listSignOffs = (db: ReadableDb): readonly SignOffFacts[] =>
  db.all('SELECT * FROM sign_offs ORDER BY indicator, unit').map((row) => ({
    indicator: indicatorCode(text(row, 'indicator')),
    unit: text(row, 'unit'),
    kind: oneOf(row, 'kind', ['signed', 'declared-none']),
    by: text(row, 'by_name'),
    at: text(row, 'at'),
  }));

/** A unit signs for an indicator, or declares that it has nothing to submit. Without `at` it is now. */
export const setSignOff = (tx: Tx, signOff: Omit<SignOffFacts, 'at'> & { readonly at?: string }): void =>
  tx.put('sign-off', 'sign-off', { indicator: signOff.indicator, unit: signOff.unit, kind: signOff.kind, by_name: signOff.by, at: signOff.at ?? tx.now });

export const removeSignOff = (tx: Tx, code: IndicatorCode, unit: string): boolean => tx.remove('withdraw-sign-off', 'sign-off', [code, unit]);
