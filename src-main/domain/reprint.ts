import { groupBy } from './group-by.ts';
import { notesOnNumbers } from './late-inserts.ts';
import { countPages, countSheets, formatOrder, formatPages } from './page-number.ts';
import type { EvidenceId, IndicatorCode } from './ids.ts';
import type { PlannedItem, PlannedVolume, PlannedWords, VolumePlan } from './volume-plan.ts';

/** What must be printed again after a change (换页单): the papers of a volume, and its sheets by page number. */
export interface VolumeReprint {
  readonly volume: number;
  readonly title: string;
  readonly change: 'new' | 'changed' | 'gone';
  /** Unnumbered papers whose text changed. */
  readonly papers: readonly ReprintedPaper[];
  /** Indicators whose 隔页 is meant by `separators`; empty where it is that of every one. */
  readonly separators: readonly IndicatorCode[];
  readonly sheets: readonly SheetChange[];
}

export type ReprintedPaper = 'cover' | 'index' | 'separators' | 'closing-note';

/**
 * One run of sheets. `oldPages` are to be taken out, `newPages` put in; a text is empty where there is nothing on that side.
 * `content`: the material itself is other; `number`: it is the same material under another page number.
 */
export interface SheetChange {
  readonly action: 'replace' | 'insert' | 'remove';
  readonly reason: 'content' | 'number';
  readonly evidenceId: EvidenceId;
  readonly oldPages: string;
  readonly newPages: string;
  /** Sheets to print. */
  readonly sheets: number;
}

/**
 * Compares two plans of one archive, volume by volume (by number), and lists only what differs. `duplex` tells how many
 * pages a sheet holds. The order of the answer is that of the new plan, then what is gone.
 */
export function reprintDiff(before: VolumePlan, after: VolumePlan, duplex = false): readonly VolumeReprint[] {
  const old = new Map(before.volumes.map((volume) => [volume.no, volume]));
  const renamed = findRenamed(before, after);
  const changed = after.volumes.flatMap((volume): VolumeReprint[] => {
    const previous = old.get(volume.no);
    old.delete(volume.no);
    const reprint = previous === undefined ? describeNew(volume, duplex) : compareVolumes(previous, volume, renamed, duplex);
    return reprint === undefined ? [] : [reprint];
  });
  const gone = [...old.values()].map((volume): VolumeReprint => ({
    volume: volume.no,
    title: volume.title,
    change: 'gone',
    papers: [],
    separators: [],
    sheets: volume.items.map((item) => removal(item)),
  }));
  return [...changed, ...gone];
}

function describeNew(volume: PlannedVolume, duplex: boolean): VolumeReprint {
  return {
    volume: volume.no,
    title: volume.title,
    change: 'new',
    papers: ['cover', 'index', 'separators', 'closing-note'],
    separators: [],
    sheets: volume.items.map((item) => insertion(item, duplex)),
  };
}

/** Items that bear another title now, wherever they are bound. */
function findRenamed(before: VolumePlan, after: VolumePlan): ReadonlySet<EvidenceId> {
  const old = new Map(before.volumes.flatMap(({ items }) => items.map((item) => [item.evidenceId, item] as const)));
  return new Set(after.volumes.flatMap(({ items }) => items.flatMap((item) => (hasOtherWords('title', old.get(item.evidenceId), item) ? [item.evidenceId] : []))));
}

function compareVolumes(before: PlannedVolume, after: PlannedVolume, renamed: ReadonlySet<EvidenceId>, duplex: boolean): VolumeReprint | undefined {
  const old = new Map(before.items.map((item) => [item.evidenceId, item]));
  const kept = new Set(after.items.map((item) => item.evidenceId));
  const sheets: SheetChange[] = [];
  for (const item of after.items) {
    const previous = old.get(item.evidenceId);
    if (previous === undefined) sheets.push(insertion(item, duplex));
    else {
      const reason = sameContent(previous, item) ? 'number' : 'content';
      if (reason === 'content' || !sameNumbers(previous, item)) sheets.push(replacement(previous, item, reason, duplex));
    }
  }
  for (const item of before.items) if (!kept.has(item.evidenceId)) sheets.push(removal(item));
  const papers: ReprintedPaper[] = [];
  if (saidOnCover(before) !== saidOnCover(after) || before.title !== after.title || before.archivalCode !== after.archivalCode) papers.push('cover');
  if (!sameIndex(before, after) || after.items.some((item) => hasOtherWords('row', old.get(item.evidenceId), item))) papers.push('index');
  const separators = differingSeparators(before, after, renamed);
  if (separators.length > 0) papers.push('separators');
  if (saidInClosing(before) !== saidInClosing(after)) papers.push('closing-note');
  if (sheets.length === 0 && papers.length === 0) return undefined;
  return { volume: after.no, title: after.title, change: 'changed', papers, separators: after.sections.every(({ indicator }) => separators.includes(indicator)) ? [] : separators, sheets };
}

