import { evidenceId } from '../../domain/ids.ts';
import { formatCitation } from '../../domain/page-number.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { findPlacement } from '../../domain/volume-plan.ts';
import type { VolumePlan } from '../../domain/volume-plan.ts';
import { citationPattern } from '../citations.ts';

/** The snapshot as paper states it: `〔见 e12ab:3〕` becomes `（见1–15）`, volume and stamped page; what is not bound is said to be so. */
export function citeBoundPages(snapshot: Snapshot, plan: VolumePlan): Snapshot {
  const cite = (text: string): string =>
    text.replace(citationPattern, (_all, id: string, page: string) => {
      const place = findPlacement(plan, evidenceId(id));
      return place === undefined ? '（未装订）' : `（见${formatCitation(place.volume, place, Number(page) - 1)}）`;
    });
  return { ...snapshot, reports: snapshot.reports.map((report) => ({ ...report, text: cite(report.text) })) };
}
