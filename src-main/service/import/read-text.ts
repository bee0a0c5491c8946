import { changeEvidence, findEvidenceBySha256, getEvidence, getTextState, listFiledTitles, listLinksOfEvidence, listPageLooks, listPageTexts, listUnreadObjects, putPageTexts, readCatalog, transact } from '../../archive/index.ts';
import type { EvidenceChange, EvidenceRecord, WritableArchive } from '../../archive/index.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import { isNamedPhoto } from '../../domain/photo.ts';
import { findPersonalIds, guessMetadata, plainFileName, suggestIndicators } from '../../intake/index.ts';
import type { Guess, PageText } from '../../intake/index.ts';
import { boundFileOf } from '../bound-file.ts';
import { listUses } from '../evidence-uses.ts';
import { PROGRAM_ACTOR } from '../program-actor.ts';
import { isTypedByHand } from '../readings.ts';
import type { DescribedField } from '../readings.ts';
import { lookAtScans } from '../scans/look-at-scans.ts';
import { readPlacedText } from '../scans/placed-text.ts';
import type { ReadingRoom } from './reading-room.ts';

/** Titles under one indicator that a proposal is compared with; more of them repeat each other. */
const LEARNED_PER_INDICATOR = 40;

/** A look takes some tenths of a second; a letter or a report is seen whole while it is imported. */
const pagesSeenAtOnce = 20;

/** Title until a better one is read: the file's own name without its ending and its number in a folder. */
export const titleOfName = (fileName: string): string => plainFileName(fileName) || fileName;

const settled = (guess: Guess | null, confidence: number): string => (guess !== null && guess.confidence >= confidence ? guess.value : '');

const noPhotoFacts = { time: '', place: '', people: '', subject: '', background: '', occasion: '' } as const;

/** What the text and the photo's own record say of the item. Unconfirmed until a person says so; a field that somebody filled is left alone. */
export function describeItem(archive: WritableArchive, record: EvidenceRecord, pages: readonly PageText[]): EvidenceChange {
  const catalog = readCatalog(archive.db);
  const unitNames = catalog.units.flatMap((unit) => [unit.name, ...unit.aliases]);
  const takenAt = typeof record.details['takenAt'] === 'string' ? record.details['takenAt'] : '';
  const guess = guessMetadata(pages, record.fileName, unitNames, takenAt);
  const text = pages.map((page) => page.text).join('\n');
  /** A field that a person set, be it to nothing, stays as it is. */
  const isFree = (field: DescribedField, isEmpty: boolean): boolean => isEmpty && !isTypedByHand(record.details, field);
  const title = isFree('title', record.title === titleOfName(record.fileName)) ? settled(guess.title, 0.5) : '';
  const photoTime = settled(guess.photoTime, 0.5);
  const change: EvidenceChange = {
    title: title === '' ? record.title : title,
    documentNumber: isFree('documentNumber', record.documentNumber === '') ? settled(guess.documentNumber, 0.5) : record.documentNumber,
    issuer: isFree('issuer', record.issuer === '') ? settled(guess.issuer, 0.5) : record.issuer,
    date: isFree('date', record.date === '') ? settled(guess.date, 0.5) : record.date,
    secrecy: isFree('secrecy', record.secrecy === '') ? settled(guess.secrecy, 0.5) : record.secrecy,
    kind: isFree('kind', record.kind === null) && (photoTime !== '' || isNamedPhoto(record)) ? 'photo' : record.kind,
    photoFacts: isFree('photoFacts', record.photoFacts === null) && photoTime !== '' ? { ...noPhotoFacts, time: photoTime } : record.photoFacts,
    hasPersonalId: findPersonalIds(text).length > 0,
  };
  const described = { title: change.title ?? record.title, text, issuer: change.issuer ?? '', fileName: record.fileName };
  const suggestions = suggestIndicators(catalog, described, listFiledTitles(archive.db, LEARNED_PER_INDICATOR));
  return { ...change, suggestions, details: { ...record.details, guess } };
}

/**
 * Text of an item's file, read once and kept for search. Null where it cannot be read (the reason stands in its text state) or the reading
 * was cancelled: then no state is left, and it is taken up again later. `before`: see `lookAtScans`.
 */
