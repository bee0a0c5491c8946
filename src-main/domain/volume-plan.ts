import { formatArchivalCode, type ArchivalNumbering } from './archival-code.ts';
import type { Catalog, Indicator } from './catalog.ts';
import { chineseNumber } from './chinese-number.ts';
import type { EvidenceId, IndicatorCode, Sha256 } from './ids.ts';
import type { ItemOrder, PageSpan } from './page-number.ts';
import { effectiveKind, isUnsettledPicture } from './photo.ts';
import type { EvidenceFacts, Snapshot } from './snapshot.ts';

/** How evidence is divided into 案卷, and which number each page bears. Described first; papers and binder render it. */
export interface VolumePlan {
  readonly volumes: readonly PlannedVolume[];
}

export interface PlannedVolume {
  /** From 1. */
  readonly no: number;
  readonly title: string;
  /** Empty where the numbering lacks a part that only the office can give (保管期限). */
  readonly archivalCode: string;
  readonly items: readonly PlannedItem[];
  /** Numbered pages: covers, indexes, separators and closing notes bear no 页号 (DA/T 22). */
  readonly pages: number;
  /** Indicators in catalog order, each with the items bound here and those that are bound elsewhere. */
  readonly sections: readonly PlannedSection[];
  readonly totals: VolumeTotals;
}

/** One 件 in a volume, at the page numbers that are stamped and printed in the index. */
export interface PlannedItem extends PageSpan, ItemOrder {
  readonly evidenceId: EvidenceId;
  /** Hash of the bytes that are bound; tells a changed file from an unchanged one. */
  readonly sourceHash: Sha256;
  readonly indicator: IndicatorCode;
  /** The file cannot be bound as it was attached: one page says so in its place (drafts only). */
  readonly placeholder: boolean;
  /** Tells its 印证标识 from other ones: a sheet with another red line is another sheet. Left out where it has none. */
  readonly marks?: string;
  /** Tells what the papers say of it from other words. Left out by exports of before. */
  readonly words?: PlannedWords;
}

/** Digests of an item's description: a corrected title is another row, and another sheet of the 隔页. */
export interface PlannedWords {
  /** Its row in 卷内目录, but for the numbers. */
  readonly row: string;
  readonly title: string;
  /** What is drawn on its own sheets, such as a photo's caption; left out where nothing is. */
  readonly sheet?: string;
}

export interface PlannedSection {
  readonly indicator: IndicatorCode;
  /** Places in the volume, from 1, of the first and last item of the section; null where all its evidence is bound elsewhere. */
  readonly firstOrder: number | null;
  readonly lastOrder: number | null;
  /** Evidence of this indicator that is bound under an earlier one. */
  readonly crossReferences: readonly Placement[];
}

/** Where an item is bound. */
export interface Placement extends PageSpan {
  readonly evidenceId: EvidenceId;
  readonly volume: number;
  readonly order: number;
}

/** The counts that covers and 备考表 print. Dates are `YYYY-MM-DD`, `YYYY` or empty, as the items state them. */
export interface VolumeTotals {
  readonly items: number;
  readonly pages: number;
  /** Items that are photographs, and the pages they fill. */
  readonly photos: number;
  readonly photoPages: number;
  /** Pictures of which nobody has said whether they are photos. Left out by exports of before. */
  readonly unsettledPictures?: number;
  readonly firstDate: string;
  readonly lastDate: string;
}

/**
 * `cap` is the most pages of a volume: required by `page-cap`, where volumes are filled in catalog order; with the other divisions
 * it splits a long indicator or group into parts, and 0 leaves it whole. An item longer than the cap has a volume of its own.
 */
export type VolumeDivision = ({ readonly by: 'indicator' | 'group'; readonly cap?: number } | { readonly by: 'page-cap'; readonly cap: number }) & Partial<VolumeBreaks>;

/** Where a person wants volumes to begin (`breaks`), and where the page cap alone must not begin one (`joins`). */
export interface VolumeBreaks {
  readonly breaks: readonly EvidenceId[];
  readonly joins: readonly EvidenceId[];
}

interface Draft {
  readonly evidence: EvidenceFacts;
  readonly indicator: Indicator;
  readonly group: string;
  readonly pages: number;
  readonly placeholder: boolean;
}

/** A file that can be bound as it was attached. Others get one page that names them. */
export const isBindable = (facts: EvidenceFacts): boolean => facts.integrity === 'ok' && facts.pages > 0;

/**
 * Divides the linked evidence into volumes. Items stand by indicator in catalog order, within it by link order, then by identity,
 * so that equal input gives an equal plan. Evidence cited by several indicators is bound under the first and cross-referenced
 * from the others. Each volume is numbered from 1 without gaps; nothing is split (DA/T 22-2015 §6).
 */
