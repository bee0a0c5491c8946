import { indicatorCode } from '../../domain/ids.ts';
import type { RulingFacts } from '../../domain/snapshot.ts';
import type { ReadableDb } from '../database.ts';
import { number, oneOf, text } from '../rows.ts';
import type { Tx } from '../transaction.ts';

/** A ruling for all years has no year; SQLite keys hold no NULL. */
const EVERY_YEAR = 0;

export const listRulings = (db: ReadableDb): readonly RulingFacts[] =>
  db.all('SELECT * FROM rulings ORDER BY indicator, year').map((row) => ({
    indicator: indicatorCode(text(row, 'indicator')),
    year: number(row, 'year') === EVERY_YEAR ? null : number(row, 'year'),
    verdict: oneOf(row, 'verdict', ['met', 'unmet']),
    reason: text(row, 'reason'),
    by: text(row, 'by_name'),
    at: text(row, 'at'),
  }));

/** A person decides on a year, or on all of them, with a reason and a name. Without `at` it is now. */
export const setRuling = (tx: Tx, ruling: Omit<RulingFacts, 'at'> & { readonly at?: string }): void =>
  tx.put('rule', 'ruling', {
    indicator: ruling.indicator,
    year: ruling.year ?? EVERY_YEAR,
    verdict: ruling.verdict,
    reason: ruling.reason,
    by_name: ruling.by,
    at: ruling.at ?? tx.now,
  });

export const removeRuling = (tx: Tx, key: Pick<RulingFacts, 'indicator' | 'year'>): boolean => tx.remove('withdraw-ruling', 'ruling', [key.indicator, key.year ?? EVERY_YEAR]);