export async function readFileText(archive: WritableArchive, room: ReadingRoom, file: Pick<EvidenceRecord, 'sha256' | 'pages' | 'boundFile' | 'fileKind'>, signal: AbortSignal, before?: Promise<unknown>): Promise<readonly PageText[] | null> {
  const known = getTextState(archive.db, file.sha256);
  if (known !== null) return known.state === 'failed' ? null : listPageTexts(archive.db, file.sha256).map(({ page, text }) => ({ page, text, items: [] }));
  const read = await room.workers.extractText(boundFileOf(archive, file), file.boundFile === '' ? file.fileKind : 'pdf', { signal });
  if (signal.aborted) return null;
  if (!read.ok) {
    putPageTexts(archive.db, file.sha256, [], { state: 'failed', source: file.fileKind, note: read.error.message });
    return null;
  }
  const { pages, truncated } = read.value;
  const hasText = pages.some((page) => page.text.trim() !== '');
  const note = truncated ? `文字太多或读取太慢，只读出前${pages.length}页。` : '';
  putPageTexts(archive.db, file.sha256, pages.map(({ page, text, items, frame }) => ({ page, text, ...(frame === undefined ? {} : { positions: { frame, items } }) })), { state: hasText ? 'done' : 'none', source: file.fileKind, note });
  // A first look at its scans; the rest of a long document is looked at in the background.
  await lookAtScans(archive, room, file, pagesSeenAtOnce, signal, before);
  return pages;
}

/**
 * Reads an item's text and proposes its description and indicators, after `before`: files are read side by side, yet described in their
 * order, for each may learn from those before it. An item whose text cannot be read keeps what it has. Answers it as it is afterwards.
 */
export async function readEvidenceText(archive: WritableArchive, room: ReadingRoom, id: EvidenceId, signal: AbortSignal, before?: Promise<unknown>): Promise<EvidenceRecord> {
  const record = getEvidence(archive.db, id);
  if (record === null) throw new Error(`evidence ${id} vanished while its text was read`);
  if (record.details['guess'] !== undefined) return record;
  const pages = await readFileText(archive, room, record, signal, before);
  await before;
  const latest = getEvidence(archive.db, id);
  if (pages === null || latest === null || latest.confirmed) return latest ?? record;
  transact(archive.db, PROGRAM_ACTOR, (tx) => changeEvidence(tx, id, describeItem(archive, latest, pages)), { undoable: false });
  return getEvidence(archive.db, id) ?? latest;
}

/**
 * Describes an item anew after its scans were read. A title that somebody wrote stays; of an item that a person confirmed only an
 * identity number is told. What is filed or was bound stands in catalogues that somebody has seen: there the readings are kept as
 * proposals (`details.guess`) and fill in a secrecy mark at most.
 */
export function describeAfterReading(archive: WritableArchive, id: EvidenceId): void {
  const record = getEvidence(archive.db, id);
  if (record === null) return;
  const recognised = new Set(listPageLooks(archive.db, record.sha256).filter(({ reading }) => reading === 'done').map(({ page }) => page));
  const pages = Array.from({ length: record.pages }, (_, index) => readPlacedText(archive.db, record.sha256, index + 1))
    .filter((page) => page !== null)
    .map((page) => ({ ...page, recognised: recognised.has(page.page) }));
  const change = describeItem(archive, record, pages);
  const { title, documentNumber: _number, issuer: _issuer, date: _date, kind: _kind, photoFacts: _photo, ...noted } = change;
  const { title: _title, ...rest } = change;
  const isFiled = listLinksOfEvidence(archive.db, id).length > 0 || listUses(archive.db, id).length > 0;
  const written = isTypedByHand(record.details, 'title') || (record.title !== '' && record.title !== titleOfName(record.fileName));
  const wanted: EvidenceChange = record.confirmed ? { hasPersonalId: record.hasPersonalId || change.hasPersonalId === true } : isFiled ? noted : written || title === undefined ? rest : change;
  transact(archive.db, PROGRAM_ACTOR, (tx) => changeEvidence(tx, id, wanted), { undoable: false });
}

/** Reads what an earlier session left unread: it was stopped, or died, between taking a file in and reading it. Answers how many items. */
export async function readPendingTexts(archive: WritableArchive, room: ReadingRoom, signal: AbortSignal): Promise<number> {
  let items = 0;
  for (const sha of listUnreadObjects(archive.db, Number.MAX_SAFE_INTEGER)) {
    for (const record of findEvidenceBySha256(archive.db, sha)) {
      if (signal.aborted) return items;
      await readEvidenceText(archive, room, record.id, signal);
      items += 1;
    }
  }
  return items;
}
