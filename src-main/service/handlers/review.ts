import { basename } from 'node:path';
import {
  addReviewFinding, answerReviewFinding, assignReviewFinding, closeReviewFinding, closeReviewRound, getEvidence, getReviewFinding, hasIndicator, listReviewFindings, listReviewRounds, openReviewRound,
  readCatalog, reopenReviewFinding, transact,
} from '../../archive/index.ts';
import type { ReadableDb, ReviewFinding, ReviewRound, Tx, WritableArchive } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { Envelope, ReviewFindingView } from '../../contract/index.ts';
import type { Catalog } from '../../domain/catalog.ts';
import type { EvidenceId, IndicatorCode } from '../../domain/ids.ts';
import { readReviewList } from '../../intake/review-list.ts';
import type { HandlersOf } from '../handler.ts';
import type { Session } from '../session.ts';
import { canonicalUnit, isKnownUnit } from '../unit-name.ts';

/** Not in the archive, or in 回收站. */
const isGone = (db: ReadableDb, id: EvidenceId): boolean => {
  const record = getEvidence(db, id);
  return record === null || record.trashedAt !== null;
};

type Refusal = ReturnType<typeof fail>;

/** A round that is still open, or why it is not. */
function findOpenRound(db: ReadableDb, number: number): ReviewRound | Refusal {
  const round = listReviewRounds(db).find((item) => item.number === number);
  if (round === undefined) return fail('review-unknown', `第${number}轮`);
  return round.closedAt === '' ? round : fail('review-order', `第${number}轮`, `第${number}轮审核已经结束`);
}

const stateWords: Readonly<Record<ReviewFinding['state'], string>> = { open: '还没有交办', assigned: '还没有答复', answered: '已经答复', closed: '已经销号' };

/** Takes a finding one step on its way where it stands at one of `from`, and answers how it stands then. */
function stepFinding(
  session: Session,
  id: string,
  label: string,
  from: readonly ReviewFinding['state'][],
  work: (tx: Tx, finding: ReviewFinding) => void,
  refuse: (archive: WritableArchive) => Refusal | null = () => null,
): Promise<Envelope<ReviewFindingView>> {
  return session.write((archive) => {
    const { db } = archive;
    const finding = getReviewFinding(db, id);
    if (finding === null) return fail('review-unknown', id);
    const round = findOpenRound(db, finding.round);
    if ('ok' in round) return round;
    if (!from.includes(finding.state)) return fail('review-order', id, `这条问题${stateWords[finding.state]}`);
    const refusal = refuse(archive);
    if (refusal !== null) return refusal;
    transact(db, session.actor, (tx) => work(tx, finding), { label: `${label}“${finding.text.slice(0, 20)}”` });
    return viewFinding(db, id);
  });
}

function viewFinding(db: ReadableDb, id: string): Envelope<ReviewFindingView> {
  const finding = getReviewFinding(db, id);
  return finding === null ? fail('review-unknown', id) : succeed(finding);
}

/** The indicator that a list means: by its code, or by its name where only one has it. */
function indicatorNamed(catalog: Catalog, words: string): IndicatorCode | null {
  const all = catalog.groups.flatMap((group) => group.indicators);
  const code = /[0-9A-Z][0-9A-Za-z.]*/u.exec(words)?.[0] ?? '';
  const byCode = all.find((indicator) => indicator.code === code);
  if (byCode !== undefined) return byCode.code;
  const plain = words.replace(/\s/gu, '');
  const named = plain.length < 2 ? [] : all.filter((indicator) => indicator.name === plain || indicator.name.startsWith(plain));
  return named.length === 1 ? (named[0]?.code ?? null) : null;
}

export const reviewHandlers: HandlersOf<
  'review.rounds' | 'review.open' | 'review.import' | 'review.close' | 'review.raise' | 'review.assign' | 'review.answer' | 'review.closeFinding' | 'review.reopen'
