import { getLastExport, listPaperFiles, listProofMarks } from '../../archive/index.ts';
import type { PaperFile, ReadableDb } from '../../archive/index.ts';
import type { BoundPlan } from '../../binder/index.ts';
import { parseArchivalCode } from '../../domain/archival-code.ts';
import type { ArchivalNumbering } from '../../domain/archival-code.ts';
import { planBoxes } from '../../domain/box-plan.ts';
import type { Catalog } from '../../domain/catalog.ts';
import type { PlannedBox } from '../../domain/box-plan.ts';
import { groupBy } from '../../domain/group-by.ts';
import { notesOnNumbers } from '../../domain/late-inserts.ts';
import type { BoundVolumeFacts, BoxFacts, BundleFacts, Snapshot } from '../../domain/snapshot.ts';
import type { Steps } from '../../domain/steps.ts';
import { withStated } from '../../domain/stated-volume.ts';
import type { StatedVolume } from '../../domain/stated-volume.ts';
import { planVolumes } from '../../domain/volume-plan.ts';
import type { PlannedItem, PlannedVolume, VolumePlan } from '../../domain/volume-plan.ts';
import { buildClosingNoteModel, buildVolumeIndexModel, catalogTitle } from '../../papers/index.ts';
import type { PaperProfile } from '../../papers/index.ts';
import { readProfile } from '../papers/profile-setting.ts';
import { separatorScope, volumeScope } from '../papers/scopes.ts';
import { readFoundSheets } from './found-sheets.ts';
import { numberAsDecided } from './late-inserts.ts';
import { divisionOf, numberingOf, readDivision, readOffice } from './office.ts';
import type { Office } from './office.ts';
import { digest, wordsOf } from './planned-words.ts';
import { readStated } from './stated-papers.ts';
import type { VolumePaper } from './volume-sections.ts';

/** Volumes as they stand now, numbered from 1 without gaps whatever was printed before. */
export function planThrough(db: ReadableDb, catalog: Catalog, snapshot: Snapshot, office: Office): VolumePlan {
  const plan = planVolumes(catalog, snapshot, divisionOf(readDivision(db)), numberingOf(office, catalog, readProfile(db)));
  const marks = groupBy(listProofMarks(db), (mark) => mark.evidenceId);
  const facts = new Map(snapshot.evidence.map((evidence) => [evidence.id, evidence]));
  const withWords = (item: PlannedItem): PlannedItem => {
    const own = marks.get(item.evidenceId);
    const evidence = facts.get(item.evidenceId);
    // Marks are made and removed, never altered: their ids say which they are.
    return { ...item, ...(own === undefined ? {} : { marks: digest(own.map((mark) => mark.id).toSorted().join(' ')) }), ...(evidence === undefined ? {} : { words: wordsOf(evidence, item) }) };
  };
  return { volumes: plan.volumes.map((volume) => ({ ...volume, items: volume.items.map(withWords) })) };
}

/** The plan as every export recorded it, those of before too: without what its papers say in words and its pictures of no settled kind. */
const asNumbered = (plan: VolumePlan): string => JSON.stringify(plan, (key, value: unknown) => (key === 'words' || key === 'unsettledPictures' ? undefined : value));

/** The numbers of a volume that do not run through, as its 备考表 states them. */
function statedGaps(volume: PlannedVolume): Pick<BoundVolumeFacts['closing'], 'freePages' | 'freeOrders'> {
  const { freePages, freeOrders } = notesOnNumbers(volume);
  return { ...(freePages.length === 0 ? {} : { freePages }), ...(freeOrders.length === 0 ? {} : { freeOrders }) };
}

/**
 * What one volume was given: the pages its 卷内目录 names and the counts its 备考表 states, from the papers; the numbers on its sheets,
 * from the binder.
 */
