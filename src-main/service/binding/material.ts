import { getEvidence, listPaperFiles, listProofMarks } from '../../archive/index.ts';
import type { Archive, PaperFile, ReadableDb } from '../../archive/index.ts';
import type { Catalog } from '../../domain/catalog.ts';
import { checkCompleteness } from '../../domain/completeness.ts';
import type { CompletenessReport } from '../../domain/completeness.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { VolumePlan } from '../../domain/volume-plan.ts';
import { boundFileOf, showsAsPicture } from '../bound-file.ts';
import { checkNow, factsNow } from '../facts.ts';
import { KeptUntilChange } from '../kept.ts';
import { readProfile } from '../papers/profile-setting.ts';
import type { Session } from '../session.ts';
import { planThrough, readPlannedBundle } from './bound-facts.ts';
import { numberAsDecided } from './late-inserts.ts';
import type { Office } from './office.ts';
import { citeBoundPages } from './report-text.ts';
import type { BindingMaterial } from './volume-sections.ts';

export interface Planned {
  readonly catalog: Catalog;
  readonly snapshot: Snapshot;
  readonly office: Office;
  /** As it is shown, bound, printed and compared with what was bound. */
  readonly plan: VolumePlan;
  /** The same where every volume is numbered from 1 without gaps. */
  readonly through: VolumePlan;
  /** What the rules say of it; the export is held back by its errors. */
  check(): CompletenessReport;
}

const plans = new KeptUntilChange<Planned>();

/** What is to be bound, the office's own papers included. What was bound before does not speak here: a new export is what mends its faults. */
export const planNow = ({ db }: { readonly db: ReadableDb }, session: Session): Planned =>
  plans.of(db, session.today, () => {
    const facts = factsNow(db, session.today);
    const { catalog, office } = facts;
    const through = planThrough(db, catalog, facts.snapshot, office);
    const plan = numberAsDecided(db, through);
    const bundle = readPlannedBundle(db, { ...facts, plan });
    const snapshot = bundle === null ? facts.snapshot : { ...facts.snapshot, bundle };
    let report: CompletenessReport | undefined;
    // Mostly nothing was bound or stated yet: then the check that every page asks for is this one.
    const check = (): CompletenessReport => {
      const made = checkNow(db, session.today);
      return made.snapshot === snapshot ? made.report : checkCompleteness(catalog, snapshot, { retentions: office.retentions });
    };
    return { catalog, snapshot, office, plan, through, check: () => (report ??= check()) };
  });

/** All that volumes and papers are made from, as the archive stands now. */
export function readBindingMaterial(archive: Archive, session: Session, { catalog, snapshot, office, plan }: Planned, draft: boolean): BindingMaterial {
  const proofMarks = groupBy(listProofMarks(archive.db), (mark) => mark.evidenceId);
  const replacements = new Map<string, PaperFile>(listPaperFiles(archive.db).flatMap((file) => (file.role === 'replacement' ? [[`${file.kind}\n${file.scope}`, file] as const] : [])));
  return {
    catalog,
    snapshot: citeBoundPages(snapshot, plan),
    plan,
    office,
    profile: readProfile(archive.db),
    fonts: session.fonts,
    draft,
    created: `${session.today}T00:00:00+08:00`,
    fileOf: (id) => {
      const record = getEvidence(archive.db, id);
      if (record === null) throw new Error(`planned evidence ${id} is not in the archive`);
      return boundFileOf(archive, record);
    },
    proofLinesOf: (id) => {
      const marks = proofMarks.get(id) ?? [];
      const record = marks.length === 0 ? null : getEvidence(archive.db, id);
      const unit = record !== null && showsAsPicture(record) ? 'picture' : 'user';
      return marks.flatMap((mark) => mark.lines.map((line) => ({ page: mark.page, ...line, unit })));
    },
    replacementOf: (kind, scope) => replacements.get(`${kind}\n${scope}`),
    folder: archive.folder,
  };
}
