import { evidenceId, sha256 as asSha256 } from '../../domain/ids.ts';
import type { EvidenceId, Sha256 } from '../../domain/ids.ts';
import type { PageFacts } from '../../domain/snapshot.ts';
import type { ReadableDb, Row, WritableDb } from '../database.ts';
import { getEvidence } from './evidence.ts';
import type { EvidenceRecord } from './evidence.ts';
import { bytes, flag, number, numberOrNull, oneOf, text } from '../rows.ts';

/** How far reading a page by its picture is; `none`: there is nothing to read on it. */
export type PageReading = 'waiting' | 'done' | 'none' | 'failed';

/** What was seen on a page without text of its own. Like its text it belongs to the bytes, not to the item. */
export interface PageLookRecord {
  readonly sha256: Sha256;
  /** From 1. */
  readonly page: number;
  readonly blank: boolean;
  /** Degrees clockwise by which it must be turned to be read. */
  readonly turn: 0 | 90 | 180 | 270;
  /** The page in few cells of grey; its meaning is intake's. */
  readonly print: Uint8Array;
  readonly sharpness: number;
  readonly dpi: number | null;
  /** Equal for pages that show the same; empty until it was settled. */
  readonly likeness: string;
  readonly reading: PageReading;
  /** Mean confidence of what was read, 0 to 1. */
  readonly confidence: number;
}

const readings: readonly PageReading[] = ['waiting', 'done', 'none', 'failed'];

const toRecord = (row: Row): PageLookRecord => {
  const turn = number(row, 'turn');
  return {
    sha256: asSha256(text(row, 'sha256')),
    page: number(row, 'page'),
    blank: flag(row, 'blank'),
    turn: turn === 90 || turn === 180 || turn === 270 ? turn : 0,
    print: bytes(row, 'print'),
    sharpness: number(row, 'sharpness'),
    dpi: numberOrNull(row, 'dpi'),
    likeness: text(row, 'likeness'),
    reading: oneOf(row, 'reading', readings),
    confidence: number(row, 'confidence'),
  };
};

/** Keeps what was seen on pages of an object; derived data, so no event is written. */
export const putPageLooks = (db: WritableDb, looks: readonly PageLookRecord[]): void =>
  db.atomically(() => {
    for (const look of looks) {
      const changed = db.run(
        'INSERT OR REPLACE INTO texts.page_looks (sha256, page, blank, turn, print, sharpness, dpi, likeness, reading, confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        look.sha256, look.page, look.blank ? 1 : 0, look.turn, look.print, look.sharpness, look.dpi, look.likeness, look.reading, look.confidence,
      );
      if (changed !== 1) throw new Error('page look was not written');
    }
  });

export const listPageLooks = (db: ReadableDb, sha: Sha256): readonly PageLookRecord[] =>
  db.all('SELECT * FROM texts.page_looks WHERE sha256 = ? ORDER BY page', sha).map(toRecord);

/** Pages with content that were looked at before and whose likeness is settled. */
export const listSettledLooks = (db: ReadableDb): readonly PageLookRecord[] => db.all("SELECT * FROM texts.page_looks WHERE likeness <> '' AND blank = 0").map(toRecord);

/** Pages that still have to be read by their picture, in the order of import, those of the kept items only. */
export const listWaitingPages = (db: ReadableDb, limit: number): readonly PageLookRecord[] =>
  db
    .all(
      `SELECT l.* FROM texts.page_looks l JOIN (SELECT sha256, min(rowid) AS place FROM evidence WHERE trashed_at IS NULL GROUP BY sha256) e ON e.sha256 = l.sha256
       WHERE l.reading = 'waiting' ORDER BY e.place, l.page LIMIT ?`,
      limit,
    )
    .map(toRecord);

/** Items with pages that have neither text nor a look, in the order of import. */
export const listItemsToLookAt = (db: ReadableDb): readonly EvidenceRecord[] =>
  db
    .all(
      `SELECT e.id FROM evidence e JOIN texts.text_states s ON s.sha256 = e.sha256 WHERE e.trashed_at IS NULL AND s.state <> 'failed' AND e.pages >
       (SELECT count(*) FROM texts.page_looks l WHERE l.sha256 = e.sha256) + (SELECT count(*) FROM texts.page_texts t WHERE t.sha256 = e.sha256 AND length(t.body) >= 8
        AND NOT EXISTS (SELECT 1 FROM texts.page_looks l WHERE l.sha256 = t.sha256 AND l.page = t.page)) ORDER BY e.rowid`,
    )
    .flatMap((row) => getEvidence(db, evidenceId(text(row, 'id'))) ?? []);

export interface ReadingCounts {
  readonly waiting: number;
  /** Pages read by their picture, those where it failed included. */
  readonly read: number;
}

export const countReadings = (db: ReadableDb): ReadingCounts => {
  const row = db.get("SELECT count(*) FILTER (WHERE reading = 'waiting') AS waiting, count(*) FILTER (WHERE reading IN ('done', 'failed')) AS read FROM texts.page_looks l WHERE EXISTS (SELECT 1 FROM evidence e WHERE e.sha256 = l.sha256 AND e.trashed_at IS NULL)");
  return row === undefined ? { waiting: 0, read: 0 } : { waiting: number(row, 'waiting'), read: number(row, 'read') };
};

/** What the rules ask of pages, for each item that has them. */
export const listPageFacts = (db: ReadableDb): readonly PageFacts[] =>
  db
    .all('SELECT e.id, l.page, l.blank, l.turn, l.likeness FROM texts.page_looks l JOIN evidence e ON e.sha256 = l.sha256 WHERE e.trashed_at IS NULL ORDER BY e.rowid, l.page')
    .map((row) => ({ evidenceId: evidenceId(text(row, 'id')), page: number(row, 'page'), blank: flag(row, 'blank'), upsideDown: number(row, 'turn') === 180, likeness: text(row, 'likeness') }));

/** Sharpness of the first page of each item that is a picture. */
export const listSharpness = (db: ReadableDb): ReadonlyMap<EvidenceId, number> =>
  new Map(
    db
      .all("SELECT e.id, l.sharpness FROM evidence e JOIN texts.page_looks l ON l.sha256 = e.sha256 AND l.page = 1 WHERE e.trashed_at IS NULL AND e.pages = 1 AND e.image_pixels IS NOT NULL")
      .map((row) => [evidenceId(text(row, 'id')), number(row, 'sharpness')]),
  );

/** A page of an item and the page of another one that it is like. */
export interface AlikePages {
  readonly page: number;
  readonly other: EvidenceId;
  readonly otherPage: number;
}

/** For each page of an item that is like pages of items imported before it, the first of those. */
export const listAlikePages = (db: ReadableDb, id: EvidenceId): readonly AlikePages[] => {
  const found = new Map<number, AlikePages>();
  const rows = db.all(
    `SELECT l.page, e.id AS other, o.page AS other_page FROM evidence i JOIN texts.page_looks l ON l.sha256 = i.sha256
     JOIN texts.page_looks o ON o.likeness = l.likeness AND NOT (o.sha256 = l.sha256 AND o.page = l.page) JOIN evidence e ON e.sha256 = o.sha256
     WHERE i.id = ? AND l.likeness <> '' AND l.blank = 0 AND e.trashed_at IS NULL AND e.rowid < i.rowid ORDER BY l.page, e.rowid, o.page`,
    id,
  );
  for (const row of rows) {
    const page = number(row, 'page');
    if (!found.has(page)) found.set(page, { page, other: evidenceId(text(row, 'other')), otherPage: number(row, 'other_page') });
  }
  return [...found.values()];
};
