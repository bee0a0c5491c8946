import { evidenceId, indicatorCode } from '../../domain/ids.ts';
import type { EvidenceId, IndicatorCode } from '../../domain/ids.ts';
import type { DeclarationFacts } from '../../domain/snapshot.ts';
import type { ReadableDb, Row } from '../database.ts';
import { number, oneOf, text, textOrNull } from '../rows.ts';
import type { Tx } from '../transaction.ts';

const toDeclaration = (row: Row): DeclarationFacts => {
  const certificate = textOrNull(row, 'certificate');
  return {
    indicator: indicatorCode(text(row, 'indicator')),
    number: number(row, 'number'),
    answer: oneOf(row, 'answer', ['yes', 'no']),
    signedBy: text(row, 'signed_by'),
    certificate: certificate === null ? null : evidenceId(certificate),
  };
};

export const listDeclarations = (db: ReadableDb): readonly DeclarationFacts[] => db.all('SELECT * FROM declarations ORDER BY indicator, number').map(toDeclaration);

/** Answers one of the situations that forbid an application. */
export const setDeclaration = (tx: Tx, declaration: DeclarationFacts): void =>
  tx.put('declare', 'declaration', {
    indicator: declaration.indicator,
    number: declaration.number,
    answer: declaration.answer,
    signed_by: declaration.signedBy,
    certificate: declaration.certificate,
  });

export const removeDeclaration = (tx: Tx, code: IndicatorCode, situation: number): boolean => tx.remove('withdraw-declaration', 'declaration', [code, situation]);

/** The way of one 证明: printed, given to its unit, returned sealed and attached. */
export interface CertificateFacts {
  readonly indicator: IndicatorCode;
  /** Number of the situation it is for; 0 for a not-applicable item. */
  readonly number: number;
  readonly unit: string;
  readonly state: 'needed' | 'printed' | 'sent' | 'returned';
  readonly evidenceId: EvidenceId | null;
  readonly printedAt: string;
  readonly returnedAt: string;
  readonly note: string;
}

export const listCertificates = (db: ReadableDb): readonly CertificateFacts[] =>
  db.all('SELECT * FROM certificates ORDER BY indicator, number, unit').map((row) => {
    const attached = textOrNull(row, 'evidence_id');
    return {
      indicator: indicatorCode(text(row, 'indicator')),
      number: number(row, 'number'),
      unit: text(row, 'unit'),
      state: oneOf(row, 'state', ['needed', 'printed', 'sent', 'returned']),
      evidenceId: attached === null ? null : evidenceId(attached),
      printedAt: text(row, 'printed_at'),
      returnedAt: text(row, 'returned_at'),
      note: text(row, 'note'),
    };
  });

export const setCertificate = (tx: Tx, certificate: CertificateFacts): void =>
  tx.put('set-certificate', 'certificate', {
    indicator: certificate.indicator,
    number: certificate.number,
    unit: certificate.unit,
    state: certificate.state,
    evidence_id: certificate.evidenceId,
    printed_at: certificate.printedAt,
    returned_at: certificate.returnedAt,
    note: certificate.note,
  });

export const removeCertificate = (tx: Tx, key: Pick<CertificateFacts, 'indicator' | 'number' | 'unit'>): boolean =>
  tx.remove('remove-certificate', 'certificate', [key.indicator, key.number, key.unit]);