export function planVolumes(
  catalog: Catalog,
  snapshot: Pick<Snapshot, 'evidence' | 'links'>,
  division: VolumeDivision,
  numbering: ArchivalNumbering,
): VolumePlan {
  const cap = division.cap ?? 0;
  if (!Number.isInteger(cap) || cap < 0 || (division.by === 'page-cap' && cap === 0)) {
    throw new RangeError(`a page cap is a whole number of pages, not ${String(division.cap)}`);
  }
  const { drafts, cited } = collectDrafts(catalog, snapshot);
  const bundles = divide(drafts, division.by, cap, { breaks: new Set(division.breaks), joins: new Set(division.joins) });
  const placements = new Map<EvidenceId, Placement>();
  const bound = bundles.map(({ items: bundle }, index) => {
    let next = 1;
    return bundle.map((draft, position): PlannedItem => {
      const item: PlannedItem = {
        evidenceId: draft.evidence.id,
        sourceHash: draft.evidence.sha256,
        order: position + 1,
        indicator: draft.indicator.code,
        firstPage: next,
        lastPage: next + draft.pages - 1,
        placeholder: draft.placeholder,
      };
      next = item.lastPage + 1;
      placements.set(item.evidenceId, { evidenceId: item.evidenceId, volume: index + 1, order: item.order, firstPage: item.firstPage, lastPage: item.lastPage });
      return item;
    });
  });
  const references = locateReferences(catalog, bundles, cited);
  return {
    volumes: bundles.map((bundle, index) => {
      const items = bound[index] ?? [];
      const pages = items.at(-1)?.lastPage ?? 0;
      return {
        no: index + 1,
        title: bundle.title,
        archivalCode: formatArchivalCode(numbering, index + 1),
        items,
        pages,
        sections: describeSections(items, references.get(index) ?? [], placements),
        totals: countTotals(bundle.items, pages),
      };
    }),
  };
}

/** Where an item is bound in a plan, or undefined where no volume holds it. For many items take `indexPlacements`. */
export const findPlacement = (plan: VolumePlan, evidence: EvidenceId): Placement | undefined => indexPlacements(plan).get(evidence);

/** Where every item is bound. */
export const indexPlacements = (plan: VolumePlan): ReadonlyMap<EvidenceId, Placement> =>
  new Map(
    plan.volumes.flatMap((volume) =>
      volume.items.map((item) => [item.evidenceId, placementOf(volume.no, item)] as const),
    ),
  );

const placementOf = (volume: number, { evidenceId, order, firstPage, lastPage, after }: PlannedItem): Placement => ({ evidenceId, volume, order, firstPage, lastPage, ...(after === undefined ? {} : { after }) });

/**
 * The plan with other numbers on its items: `numbersOf` answers those of a volume's items in their order, or null where they stay. The
 * cross-references follow.
 */
export function renumberVolumes(plan: VolumePlan, numbersOf: (volume: PlannedVolume) => readonly (PageSpan & ItemOrder)[] | null): VolumePlan {
  const volumes = plan.volumes.map((volume): PlannedVolume => {
    const numbers = numbersOf(volume);
    if (numbers === null) return volume;
    return { ...volume, items: volume.items.map((item, at) => ({ ...item, ...numbers[at] })) };
  });
  const placements = indexPlacements({ volumes });
  return {
    volumes: volumes.map((volume) => ({
      ...volume,
      sections: volume.sections.map((section) => ({ ...section, crossReferences: section.crossReferences.flatMap(({ evidenceId }) => placements.get(evidenceId) ?? []) })),
    })),
  };
}

/** Items in binding order, and for each indicator what it cites although it is bound under an earlier one. */
function collectDrafts(
  catalog: Catalog,
  snapshot: Pick<Snapshot, 'evidence' | 'links'>,
): { readonly drafts: readonly Draft[]; readonly cited: ReadonlyMap<IndicatorCode, readonly EvidenceId[]> } {
  const facts = new Map(snapshot.evidence.map((evidence) => [evidence.id, evidence]));
  const taken = new Set<EvidenceId>();
  const drafts: Draft[] = [];
  const cited = new Map<IndicatorCode, EvidenceId[]>();
  for (const group of catalog.groups) {
    for (const indicator of group.indicators) {
      const links = snapshot.links
        .filter((link) => link.indicator === indicator.code)
        .toSorted((a, b) => a.order - b.order || compareText(a.evidenceId, b.evidenceId));
      const here = new Set<EvidenceId>();
      for (const { evidenceId } of links) {
        const evidence = facts.get(evidenceId);
        if (evidence === undefined || here.has(evidenceId)) continue;
        here.add(evidenceId);
        if (taken.has(evidenceId)) {
          cited.set(indicator.code, [...(cited.get(indicator.code) ?? []), evidenceId]);
          continue;
        }
        taken.add(evidenceId);
        const placeholder = !isBindable(evidence);
        drafts.push({ evidence, indicator, group: group.name, pages: placeholder ? 1 : evidence.pages, placeholder });
      }
    }
  }
  return { drafts, cited };
}

interface Bundle {
  readonly title: string;
  readonly items: readonly Draft[];
}

interface Wanted {
  readonly breaks: ReadonlySet<EvidenceId>;
  readonly joins: ReadonlySet<EvidenceId>;
}

