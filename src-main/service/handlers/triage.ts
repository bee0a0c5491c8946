import { changeEvidence, getEvidence, hasIndicator, isLinked, linkEvidence, listEvidenceRows, transact, trashEvidence } from '../../archive/index.ts';
import type { EvidenceRow, Tx } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { CallArguments, EvidenceRowView } from '../../contract/index.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import type { HandlersOf } from '../handler.ts';
import { KeptUntilChange } from '../kept.ts';
import { rememberTyped } from '../readings.ts';

/** From these on a proposal is taken without looking: it is likely, and far ahead of the next. */
const SURE_SCORE = 0.6;
const SURE_LEAD = 0.2;

function viewRow({ proposals, ...row }: EvidenceRow): EvidenceRowView {
  const [first, second] = proposals;
  const proposal = first === undefined ? null : { code: first.code, sure: first.score >= SURE_SCORE && first.score - (second?.score ?? 0) >= SURE_LEAD };
  return { ...row, proposal };
}

type KeptRows = KeptUntilChange<readonly EvidenceRowView[]>;
/** Asked for whenever the page is gone to: ten thousand are read once for each change. */
const keptRows: Readonly<Record<CallArguments<'evidence.rows'>['filter'], KeptRows>> = { all: new KeptUntilChange(), unlinked: new KeptUntilChange(), unconfirmed: new KeptUntilChange(), trash: new KeptUntilChange() };

export const triageHandlers: HandlersOf<'evidence.rows' | 'evidence.linkMany' | 'evidence.trashMany' | 'evidence.updateMany'> = {
  'evidence.rows': ({ filter }, session) => session.read(({ db }) => succeed(keptRows[filter].of(db, '', () => listEvidenceRows(db, filter).map(viewRow)))),

  'evidence.linkMany': ({ links }, session) =>
    session.write(({ db }) => {
      for (const indicator of new Set(links.map((link) => link.indicator))) if (!hasIndicator(db, indicator)) return fail('indicator-unknown', indicator);
      for (const { id } of links) if (getEvidence(db, id) === null) return fail('evidence-unknown', id);
      const wanted = links.filter(({ id, indicator, year }) => !isLinked(db, { evidenceId: id, indicator, year }));
      const already = links.length - wanted.length;
      if (wanted.length === 0) return succeed({ items: 0, already });
      transact(
        db,
        session.actor,
        (tx) => {
          for (const { id, indicator, year } of wanted) linkEvidence(tx, { evidenceId: id, indicator, year, requirement: '' });
        },
        { label: `把${wanted.length}件材料归入指标` },
      );
      return succeed({ items: wanted.length, already });
    }),

  'evidence.trashMany': ({ ids }, session) =>
    session.write(({ db }) => {
      for (const id of ids) if (getEvidence(db, id) === null) return fail('evidence-unknown', id);
      transact(db, session.actor, (tx) => ids.forEach((id) => trashEvidence(tx, id)), { label: `把${ids.length}件材料移到回收站` });
      return succeed({ items: ids.length });
    }),

  'evidence.updateMany': ({ ids, change }, session) =>
    session.write(({ db }) => {
      for (const id of ids) if (getEvidence(db, id) === null) return fail('evidence-unknown', id);
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const fields = Object.keys(given);
      const changeOne = (tx: Tx, id: EvidenceId): boolean => {
        const details = getEvidence(tx, id)?.details;
        return changeEvidence(tx, id, details === undefined ? given : { ...given, details: rememberTyped(details, fields) });
      };
      return succeed({ items: transact(db, session.actor, (tx) => ids.filter((id) => changeOne(tx, id)).length, { label: `修改${ids.length}件材料的著录` }) });
    }),
};
