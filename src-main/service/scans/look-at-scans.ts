import { findEvidenceBySha256, listPageLooks, listPageTexts } from '../../archive/index.ts';
import type { EvidenceRecord, ReadableDb, WritableArchive } from '../../archive/index.ts';
import type { Sha256 } from '../../domain/ids.ts';
import type { PageLook } from '../../intake/index.ts';
import type { ReadingRoom } from '../import/reading-room.ts';
import { drawableOf } from './drawable-file.ts';
import type { DrawableEvidence } from './drawable-file.ts';
import { settleLooks } from './likeness.ts';
import type { ComparePages, SeenPage } from './likeness.ts';

/** Fewer letters are a stamp or a page number on a scan, not the text of the page. */
const leastLetters = 8;
/** Pages of one document that are looked at; what follows is text that a machine should have given. */
export const mostScanPages = 2000;

const hasText = (text: string): boolean => (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= leastLetters;

/** Pages of an item that have no text of their own and were not looked at yet, from 1. */
export function listUnseenPages(db: ReadableDb, record: Pick<EvidenceRecord, 'sha256' | 'pages'>): readonly number[] {
  const known = new Set([...listPageLooks(db, record.sha256).map(({ page }) => page), ...listPageTexts(db, record.sha256).filter(({ text }) => hasText(text)).map(({ page }) => page)]);
  return Array.from({ length: Math.min(record.pages, mostScanPages) }, (_, index) => index + 1).filter((page) => !known.has(page));
}

const toSeen = (sha256: Sha256, { page, blank, turn, print, detail, sharpness, dpi }: PageLook): SeenPage => ({
  look: { sha256, page, blank, turn, print: Buffer.from(print, 'base64'), sharpness, dpi, reading: blank ? 'none' : 'waiting', confidence: 0 },
  detail: Buffer.from(detail, 'base64'),
});

const notDrawn = (sha256: Sha256, page: number): SeenPage => ({ look: { sha256, page, blank: false, turn: 0, print: new Uint8Array(0), sharpness: 0, dpi: null, reading: 'failed', confidence: 0 }, detail: null });

/**
 * Looks at the pages of an item that have no text of their own, at most `most` of them, and keeps what was seen. A page that cannot be
 * drawn is noted as such and not tried again. What it is like is settled after `before`, so that of files seen side by side an earlier one
 * is settled first. Answers how many pages were looked at.
 */
export async function lookAtScans(archive: WritableArchive, room: ReadingRoom, record: Pick<EvidenceRecord, 'sha256' | 'pages' | 'boundFile' | 'fileKind'>, most: number, signal: AbortSignal, before: Promise<unknown> = Promise.resolve()): Promise<number> {
  const pages = listUnseenPages(archive.db, record).slice(0, most);
  if (pages.length === 0) return 0;
  const file = await drawableOf(archive, record, room.fonts());
  const looked = file === null ? null : await room.workers.lookAtPages(file.path, file.fileKind, { pages }, { signal });
  await before;
  // A cancelled look leaves nothing: it is taken up again later.
  if (signal.aborted) return 0;
  const looks = looked?.ok === true ? looked.value : [];
  const seen = new Set(looks.map(({ page }) => page));
  const last = looks.at(-1)?.page ?? 0;
  // Pages behind the last one seen may only have been left for want of time.
  const lost = pages.filter((page) => !seen.has(page) && (page < last || looks.length === 0));
  const fileOf = async (sha256: Sha256): Promise<DrawableEvidence | null> => {
    const item = findEvidenceBySha256(archive.db, sha256)[0];
    return item === undefined ? null : drawableOf(archive, item, room.fonts());
  };
  const compare: ComparePages = async (one, other) => {
    const [first, second] = [await fileOf(one.sha256), await fileOf(other.sha256)];
    if (first === null || second === null) return false;
    const answer = await room.workers.comparePages({ ...first, page: one.page }, { ...second, page: other.page }, { signal });
    return answer.ok && answer.value.same;
  };
  await settleLooks(archive, [...looks.map((look) => toSeen(record.sha256, look)), ...lost.map((page) => notDrawn(record.sha256, page))], compare);
  return looks.length + lost.length;
}
