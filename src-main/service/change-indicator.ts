import { readCatalog, transact } from '../archive/index.ts';
import type { ReadableDb, Tx, WritableArchive } from '../archive/index.ts';
import { fail, succeed } from '../contract/index.ts';
import type { Envelope } from '../contract/index.ts';
import type { Catalog, Indicator } from '../domain/catalog.ts';
import type { IndicatorCode } from '../domain/ids.ts';
import type { Judgement } from '../domain/target.ts';
import { checkNow } from './facts.ts';
import type { Session } from './session.ts';
import { findIndicator } from './views.ts';

/** Answers with the verdict after a change, so that the caller sees its effect. */
export async function judgeNow(db: ReadableDb, session: Session, code: IndicatorCode): Promise<Envelope<Judgement>> {
  await session.prepareCheck(db);
  const state = checkNow(db, session.today).report.states.find((candidate) => candidate.code === code);
  return state === undefined ? fail('indicator-unknown', code) : succeed(state.judgement);
}

/** Changes one indicator that must exist, unless `refuse` says why not, then judges it anew. */
export function changeIndicator(
  session: Session,
  code: IndicatorCode,
  label: string,
  work: (tx: Tx) => unknown,
  refuse: (indicator: Indicator, catalog: Catalog, archive: WritableArchive) => ReturnType<typeof fail> | null = () => null,
): Promise<Envelope<Judgement>> {
  return session.write((archive) => {
    const catalog = readCatalog(archive.db);
    const found = findIndicator(catalog, code);
    if (found === undefined) return fail('indicator-unknown', code);
    const refusal = refuse(found.indicator, catalog, archive);
    if (refusal !== null) return refusal;
    transact(archive.db, session.actor, work, { label: `${label}(指标${code})` });
    return judgeNow(archive.db, session, code);
  });
}
