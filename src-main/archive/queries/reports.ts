import { indicatorCode } from '../../domain/ids.ts';
import type { IndicatorCode } from '../../domain/ids.ts';
import type { ReportFacts } from '../../domain/snapshot.ts';
import type { ReadableDb, Row } from '../database.ts';
import { isRecord, json, text } from '../rows.ts';
import type { Tx } from '../transaction.ts';

const isCitations = (value: unknown): value is ReportFacts['citations'] =>
  Array.isArray(value) && value.every((item) => isRecord(item) && typeof item['evidenceId'] === 'string' && typeof item['page'] === 'number');

const toReport = (row: Row): ReportFacts => ({
  indicator: indicatorCode(text(row, 'indicator')),
  text: text(row, 'body'),
  citations: json(row, 'citations', isCitations),
});

export const listReports = (db: ReadableDb): readonly ReportFacts[] => db.all('SELECT * FROM reports ORDER BY indicator').map(toReport);

export const getReport = (db: ReadableDb, code: IndicatorCode): ReportFacts | null => {
  const row = db.get('SELECT * FROM reports WHERE indicator = ?', code);
  return row === undefined ? null : toReport(row);
};

/** Sets an indicator's 达标情况说明 with the pages it cites. */
export const setReport = (tx: Tx, report: ReportFacts): void =>
  tx.put('set-report', 'report', { indicator: report.indicator, body: report.text, citations: JSON.stringify(report.citations) });

export const removeReport = (tx: Tx, code: IndicatorCode): boolean => tx.remove('remove-report', 'report', [code]);
