import { getLastExport, getPrintedExport, listExports, listPaperFiles, listPacksIn, listPacksOut, listReviewFindings, listReviewRounds, listUnitTasks } from '../../archive/index.ts';
import type { Archive } from '../../archive/index.ts';
import { buildReportModel } from '../../papers/index.ts';
import type { ReportModel } from '../../papers/index.ts';
import { pagesOfFiles, planShelf } from '../binding/bound-facts.ts';
import { compareExports } from '../exchange/versions.ts';
import { listEventDays, readEventLog } from '../event-log.ts';
import { planNow, readBindingMaterial } from '../binding/material.ts';
import { numberingOf } from '../binding/office.ts';
import type { Session } from '../session.ts';
import type { PaperMaterial } from './paper-kind.ts';

type Given = Omit<PaperMaterial, 'report'>;

function withReport(given: Given): PaperMaterial {
  let model: ReportModel | undefined;
  const { catalog, snapshot, plan, office, draft, check } = given;
  const judgements = new Map(check.states.map((state) => [state.code, state.judgement]));
  return { ...given, report: () => (model ??= buildReportModel({ catalog, snapshot, plan, judgements, office, draft })) };
}

/** Everything that papers are made from, as the archive stands now. They are drafts while the check finds errors. */
export function readPaperMaterial(archive: Archive, session: Session): PaperMaterial {
  const planned = planNow(archive, session);
  const { catalog, office, plan } = planned;
  const check = planned.check();
  const draft = check.findings.some(({ severity }) => severity === 'error');
  const binding = readBindingMaterial(archive, session, planned, draft);
  return withReport({
    ...binding,
    check,
    unitTasks: listUnitTasks(archive.db),
    reviewFindings: listReviewFindings(archive.db),
    reviewRounds: listReviewRounds(archive.db),
    lastExport: getLastExport(archive.db, false),
    printed: getPrintedExport(archive.db),
    packsOut: listPacksOut(archive.db),
    packsIn: listPacksIn(archive.db),
    versions: listExports(archive.db).map(({ version }) => version),
    compare: (from, to) => compareExports(archive.db, from, to, binding.profile),
    eventDays: () => listEventDays(archive.db),
    eventsOf: (day) => readEventLog(archive.db, day),
    boxes: planShelf(plan, numberingOf(office, catalog, binding.profile), binding.profile, pagesOfFiles(listPaperFiles(archive.db))),
  });
}

/** The same without what changes by itself: no draft mark and no date, so that what papers state can be compared between two days. */
export const withoutDate = (material: PaperMaterial): PaperMaterial => withReport({ ...material, draft: false, office: { ...material.office, date: '' } });
