import { evidenceId, indicatorCode } from '../../domain/ids.ts';
import type { IndicatorCode } from '../../domain/ids.ts';
import type { ValueFacts } from '../../domain/snapshot.ts';
import type { ReadableDb, Row } from '../database.ts';
import { number, numberOrNull, text, textOrNull } from '../rows.ts';
import type { Tx } from '../transaction.ts';

const toValue = (row: Row): ValueFacts => {
  const source = textOrNull(row, 'source_evidence');
  return {
    indicator: indicatorCode(text(row, 'indicator')),
    year: number(row, 'year'),
    value: number(row, 'value'),
    unit: text(row, 'unit'),
    numerator: numberOrNull(row, 'numerator'),
    denominator: numberOrNull(row, 'denominator'),
    sourceEvidence: source === null ? null : evidenceId(source),
    sourcePage: numberOrNull(row, 'source_page'),
  };
};

export const listValues = (db: ReadableDb): readonly ValueFacts[] => db.all('SELECT * FROM indicator_values ORDER BY indicator, year').map(toValue);

/** Sets the value of an indicator and year, with where it stands. */
export const setValue = (tx: Tx, value: ValueFacts): void =>
  tx.put('set-value', 'value', {
    indicator: value.indicator,
    year: value.year,
    value: value.value,
    unit: value.unit,
    numerator: value.numerator,
    denominator: value.denominator,
    source_evidence: value.sourceEvidence,
    source_page: value.sourcePage,
    note: '',
  });

/** False where there was none. */
export const removeValue = (tx: Tx, code: IndicatorCode, year: number): boolean => tx.remove('remove-value', 'value', [code, year]);