> = {
  'review.rounds': (_input, session) =>
    session.read(({ db }) => {
      const findings = listReviewFindings(db);
      return succeed(listReviewRounds(db).map((round) => ({ ...round, findings: findings.filter((finding) => finding.round === round.number) })));
    }),

  'review.open': ({ name, note }, session) => session.write(({ db }) => succeed({ round: transact(db, session.actor, (tx) => openReviewRound(tx, name, note), { label: `开始审核轮次“${name}”` }) })),

  'review.close': ({ round: number }, session) =>
    session.write(({ db }) => {
      const round = findOpenRound(db, number);
      if ('ok' in round) return round;
      const left = listReviewFindings(db).filter((finding) => finding.round === number && finding.state !== 'closed').length;
      if (left > 0) return fail('review-order', `第${number}轮`, `第${number}轮还有${left}条问题没有销号`);
      transact(db, session.actor, (tx) => closeReviewRound(tx, number), { label: `结束审核轮次“${round.name}”` });
      return succeed({});
    }),

  'review.raise': ({ round: number, indicator, text, by }, session) =>
    session.write(({ db }) => {
      const round = findOpenRound(db, number);
      if ('ok' in round) return round;
      if (indicator !== null && !hasIndicator(db, indicator)) return fail('indicator-unknown', indicator);
      const id = transact(db, session.actor, (tx) => addReviewFinding(tx, { round: number, indicator, text, raisedBy: by }), { label: `登记审核问题“${text.slice(0, 20)}”` });
      return viewFinding(db, id);
    }),

  'review.import': ({ round: number, path, by }, session) =>
    session.write(async ({ db }) => {
      const round = findOpenRound(db, number);
      if ('ok' in round) return round;
      let list: Awaited<ReturnType<typeof readReviewList>>;
      try {
        list = await readReviewList(path, Number(session.today.slice(0, 4)));
      } catch {
        return fail('file-not-found', basename(path));
      }
      if (!list.ok) return fail(list.error.error, basename(path), list.error.message);
      const catalog = readCatalog(db);
      const known = new Set(listReviewFindings(db).filter((finding) => finding.round === number).map((finding) => finding.text));
      const notes: { readonly line: number; readonly text: string; readonly says: string }[] = [];
      const added = transact(
        db,
        session.actor,
        (tx) =>
          list.value.filter((item) => {
            const note = (says: string): void => void notes.push({ line: item.line, text: item.text.slice(0, 60), says });
            if (known.has(item.text)) {
              note('本轮已有同样的问题，没有重复登记');
              return false;
            }
            known.add(item.text);
            const indicator = indicatorNamed(catalog, item.indicator);
            if (indicator === null && item.indicator !== '') note(`没有找到指标“${item.indicator.slice(0, 30)}”，登记为不针对单项指标`);
            const id = addReviewFinding(tx, { round: number, indicator, text: item.text, raisedBy: item.by === '' ? by : item.by });
            const unit = canonicalUnit(catalog, item.unit);
            if (item.unit !== '' && isKnownUnit(catalog, unit)) assignReviewFinding(tx, id, unit, item.due);
            else if (item.unit !== '') note(`目录里没有单位“${item.unit.slice(0, 30)}”，没有交办`);
            return true;
          }).length,
        { label: `导入第${number}轮审核问题` },
      );
      return succeed({ added, notes });
    }),

  'review.assign': ({ id, unit, due }, session) =>
    session.write(({ db }) => {
      const catalog = readCatalog(db);
      const name = canonicalUnit(catalog, unit);
      return isKnownUnit(catalog, name) ? stepFinding(session, id, '交办问题', ['open', 'assigned'], (tx) => assignReviewFinding(tx, id, name, due)) : fail('unit-unknown', unit);
    }),

  'review.answer': ({ id, answer, evidence, by }, session) =>
    stepFinding(
      session,
      id,
      '答复问题',
      ['assigned', 'answered'],
      (tx) => answerReviewFinding(tx, id, { answer, answerEvidence: evidence, answeredBy: by }),
      ({ db }) => {
        const strange = evidence.find((item) => isGone(db, item));
        return strange === undefined ? null : fail('evidence-unknown', strange);
      },
    ),

  'review.closeFinding': ({ id, by }, session) => stepFinding(session, id, '问题销号', ['answered'], (tx) => closeReviewFinding(tx, id, by)),

  'review.reopen': ({ id }, session) => stepFinding(session, id, '重新打开问题', ['answered', 'closed'], (tx) => reopenReviewFinding(tx, id)),
};