export function describeBound(volume: PlannedVolume, bound: BoundPlan, material: { readonly snapshot: Snapshot; readonly office: Office; readonly draft: boolean }): BoundVolumeFacts {
  const index = buildVolumeIndexModel(material.snapshot, volume, material.draft);
  const closing = buildClosingNoteModel(volume, material.office, '', material.draft);
  const stamps = new Map(
    bound.sections.flatMap(({ section, numbers, pages }) =>
      numbers === null ? [] : [[section.key, { stamped: [numbers.first, numbers.first + pages - 1], ...(numbers.suffixOf === null ? {} : { stampedAfter: numbers.suffixOf }) }] as const],
    ),
  );
  const filePages = new Map<string | undefined, number>();
  let before = 0;
  for (const { section, pages } of bound.sections) {
    filePages.set(section.key, before + 1);
    before += pages;
  }
  return {
    no: volume.no,
    archivalCode: index.archivalCode,
    closing: { items: closing.items, pages: closing.pages, ...statedGaps(volume) },
    items: index.rows.map(({ item }) => ({
      evidenceId: item.evidenceId,
      order: item.order,
      ...(item.orderAfter === undefined ? {} : { orderAfter: item.orderAfter }),
      indexed: [item.firstPage, item.lastPage],
      ...(item.after === undefined ? {} : { indexedAfter: item.after }),
      // An item without a stamp is as wrong as one with another: no page bears number 0.
      ...(stamps.get(item.evidenceId) ?? { stamped: [0, 0] }),
      ...(filePages.has(item.evidenceId) ? { filePage: filePages.get(item.evidenceId) ?? 1 } : {}),
      archivalCode: '',
    })),
  };
}

/** Pages of the office's own file that stands for a paper of a volume; undefined where the generated one stands. */
type PagesOfReplacement = (kind: string, scope: string) => number | undefined;

/** Shelf counts look up a paper as volumes do: by its kind and scope. */
export const pagesOfFiles = (files: readonly PaperFile[]): PagesOfReplacement => {
  const pages = new Map(files.filter(({ role }) => role === 'replacement').map((file) => [`${file.kind}\n${file.scope}`, file.pages]));
  return (kind, scope) => pages.get(`${kind}\n${scope}`);
};

/** Volumes into boxes in their order, as they would be packed; items are counted over the whole archive. Two pages to a sheet where sheets are printed on both sides. */
export function planShelf(plan: VolumePlan, numbering: ArchivalNumbering, { box, pageStamp, volumeIndex }: PaperProfile, pagesOf: PagesOfReplacement): readonly PlannedBox[] {
  let before = 0;
  const sheetsOf = (pages: number): number => Math.ceil(pages / (pageStamp.duplex ? 2 : 1));
  /** Cover, index, separators and closing note, which bear no 页号 but take room: the office's own as long as they are. */
  const unnumberedSheets = (volume: PlannedVolume): number => {
    const scope = volumeScope(plan, volume);
    const indexSheets = sheetsOf(Math.ceil(volume.items.length / Math.max(1, volumeIndex.leastRows)));
    const papers: readonly (readonly [kind: VolumePaper, scope: string, generated: number])[] = [
      ['cover', scope, 1], ['volume-index', scope, indexSheets], ['closing-note', scope, 1], ...volume.sections.map(({ indicator }) => ['separator', separatorScope(scope, indicator), 1] as const),
    ];
    return papers.reduce((sum, [kind, own, generated]) => {
      const pages = pagesOf(kind, own);
      return sum + (pages === undefined ? generated : sheetsOf(pages));
    }, 0);
  };
  const contents = plan.volumes.map((volume) => {
    const firstItem = before + 1;
    before += volume.items.length;
    const sheets = sheetsOf(volume.pages) + unnumberedSheets(volume);
    return { volume: volume.no, firstItem, lastItem: before, sheets, year: numbering.year, organ: numbering.organ, retention: numbering.retention };
  });
  return planBoxes(contents, box);
}

