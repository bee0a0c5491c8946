import { createHash } from 'node:crypto';
import { getLastExport, listProofMarks } from '../../archive/index.ts';
import type { ReadableDb } from '../../archive/index.ts';
import type { BoundPlan } from '../../binder/index.ts';
import type { ArchivalNumbering } from '../../domain/archival-code.ts';
import { planBoxes } from '../../domain/box-plan.ts';
import type { Catalog } from '../../domain/catalog.ts';
import type { PlannedBox } from '../../domain/box-plan.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { BoundVolumeFacts, BoxFacts, BundleFacts, Snapshot } from '../../domain/snapshot.ts';
import { planVolumes } from '../../domain/volume-plan.ts';
import type { PlannedItem, PlannedVolume, VolumePlan } from '../../domain/volume-plan.ts';
import { buildClosingNoteModel, buildVolumeIndexModel } from '../../papers/index.ts';
import type { PaperProfile } from '../../papers/index.ts';
import { readProfile } from '../papers/profile-setting.ts';
import { divisionOf, numberingOf, readDivision, readOffice } from './office.ts';
import type { Office } from './office.ts';

/** Volumes as they stand now; the same plan is shown, bound, printed and compared with what was bound. */
export function planToday(db: ReadableDb, catalog: Catalog, snapshot: Snapshot, office: Office): VolumePlan {
  const plan = planVolumes(catalog, snapshot, divisionOf(readDivision(db)), numberingOf(office, catalog, readProfile(db)));
  const marks = groupBy(listProofMarks(db), (mark) => mark.evidenceId);
  if (marks.size === 0) return plan;
  const withMarks = (item: PlannedItem): PlannedItem => {
    const own = marks.get(item.evidenceId);
    // Marks are made and removed, never altered: their ids say which they are.
    return own === undefined ? item : { ...item, marks: createHash('sha256').update(own.map((mark) => mark.id).toSorted().join(' ')).digest('hex').slice(0, 16) };
  };
  return { volumes: plan.volumes.map((volume) => ({ ...volume, items: volume.items.map(withMarks) })) };
}

/**
 * What one volume was given: the pages its 卷内目录 names and the counts its 备考表 states, from the papers; the numbers on its sheets,
 * from the binder.
 */
export function describeBound(volume: PlannedVolume, bound: BoundPlan, material: { readonly snapshot: Snapshot; readonly office: Office; readonly draft: boolean }): BoundVolumeFacts {
  const index = buildVolumeIndexModel(material.snapshot, volume, material.draft);
  const closing = buildClosingNoteModel(volume, material.office, '', material.draft);
  const stamps = new Map(bound.sections.map(({ section, numbers, pages }) => [section.key, numbers === null ? null : ([numbers.first, numbers.first + pages - 1] as const)]));
  const filePages = new Map<string | undefined, number>();
  let before = 0;
  for (const { section, pages } of bound.sections) {
    filePages.set(section.key, before + 1);
    before += pages;
  }
  return {
    no: volume.no,
    archivalCode: index.archivalCode,
    closing: { items: closing.items, pages: closing.pages },
    items: index.rows.map(({ item }) => ({
      evidenceId: item.evidenceId,
      order: item.order,
      indexed: [item.firstPage, item.lastPage],
      // An item without a stamp is as wrong as one with another: no page bears number 0.
      stamped: stamps.get(item.evidenceId) ?? [0, 0],
      ...(filePages.has(item.evidenceId) ? { filePage: filePages.get(item.evidenceId) ?? 1 } : {}),
      archivalCode: '',
    })),
  };
}

/** Cover, closing note and the index's sheets, which bear no 页号 but take room. */
const unnumberedSheets = (volume: PlannedVolume, rowsPerSheet: number): number => 2 + Math.ceil(volume.items.length / Math.max(1, rowsPerSheet)) + volume.sections.length;

/** Volumes into boxes in their order, as they would be packed; 件号 run over the whole archive. Two pages to a sheet where sheets are printed on both sides. */
export function planShelf(plan: VolumePlan, numbering: ArchivalNumbering, { box, pageStamp, volumeIndex }: PaperProfile): readonly PlannedBox[] {
  let before = 0;
  const contents = plan.volumes.map((volume) => {
    const firstItem = before + 1;
    before += volume.items.length;
    const sheets = Math.ceil(volume.pages / (pageStamp.duplex ? 2 : 1)) + unnumberedSheets(volume, volumeIndex.leastRows);
    return { volume: volume.no, firstItem, lastItem: before, sheets, year: numbering.year, organ: numbering.organ, retention: numbering.retention };
  });
  return planBoxes(contents, box);
}

/** The boxes as the rules look at them: a volume in a box is one filed unit. */
export function packBoxes(plan: VolumePlan, numbering: ArchivalNumbering, profile: PaperProfile): readonly BoxFacts[] {
  const kept = { year: numbering.year, organ: numbering.organ, retention: numbering.retention };
  return planShelf(plan, numbering, profile).map(({ no, volumes }) => ({ no, items: volumes.map((itemNumber) => ({ ...kept, itemNumber })) }));
}

/** What the last export numbered, indexed and closed; null before the first, and once the volumes are planned otherwise than they were bound. */
export function readBundle(db: ReadableDb, catalog: Catalog, snapshot: Snapshot, today: string, profile: PaperProfile): BundleFacts | null {
  const last = getLastExport(db, false);
  const bound = last?.manifest.bound;
  if (last === null || bound === undefined) return null;
  const office = readOffice(db, today);
  const plan = planToday(db, catalog, snapshot, office);
  if (JSON.stringify(plan) !== JSON.stringify(last.plan)) return null;
  return { volumes: bound, boxes: packBoxes(plan, numberingOf(office, catalog, profile), profile) };
}
