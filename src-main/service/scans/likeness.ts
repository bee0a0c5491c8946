import { getPageText, listSettledLooks, putPageLooks } from '../../archive/index.ts';
import type { PageLookRecord, ReadableDb, WritableArchive } from '../../archive/index.ts';
import { readTheSame } from '../../domain/page-sight.ts';
import { comparePrints, differInDetail, mayBeCopy, mayBeRescan } from '../../intake/index.ts';
import type { PrintDifference } from '../../intake/index.ts';

type SettledPage = Pick<PageLookRecord, 'sha256' | 'page' | 'print' | 'likeness'>;

/** A page is compared in full with the nearest few only. */
const mostCompared = 3;
const mostRead = 60;
/** Finer prints that are kept, 52 kB each: those of the pages that were looked at last. */
const mostDetails = 600;

/** What was seen on a page, and its finer print where it was drawn. */
export interface SeenPage {
  readonly look: Omit<PageLookRecord, 'likeness'>;
  readonly detail: Uint8Array | null;
}

/** Pages of an archive by how they look, kept in memory while it is open: comparing all of ten thousand prints takes some milliseconds. */
class SeenPages {
  readonly #pages: Map<string, SettledPage>;
  readonly #details = new Map<string, Uint8Array>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(db: ReadableDb) {
    this.#pages = new Map(listSettledLooks(db).map((page) => [keyOf(page), page]));
  }

  put(page: SettledPage, detail: Uint8Array | null = null): void {
    this.#pages.set(keyOf(page), page);
    if (detail === null) return;
    this.#details.set(keyOf(page), detail);
    const [oldest] = this.#details.keys();
    if (this.#details.size > mostDetails && oldest !== undefined) this.#details.delete(oldest);
  }

  /** Whether a page surely shows another picture, without drawing it once more; false where that cannot be told. */
  differs(detail: Uint8Array | null, other: SettledPage): boolean {
    const known = this.#details.get(keyOf(other));
    return detail !== null && known !== undefined && differInDetail(detail, known);
  }

  nearest(page: SettledPage, near: (difference: PrintDifference) => boolean, most: number): readonly SettledPage[] {
    const found: { readonly other: SettledPage; readonly mean: number }[] = [];
    for (const other of this.#pages.values()) {
      if (other.sha256 === page.sha256 && other.page === page.page) continue;
      const difference = comparePrints(page.print, other.print);
      if (near(difference)) found.push({ other, mean: difference.mean });
    }
    return found.toSorted((a, b) => a.mean - b.mean).slice(0, most).map(({ other }) => other);
  }

  /** One after the other: two pages that are settled side by side would not see each other. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work);
    this.#turn = next;
    return next;
  }
}

const keyOf = ({ sha256, page }: Pick<SettledPage, 'sha256' | 'page'>): string => `${sha256}:${page}`;

const seen = new WeakMap<WritableArchive, SeenPages>();

function pagesOf(archive: WritableArchive): SeenPages {
  const known = seen.get(archive) ?? new SeenPages(archive.db);
  seen.set(archive, known);
  return known;
}

/** Whether two pages are one picture; asked of the worker. */
export type ComparePages = (one: SettledPage, other: SettledPage) => Promise<boolean>;

/** Stores what was seen on pages, each under the likeness of a page before that shows the same picture, or under one of its own. */
export async function settleLooks(archive: WritableArchive, seenPages: readonly SeenPage[], compare: ComparePages): Promise<void> {
  const pages = pagesOf(archive);
  await pages.alone(async () => {
    for (const { look, detail } of seenPages) {
      const fresh = { ...look, likeness: keyOf(look) };
      let { likeness } = fresh;
      if (!look.blank && look.reading !== 'failed') {
        for (const other of pages.nearest(fresh, mayBeCopy, mostCompared)) {
          // To compare in full draws both pages; letters of one office are near by their prints, and nearly all of them differ at a second look.
          if (pages.differs(detail, other) || !(await compare(fresh, other))) continue;
          likeness = other.likeness;
          break;
        }
      }
      const settled = { ...fresh, likeness };
      putPageLooks(archive.db, [settled]);
      if (!settled.blank && settled.reading !== 'failed') pages.put(settled, detail);
    }
  });
}

/** After a page was read: it is like one that reads the same, and no longer like one that reads otherwise. */
export async function settleByText(archive: WritableArchive, look: PageLookRecord, text: string): Promise<void> {
  const pages = pagesOf(archive);
  await pages.alone(async () => {
    const textOf = (page: SettledPage): string => getPageText(archive.db, page.sha256, page.page)?.text ?? '';
    const same = pages.nearest(look, mayBeRescan, mostRead).find((other) => readTheSame(text, textOf(other)));
    const settled = same === undefined ? look : { ...look, likeness: same.likeness };
    putPageLooks(archive.db, [settled]);
    pages.put(settled);
  });
}
