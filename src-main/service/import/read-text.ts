import { changeEvidence, findEvidenceBySha256, getEvidence, getTextState, listFiledTitles, listUnreadObjects, putPageTexts, readCatalog, transact } from '../../archive/index.ts';
import type { EvidenceChange, EvidenceRecord, WritableArchive } from '../../archive/index.ts';
import type { Fonts } from '../../binder/index.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import { findPersonalIds, guessMetadata, suggestIndicators } from '../../intake/index.ts';
import type { Guess, PageText, WorkerPool } from '../../intake/index.ts';
import { boundFileOf } from '../bound-file.ts';
import { lookAtScans } from '../scans/look-at-scans.ts';
import { readPlacedText } from '../scans/placed-text.ts';

/** Where files from outside are looked into: processes that may die without harm. */
export interface ReadingRoom {
  readonly workers: WorkerPool;
  /** Folder of the bundled fonts' parent. */
  readonly resources: string;
  readonly fonts: () => Fonts;
}

/** Titles under one indicator that a proposal is compared with; more of them repeat each other. */
const LEARNED_PER_INDICATOR = 40;

/** A look takes some tenths of a second; a letter or a report is seen whole while it is imported. */
const pagesSeenAtOnce = 20;

const settled = (guess: Guess | null, confidence: number): string => (guess !== null && guess.confidence >= confidence ? guess.value : '');

/** What the text says of the item. Unconfirmed until a person says so; a field that somebody filled is left alone. */
function describeItem(archive: WritableArchive, record: EvidenceRecord, pages: readonly PageText[]): EvidenceChange {
  const catalog = readCatalog(archive.db);
  const unitNames = catalog.units.flatMap((unit) => [unit.name, ...unit.aliases]);
  const guess = guessMetadata(pages, record.fileName, unitNames);
  const text = pages.map((page) => page.text).join('\n');
  const title = settled(guess.title, 0.5);
  const change: EvidenceChange = {
    title: title === '' ? record.title : title,
    documentNumber: record.documentNumber === '' ? settled(guess.documentNumber, 0.5) : record.documentNumber,
    issuer: record.issuer === '' ? settled(guess.issuer, 0.5) : record.issuer,
    date: record.date === '' ? settled(guess.date, 0.5) : record.date,
    secrecy: record.secrecy === '' ? settled(guess.secrecy, 0.5) : record.secrecy,
    hasPersonalId: findPersonalIds(text).length > 0,
  };
  const described = { title: change.title ?? record.title, text, issuer: change.issuer ?? '', fileName: record.fileName };
  const suggestions = suggestIndicators(catalog, described, listFiledTitles(archive.db, LEARNED_PER_INDICATOR));
  return { ...change, suggestions, details: { ...record.details, guess } };
}

/**
 * Reads an item's text, keeps it for search, and proposes its description and indicators. A file whose text cannot be read keeps
 * what it has; the reason stands in its text state. Answers the item as it is afterwards.
 */
export async function readEvidenceText(archive: WritableArchive, room: ReadingRoom, id: EvidenceId, actor: string, signal: AbortSignal): Promise<EvidenceRecord> {
  const record = getEvidence(archive.db, id);
  if (record === null) throw new Error(`evidence ${id} vanished while its text was read`);
  if (getTextState(archive.db, record.sha256) !== null) return record;
  const read = await room.workers.extractText(boundFileOf(archive, record), record.boundFile === '' ? record.fileKind : 'pdf', { signal });
  // A cancelled reading leaves no state: it is taken up again later.
  if (signal.aborted) return record;
  if (!read.ok) {
    putPageTexts(archive.db, record.sha256, [], { state: 'failed', source: record.fileKind, note: read.error.message });
    return record;
  }
  const { pages } = read.value;
  const hasText = pages.some((page) => page.text.trim() !== '');
  putPageTexts(archive.db, record.sha256, pages.map(({ page, text, items, frame }) => ({ page, text, ...(frame === undefined ? {} : { positions: { frame, items } }) })), { state: hasText ? 'done' : 'none', source: record.fileKind, note: '' });
  // A first look at its scans; the rest of a long document is looked at in the background.
  await lookAtScans(archive, room, record, pagesSeenAtOnce, signal);
  const latest = getEvidence(archive.db, id);
  if (latest === null || latest.confirmed) return latest ?? record;
  transact(archive.db, actor, (tx) => changeEvidence(tx, id, describeItem(archive, latest, pages)), { undoable: false });
  return getEvidence(archive.db, id) ?? latest;
}

/**
 * Describes an item anew after its scans were read. A title that somebody wrote stays; of an item that a person confirmed only an
 * identity number is told.
 */
export function describeAfterReading(archive: WritableArchive, id: EvidenceId, actor: string): void {
  const record = getEvidence(archive.db, id);
  if (record === null) return;
  const pages = Array.from({ length: record.pages }, (_, index) => readPlacedText(archive.db, record.sha256, index + 1)).filter((page) => page !== null);
  const change = describeItem(archive, record, pages);
  const { title, ...rest } = change;
  const written = record.title !== '' && !record.fileName.startsWith(record.title);
  const wanted: EvidenceChange = record.confirmed ? { hasPersonalId: record.hasPersonalId || change.hasPersonalId === true } : written || title === undefined ? rest : change;
  transact(archive.db, actor, (tx) => changeEvidence(tx, id, wanted), { undoable: false });
}

/** Reads what an earlier session left unread: it was stopped, or died, between taking a file in and reading it. Answers how many items. */
export async function readPendingTexts(archive: WritableArchive, room: ReadingRoom, actor: string, signal: AbortSignal): Promise<number> {
  let items = 0;
  for (const sha of listUnreadObjects(archive.db, Number.MAX_SAFE_INTEGER)) {
    for (const record of findEvidenceBySha256(archive.db, sha)) {
      if (signal.aborted) return items;
      await readEvidenceText(archive, room, record.id, actor, signal);
      items += 1;
    }
  }
  return items;
}