/** The boxes as the rules look at them: a volume in a box is one filed unit, of the year, 机构 and retention that its 档号 states. */
function packBoxes(plan: VolumePlan, volumes: readonly BoundVolumeFacts[], numbering: ArchivalNumbering, profile: PaperProfile, pagesOf: PagesOfReplacement): readonly BoxFacts[] {
  const codes = new Map(volumes.map(({ no, archivalCode }) => [no, parseArchivalCode(archivalCode)?.numbering ?? numbering]));
  return planShelf(plan, numbering, profile, pagesOf).map((box) => ({
    no: box.no,
    items: box.volumes.map((itemNumber) => {
      const { year, organ, retention } = codes.get(itemNumber) ?? numbering;
      return { itemNumber, year, organ, retention };
    }),
  }));
}

/** A volume as the binder will number it and the generated papers will state it. */
const asPlanned = (volume: PlannedVolume): BoundVolumeFacts => ({
  no: volume.no,
  archivalCode: volume.archivalCode,
  closing: { items: volume.totals.items, pages: volume.totals.pages, ...statedGaps(volume) },
  items: volume.items.map(({ evidenceId, order, orderAfter, firstPage, lastPage, after }) => ({
    evidenceId,
    order,
    ...(orderAfter === undefined ? {} : { orderAfter }),
    indexed: [firstPage, lastPage],
    stamped: [firstPage, lastPage],
    ...(after === undefined ? {} : { indexedAfter: after, stampedAfter: after }),
    archivalCode: '',
  })),
});

/** What a volume's facts become where the office's own papers stand in it. */
function stateVolume(facts: BoundVolumeFacts, scope: string, stated: ReadonlyMap<string, StatedVolume>, evidence: Snapshot['evidence']): BoundVolumeFacts {
  const own = stated.get(scope);
  if (own === undefined) return facts;
  const titles = new Map(evidence.map((item) => [item.id, catalogTitle(item)]));
  return withStated(facts, own, (id) => titles.get(id) ?? '');
}

interface Shelved {
  readonly catalog: Catalog;
  readonly snapshot: Snapshot;
  readonly office: Office;
  readonly plan: VolumePlan;
}

/** The volumes that are planned, with what the office's own papers will state in them; null where it has none: the generated ones agree with the plan. */
export function readPlannedBundle(db: ReadableDb, { catalog, snapshot, office, plan }: Shelved): BundleFacts | null {
  const stated = readStated(db);
  if (stated.size === 0) return null;
  const profile = readProfile(db);
  const volumes = plan.volumes.map((volume) => stateVolume(asPlanned(volume), volumeScope(plan, volume), stated, snapshot.evidence));
  return { volumes, boxes: packBoxes(plan, volumes, numberingOf(office, catalog, profile), profile, pagesOfFiles(listPaperFiles(db))) };
}

/**
 * What the last export numbered, indexed and closed, and what the office's own papers state in place of the generated ones; null where
 * there is neither. An export speaks no longer once the volumes are planned otherwise than they were bound.
 */
export function* readBundleSteps(db: ReadableDb, catalog: Catalog, snapshot: Snapshot, today: string): Steps<BundleFacts | null> {
  const last = getLastExport(db, false);
  const bound = last?.manifest.bound;
  const stated = readStated(db);
  if (bound === undefined && stated.size === 0) return null;
  yield;
  const office = readOffice(db, today);
  const through = planThrough(db, catalog, snapshot, office);
  yield;
  const plan = numberAsDecided(db, through);
  yield;
  const isAsBound = last !== null && bound !== undefined && asNumbered(plan) === asNumbered(last.plan);
  if (!isAsBound && stated.size === 0) return null;
  yield;
  const found = isAsBound ? readFoundSheets(db, last.version) : new Map<number, readonly string[]>();
  const volumes = plan.volumes.map((volume) => {
    const facts = (isAsBound ? bound.find(({ no }) => no === volume.no) : undefined) ?? asPlanned(volume);
    const sheets = found.get(volume.no);
    return stateVolume(sheets === undefined ? facts : { ...facts, sheets }, volumeScope(plan, volume), stated, snapshot.evidence);
  });
  yield;
  const profile = readProfile(db);
  return { volumes, boxes: packBoxes(plan, volumes, numberingOf(office, catalog, profile), profile, pagesOfFiles(listPaperFiles(db))) };
}
