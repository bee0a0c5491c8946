import { countPages } from './page-number.ts';
import type { ItemOrder, NumberRun, PageSpan } from './page-number.ts';
import { renumberVolumes } from './volume-plan.ts';
import type { PlannedItem, PlannedVolume, VolumePlan } from './volume-plan.ts';

/** What becomes of the numbers in a volume that was bound before: all that follows a change is numbered anew, or what is printed keeps its numbers (插页). */
export type LateNumbering = 'renumber' | 'suffix';

/**
 * The plan in which printed sheets keep their numbers. `formerOf` answers a volume as it was bound last, or null where it is to be
 * numbered through. An item that was bound with the same number of pages, in the same sequence, keeps its 页号 and 顺序号; the others are
 * late inserts. They take numbers that became free where they stand if they fit in, and continue the volume at its end; else they are
 * numbered behind the page before them, 12-1, 12-2 … through all inserts of one place. What was taken out leaves its numbers free.
 * A volume that was bound by this plan is planned the same again.
 */
export const numberLateInserts = (plan: VolumePlan, formerOf: (volume: PlannedVolume) => PlannedVolume | null): VolumePlan =>
  renumberVolumes(plan, (volume) => {
    const former = formerOf(volume);
    if (former === null) return null;
    const before = new Map(former.items.map((item) => [item.evidenceId, item]));
    const pages = numberOnward(volume.items.map((item) => ({ count: countPages(item), former: formerPage(before.get(item.evidenceId), item) })));
    const orders = numberOnward(volume.items.map((item) => ({ count: 1, former: formerOrder(before.get(item.evidenceId)) })));
    return volume.items.map((item, at): PageSpan & ItemOrder => {
      const [page, order] = [pages[at], orders[at]];
      if (page === undefined || order === undefined) return item;
      return {
        order: order.first,
        firstPage: page.first,
        lastPage: page.first + countPages(item) - 1,
        ...(page.after === undefined ? {} : { after: page.after }),
        ...(order.after === undefined ? {} : { orderAfter: order.after }),
      };
    });
  });

interface Given {
  readonly first: number;
  readonly after?: number;
}

const formerPage = (former: PlannedItem | undefined, now: PlannedItem): Given | null =>
  former === undefined || countPages(former) !== countPages(now) ? null : { first: former.firstPage, ...(former.after === undefined ? {} : { after: former.after }) };

const formerOrder = (former: PlannedItem | undefined): Given | null =>
  former === undefined ? null : { first: former.order, ...(former.orderAfter === undefined ? {} : { after: former.orderAfter }) };

/** How many numbers an item takes, and where those begin that it bore; null where it bore none, or another count. */
interface Wanted {
  readonly count: number;
  readonly former: Given | null;
}

function numberOnward(wanted: readonly Wanted[]): readonly Given[] {
  const running = wanted.map(({ former }) => (former === null || former.after !== undefined ? null : former.first));
  const kept = longestRise(running);
  /** For each place, the next number that is kept behind it. */
  const taken: number[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (let at = wanted.length - 1; at >= 0; at--) {
    taken[at] = next;
    if (kept.has(at)) next = running[at] ?? next;
  }
  let last = 0;
  let inserted = 0;
  return wanted.map(({ count, former }, at): Given => {
    const limit = taken[at] ?? 0;
    const given = former !== null && (kept.has(at) || isNext(former)) ? former : last + count < limit ? { first: last + 1 } : { first: inserted + 1, after: last };
    [last, inserted] = given.after === undefined ? [given.first + count - 1, 0] : [given.after, given.first + count - 1];
    return given;

    /** Whether a late insert is so still: first behind a page that may be gone, or behind the one before it. */
    function isNext({ first, after }: Given): boolean {
      return after !== undefined && after < limit && ((after === last && first === inserted + 1) || (after > last && first === 1));
    }
  });
}

/** Indexes of the longest rising sequence among the numbers: what can stay where it is when others moved. */
function longestRise(numbers: readonly (number | null)[]): ReadonlySet<number> {
  /** By length less one: the index at which the lowest sequence of that length ends. */
  const ends: number[] = [];
  const before = new Map<number, number>();
  for (const [at, number] of numbers.entries()) {
    if (number === null) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    const previous = ends[low - 1];
    if (previous !== undefined) before.set(at, previous);
    ends[low] = at;
  }
  const rise = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before.get(at)) rise.add(at);
  return rise;
}

/** 页号 and 顺序号 of a volume that do not run through from 1: what its 备考表 has to say. */
export interface NumberingNotes {
  /** Late inserts by place: the page behind which they lie, and how many pages they have in all. */
  readonly inserts: readonly { readonly after: number; readonly pages: number }[];
  /** Runs of numbers that no page and no item bears any more. */
  readonly freePages: readonly NumberRun[];
  readonly freeOrders: readonly NumberRun[];
}

export function notesOnNumbers({ items }: Pick<PlannedVolume, 'items'>): NumberingNotes {
  const inserts = new Map<number, number>();
  for (const item of items) if (item.after !== undefined) inserts.set(item.after, (inserts.get(item.after) ?? 0) + countPages(item));
  return {
    inserts: [...inserts].map(([after, pages]) => ({ after, pages })),
    freePages: runsBetween(items.filter(({ after }) => after === undefined).map(({ firstPage, lastPage }) => [firstPage, lastPage])),
    freeOrders: runsBetween(items.filter(({ orderAfter }) => orderAfter === undefined).map(({ order }) => [order, order])),
  };
}

function runsBetween(used: readonly NumberRun[]): readonly NumberRun[] {
  return used.flatMap(([first], at): NumberRun[] => {
    const last = used[at - 1]?.[1] ?? 0;
    return first > last + 1 ? [[last + 1, first - 1]] : [];
  });
}
