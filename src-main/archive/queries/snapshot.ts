import type { EvidenceId } from '../../domain/ids.ts';
import { blurredBelow } from '../../domain/page-sight.ts';
import type { EvidenceFacts, Snapshot } from '../../domain/snapshot.ts';
import { finish } from '../../domain/steps.ts';
import type { Steps } from '../../domain/steps.ts';
import type { ReadableDb } from '../database.ts';
import { listUnitTasks, readCatalog } from './catalog.ts';
import { listDeclarations } from './declarations.ts';
import { listEvidenceFactsSteps } from './evidence.ts';
import { listPacksIn, listPacksOut } from './exchange.ts';
import { listFigures } from './figures.ts';
import { listLinks } from './links.ts';
import { listPageFacts, listSharpness } from './page-looks.ts';
import { listReports } from './reports.ts';
import { listReviewFindings } from './reviews.ts';
import { listRulings } from './rulings.ts';
import { listSignOffs } from './sign-offs.ts';
import { listValues } from './values.ts';
import { listWaivers } from './waivers.ts';

/** A picture that was looked at says whether it is sharp enough. */
const withSharpness = (item: EvidenceFacts, sharpness: number | undefined): EvidenceFacts => (sharpness === undefined ? item : { ...item, blurred: sharpness < blurredBelow });

/**
 * Everything that rules and papers need to know, as of now. What lies in 回收站 is as good as not there: a value whose source
 * lies there has no source. `today` is `YYYY-MM-DD`.
 */
export const readSnapshot = (db: ReadableDb, today: string): Snapshot => finish(readSnapshotSteps(db, today));

/** The same step by step. What is changed between two steps makes it of two minds: whoever takes them looks whether anything was. */
export function* readSnapshotSteps(db: ReadableDb, today: string): Steps<Snapshot> {
  const evidence = yield* listEvidenceFactsSteps(db);
  yield;
  const present = new Set(evidence.map((item) => item.id));
  const orNull = (id: EvidenceId | null): EvidenceId | null => (id !== null && present.has(id) ? id : null);
  const sharpness = listSharpness(db);
  const pages = listPageFacts(db);
  yield;
  const links = listLinks(db);
  yield;
  const figures = listFigures(db, readCatalog(db));
  yield;
  // A unit's copy does not know what others were sent.
  const taken = listPacksIn(db);
  return {
    evidence: evidence.map((item) => withSharpness(item, sharpness.get(item.id))),
    links,
    values: listValues(db).map((value) => {
      const sourceEvidence = orNull(value.sourceEvidence);
      return { ...value, sourceEvidence, sourcePage: sourceEvidence === null ? null : value.sourcePage };
    }),
    reports: listReports(db).map((report) => ({ ...report, citations: report.citations.filter((citation) => present.has(citation.evidenceId)) })),
    declarations: listDeclarations(db).map((declaration) => ({ ...declaration, certificate: orNull(declaration.certificate) })),
    signOffs: listSignOffs(db),
    waivers: listWaivers(db),
    reviewFindings: listReviewFindings(db),
    rulings: listRulings(db),
    unitTasks: listUnitTasks(db).map(({ unit, indicator, due }) => ({ unit, indicator, due })),
    ...(taken.some(({ kind }) => kind === 'origin') ? {} : { reached: [...new Set([...listPacksOut(db), ...taken].map(({ unit }) => unit))].filter((unit) => unit !== '') }),
    figures: figures.dated,
    undatedFigures: figures.undated,
    pages,
    today,
  };
}