const saidOnCover = ({ totals: { items, pages, firstDate, lastDate } }: PlannedVolume): string => JSON.stringify([items, pages, firstDate, lastDate]);
const saidInClosing = (volume: PlannedVolume): string => {
  const { items, pages, photos, photoPages, unsettledPictures = 0 } = volume.totals;
  return JSON.stringify([items, pages, photos, photoPages, unsettledPictures, notesOnNumbers(volume)]);
};

const sameContent = (a: PlannedItem, b: PlannedItem): boolean =>
  a.sourceHash === b.sourceHash && a.marks === b.marks && a.placeholder === b.placeholder && countPages(a) === countPages(b) && !hasOtherWords('sheet', a, b);

/** Whether a description says other words; of exports of before nobody knows what theirs said. */
const hasOtherWords = (of: keyof PlannedWords, before: PlannedItem | undefined, after: PlannedItem): boolean =>
  before?.words !== undefined && after.words !== undefined && before.words[of] !== after.words[of];

/** Whether an item's sheets and its rows on other papers say the same of its place; its 顺序号 stands in the 归档章. */
const sameNumbers = (a: PlannedItem, b: PlannedItem): boolean =>
  a.firstPage === b.firstPage && a.lastPage === b.lastPage && a.after === b.after && a.order === b.order && a.orderAfter === b.orderAfter;

/** Whether the same items stand in both under the same numbers. */
export const sameIndex = (before: PlannedVolume, after: PlannedVolume): boolean =>
  before.items.length === after.items.length &&
  before.items.every((item, at) => {
    const now = after.items[at];
    return now !== undefined && now.evidenceId === item.evidenceId && sameNumbers(item, now);
  });

const numbersOf = (item: PlannedItem): string => `${formatOrder(item)} ${formatPages(item)}`;

/** Each indicator's sheet lists its items with their numbers, and what is bound elsewhere; those of `renamed` bear another title now. */
function differingSeparators(before: PlannedVolume, after: PlannedVolume, renamed: ReadonlySet<EvidenceId>): readonly IndicatorCode[] {
  const retitled = new Set([
    ...after.items.flatMap((item) => (renamed.has(item.evidenceId) ? [item.indicator] : [])),
    ...after.sections.flatMap(({ indicator, crossReferences }) => (crossReferences.some(({ evidenceId }) => renamed.has(evidenceId)) ? [indicator] : [])),
  ]);
  if (retitled.size === 0 && sameIndex(before, after) && JSON.stringify(before.sections) === JSON.stringify(after.sections)) return [];
  const [old, now] = [before, after].map((volume) => {
    const items = groupBy(volume.items, (item) => item.indicator);
    return new Map(volume.sections.map(({ indicator, crossReferences }) => [indicator, JSON.stringify([(items.get(indicator) ?? []).map((item) => [item.evidenceId, numbersOf(item)]), crossReferences])]));
  });
  return [...new Set([...after.sections, ...before.sections].map(({ indicator }) => indicator))].filter((indicator) => retitled.has(indicator) || old?.get(indicator) !== now?.get(indicator));
}

const sheetsOf = (item: PlannedItem, duplex: boolean): number => countSheets(countPages(item), duplex);

const insertion = (item: PlannedItem, duplex: boolean): SheetChange => ({
  action: 'insert',
  reason: 'content',
  evidenceId: item.evidenceId,
  oldPages: '',
  newPages: formatPages(item),
  sheets: sheetsOf(item, duplex),
});

const removal = (item: PlannedItem): SheetChange => ({
  action: 'remove',
  reason: 'content',
  evidenceId: item.evidenceId,
  oldPages: formatPages(item),
  newPages: '',
  sheets: 0,
});

const replacement = (before: PlannedItem, after: PlannedItem, reason: SheetChange['reason'], duplex: boolean): SheetChange => ({
  action: 'replace',
  reason,
  evidenceId: after.evidenceId,
  oldPages: formatPages(before),
  newPages: formatPages(after),
  sheets: sheetsOf(after, duplex),
});