function divide(drafts: readonly Draft[], by: VolumeDivision['by'], cap: number, wanted: Wanted): readonly Bundle[] {
  if (by === 'page-cap') {
    return fillToCap(drafts, cap, wanted).map((items) => ({ title: titleOfRange(items), items }));
  }
  const bundles = new Map<string, { readonly title: string; readonly items: Draft[] }>();
  for (const draft of drafts) {
    const key = by === 'indicator' ? draft.indicator.code : draft.group;
    const bundle = bundles.get(key) ?? { title: by === 'indicator' ? titleOfIndicator(draft.indicator) : draft.group, items: [] };
    bundle.items.push(draft);
    bundles.set(key, bundle);
  }
  return [...bundles.values()].flatMap(({ title, items }) => {
    const parts = fillToCap(items, cap === 0 ? Number.POSITIVE_INFINITY : cap, wanted);
    return parts.map((part, index) => ({ title: parts.length === 1 ? title : `${title}（${chineseNumber(index + 1)}）`, items: part }));
  });
}

function fillToCap(drafts: readonly Draft[], cap: number, { breaks, joins }: Wanted): readonly (readonly Draft[])[] {
  const parts: Draft[][] = [];
  let pages = 0;
  for (const draft of drafts) {
    const last = parts.at(-1);
    if (last === undefined || breaks.has(draft.evidence.id) || (pages + draft.pages > cap && !joins.has(draft.evidence.id))) {
      parts.push([draft]);
      pages = draft.pages;
    } else {
      last.push(draft);
      pages += draft.pages;
    }
  }
  return parts;
}

const titleOfIndicator = (indicator: Indicator): string => `指标${indicator.code} ${indicator.name}`;

function titleOfRange(items: readonly Draft[]): string {
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined) return '';
  return first.indicator === last.indicator ? titleOfIndicator(first.indicator) : `指标${first.indicator.code}至${last.indicator.code}佐证材料`;
}

/**
 * The volume in which each cross-reference is printed: where the citing indicator's own items begin; for an indicator all of whose
 * evidence is bound elsewhere, the volume of the nearest indicator before it.
 */
function locateReferences(
  catalog: Catalog,
  bundles: readonly Bundle[],
  cited: ReadonlyMap<IndicatorCode, readonly EvidenceId[]>,
): ReadonlyMap<number, readonly { readonly indicator: IndicatorCode; readonly evidence: readonly EvidenceId[] }[]> {
  const firstVolume = new Map<IndicatorCode, number>();
  const lastVolume = new Map<IndicatorCode, number>();
  for (const [index, bundle] of bundles.entries()) {
    for (const draft of bundle.items) {
      if (!firstVolume.has(draft.indicator.code)) firstVolume.set(draft.indicator.code, index);
      lastVolume.set(draft.indicator.code, index);
    }
  }
  const located = new Map<number, { readonly indicator: IndicatorCode; readonly evidence: readonly EvidenceId[] }[]>();
  let nearest = 0;
  for (const indicator of catalog.groups.flatMap((group) => group.indicators)) {
    const at = firstVolume.get(indicator.code) ?? nearest;
    const evidence = cited.get(indicator.code);
    if (evidence !== undefined) located.set(at, [...(located.get(at) ?? []), { indicator: indicator.code, evidence }]);
    nearest = lastVolume.get(indicator.code) ?? nearest;
  }
  return located;
}

function describeSections(
  items: readonly PlannedItem[],
  references: readonly { readonly indicator: IndicatorCode; readonly evidence: readonly EvidenceId[] }[],
  placements: ReadonlyMap<EvidenceId, Placement>,
): readonly PlannedSection[] {
  const open = new Map<IndicatorCode, { first: number; last: number }>();
  for (const item of items) {
    const span = open.get(item.indicator);
    if (span === undefined) open.set(item.indicator, { first: item.order, last: item.order });
    else span.last = item.order;
  }
  const crossReferences = new Map(
    references.map(({ indicator, evidence }) => [indicator, evidence.flatMap((id) => placements.get(id) ?? [])]),
  );
  const own = [...open].map(([indicator, span]): PlannedSection => ({
    indicator,
    firstOrder: span.first,
    lastOrder: span.last,
    crossReferences: crossReferences.get(indicator) ?? [],
  }));
  const elsewhere = references
    .filter(({ indicator }) => !open.has(indicator))
    .map(({ indicator }): PlannedSection => ({ indicator, firstOrder: null, lastOrder: null, crossReferences: crossReferences.get(indicator) ?? [] }));
  return [...own, ...elsewhere];
}

function countTotals(items: readonly Draft[], pages: number): VolumeTotals {
  const dates = items.map(({ evidence }) => evidence.date).filter((date) => date !== '').toSorted(compareText);
  const photos = items.filter(({ evidence }) => effectiveKind(evidence) === 'photo');
  return {
    items: items.length,
    pages,
    photos: photos.length,
    photoPages: photos.reduce((sum, photo) => sum + photo.pages, 0),
    unsettledPictures: items.filter(({ evidence }) => isUnsettledPicture(evidence)).length,
    firstDate: dates[0] ?? '',
    lastDate: dates.at(-1) ?? '',
  };
}

/** By code unit: the same on every machine, whatever its language. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
