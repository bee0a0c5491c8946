import { randomBytes } from 'node:crypto';
import { evidenceId, indicatorCode } from '../../domain/ids.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import type { ReviewFindingFacts } from '../../domain/snapshot.ts';
import type { ReadableDb, Row } from '../database.ts';
import { isTextList, json, number, oneOf, text, textOrNull } from '../rows.ts';
import type { Tx } from '../transaction.ts';

export interface ReviewRound {
  readonly number: number;
  readonly name: string;
  readonly openedAt: string;
  /** Empty while it is open. */
  readonly closedAt: string;
  readonly note: string;
}

/** One line of the 整改台账. Empty text where a step was not reached. */
export interface ReviewFinding extends ReviewFindingFacts {
  readonly raisedBy: string;
  readonly raisedAt: string;
  readonly due: string;
  readonly answer: string;
  readonly answerEvidence: readonly EvidenceId[];
  readonly answeredBy: string;
  readonly answeredAt: string;
  readonly closedBy: string;
  readonly closedAt: string;
}

export const listReviewRounds = (db: ReadableDb): readonly ReviewRound[] =>
  db.all('SELECT * FROM review_rounds ORDER BY number').map((row) => ({
    number: number(row, 'number'),
    name: text(row, 'name'),
    openedAt: text(row, 'opened_at'),
    closedAt: text(row, 'closed_at'),
    note: text(row, 'note'),
  }));

/** Opens the next round and answers its number, from 1. */
export const openReviewRound = (tx: Tx, name: string, note = ''): number => {
  const round = (listReviewRounds(tx).at(-1)?.number ?? 0) + 1;
  tx.insert('open-review-round', 'review-round', { number: round, name, opened_at: tx.now, closed_at: '', note });
  return round;
};

export const closeReviewRound = (tx: Tx, round: number): void => {
  tx.update('close-review-round', 'review-round', [round], { closed_at: tx.now });
};

const toFinding = (row: Row): ReviewFinding => {
  const indicator = textOrNull(row, 'indicator');
  return {
    id: text(row, 'id'),
    round: number(row, 'round'),
    indicator: indicator === null ? null : indicatorCode(indicator),
    text: text(row, 'body'),
    assignedTo: text(row, 'assigned_to'),
    state: oneOf(row, 'state', ['open', 'assigned', 'answered', 'closed']),
    raisedBy: text(row, 'raised_by'),
    raisedAt: text(row, 'raised_at'),
    due: text(row, 'due'),
    answer: text(row, 'answer'),
    answerEvidence: json(row, 'answer_evidence', isTextList).map(evidenceId),
    answeredBy: text(row, 'answered_by'),
    answeredAt: text(row, 'answered_at'),
    closedBy: text(row, 'closed_by'),
    closedAt: text(row, 'closed_at'),
  };
};

export const listReviewFindings = (db: ReadableDb): readonly ReviewFinding[] => db.all('SELECT * FROM review_findings ORDER BY round, rowid').map(toFinding);

export const getReviewFinding = (db: ReadableDb, id: string): ReviewFinding | null => {
  const row = db.get('SELECT * FROM review_findings WHERE id = ?', id);
  return row === undefined ? null : toFinding(row);
};

/** Enters what a reviewer found; answers its identity. */
export const addReviewFinding = (tx: Tx, finding: Pick<ReviewFinding, 'round' | 'indicator' | 'text' | 'raisedBy'>): string => {
  const id = `f${randomBytes(9).toString('hex')}`;
  tx.insert('raise-finding', 'review-finding', {
    id, round: finding.round, indicator: finding.indicator, body: finding.text, raised_by: finding.raisedBy, raised_at: tx.now,
    assigned_to: '', due: '', state: 'open', answer: '', answer_evidence: '[]', answered_by: '', answered_at: '', closed_by: '', closed_at: '',
  });
  return id;
};

export const assignReviewFinding = (tx: Tx, id: string, unit: string, due: string): void => {
  tx.update('assign-finding', 'review-finding', [id], { assigned_to: unit, due, state: 'assigned' });
};

export const answerReviewFinding = (tx: Tx, id: string, answer: Pick<ReviewFinding, 'answer' | 'answerEvidence' | 'answeredBy'>): void => {
  tx.update('answer-finding', 'review-finding', [id], {
    answer: answer.answer,
    answer_evidence: JSON.stringify(answer.answerEvidence),
    answered_by: answer.answeredBy,
    answered_at: tx.now,
    state: 'answered',
  });
};

export const closeReviewFinding = (tx: Tx, id: string, by: string): void => {
  tx.update('close-finding', 'review-finding', [id], { closed_by: by, closed_at: tx.now, state: 'closed' });
};

/** Takes an answered or closed finding back to its unit. */
export const reopenReviewFinding = (tx: Tx, id: string): void => {
  tx.update('reopen-finding', 'review-finding', [id], { closed_by: '', closed_at: '', state: 'assigned' });
};
