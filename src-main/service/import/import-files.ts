import { basename } from 'node:path';
import { addEvidence, beginImportBatch, endImportBatch, findEvidenceBySha256, getEvidence, hasIndicator, joinAsStep, linkEvidence, listAlikePages, listLinksOfEvidence, transact } from '../../archive/index.ts';
import type { Tx, WritableArchive } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { CallOutput, Envelope } from '../../contract/index.ts';
import { evidenceId } from '../../domain/ids.ts';
import type { EvidenceId, IndicatorCode, Sha256 } from '../../domain/ids.ts';
import type { FileKind } from '../../domain/snapshot.ts';
import { walkInput } from '../../intake/index.ts';
import type { LookedInto, Walked } from '../../intake/index.ts';
import type { Job } from '../jobs.ts';
import { Converter } from './convert-files.ts';
import { readEvidenceText, readPendingTexts, titleOfName } from './read-text.ts';
import type { ReadingRoom } from './reading-room.ts';
import { prepareFile, rejectBy, storeConverted } from './store-file.ts';
import type { Rejection, StoredFile, StoredPdf, WalkedFile } from './store-file.ts';

export interface ImportRequest {
  readonly paths: readonly string[];
  readonly indicator: IndicatorCode | null;
  readonly year: number | null;
  /** False leaves the text for later (`readPendingTexts`); then nothing is proposed yet. */
  readonly readText?: boolean;
  /** Called when files have come to stand in the archive, while others are still on their way. */
  readonly onEntered?: () => void;
}

/** Files copied and flushed side by side: one at a time takes twice as long, measured against `sha256sum` + `cp`. */
const AT_ONCE = 8;
/** Files entered in one transaction, for each waits for the disk: what a crash costs is at most these, whose bytes are taken up at the next import. */
const ENTERED_AT_ONCE = 16;

type Answer = CallOutput<'evidence.import'>;

interface Taken {
  readonly id: EvidenceId;
  readonly file: string;
  readonly sha256: Sha256;
  readonly kind: FileKind;
  readonly pages: number;
}

type Outcome =
  | { readonly kind: 'imported'; readonly taken: Taken }
  | { readonly kind: 'duplicate'; readonly id: EvidenceId; readonly of: string }
  | Rejection;

/** When a camera took it, as the file's own record says; kept for the description that is proposed later. */
const photoDetails = ({ image }: LookedInto): Readonly<Record<string, unknown>> => (image === null || image.takenAt === '' ? {} : { takenAt: image.takenAt });

/** A stored file that waits to be entered, with the PDF made of it. */
interface Entry {
  readonly file: WalkedFile;
  readonly stored: StoredFile;
  readonly pdf: StoredPdf | null;
}

/** Enters stored files in one short transaction; the look for the same bytes and the entry are one step without a pause. */
function enterItems(archive: WritableArchive, entries: readonly Entry[], request: ImportRequest, batch: number, actor: string): { readonly outcomes: readonly Outcome[]; readonly change: number } {
  return transact(archive.db, actor, (tx) => ({ outcomes: entries.map((entry) => enterItem(tx, entry, request, batch)), change: tx.changeId }), { undoable: false });
}

function enterItem(tx: Tx, { file, stored: { looked, sha256 }, pdf }: Entry, request: ImportRequest, batch: number): Outcome {
  const same = findEvidenceBySha256(tx, sha256).find((item) => item.trashedAt === null);
  if (same !== undefined) return { kind: 'duplicate', id: same.id, of: same.source === '' ? same.fileName : same.source };
  const pages = pdf === null ? looked.pages : pdf.pages;
  const id = addEvidence(tx, {
    sha256,
    fileName: file.fileName,
    fileKind: looked.kind,
    bytes: looked.bytes,
    pages,
    title: titleOfName(file.fileName),
    imagePixels: looked.image === null ? null : Math.max(looked.image.width, looked.image.height),
    source: file.givenAs,
    importBatch: batch,
    boundFile: pdf?.name ?? '',
    boundNote: pdf?.note ?? '',
    details: photoDetails(looked),
  });
  if (request.indicator !== null) linkEvidence(tx, { evidenceId: id, indicator: request.indicator, year: request.year, requirement: '' });
  return { kind: 'imported', taken: { id, file: file.givenAs, sha256, kind: looked.kind, pages } };
}

/** Runs `work` on several items at once and hands the results on in the items' own order. */
async function* inOrder<Item, Value>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<Value>): AsyncGenerator<readonly [Item, Value]> {
  const running: { readonly item: Item; readonly value: Promise<Value> }[] = [];
  let next = 0;
  try {
    while (next < items.length || running.length > 0) {
      for (let item = items[next]; running.length < atOnce && item !== undefined; item = items[next]) {
        running.push({ item, value: work(item) });
        next += 1;
      }
      const first = running.shift();
      if (first !== undefined) yield [first.item, await first.value];
    }
  } finally {
    await Promise.allSettled(running.map(({ value }) => value));
  }
}

/**
 * Takes in files and folders. Every file that is answered as imported is whole in the archive, whatever happens later; one bad file
 * never stops the rest. What the binder takes is filed at once; the rest is converted after it, office documents in one run. Text and
 * proposals are read beside the copying, in processes of their own.
 */
export async function importFiles(archive: WritableArchive, room: ReadingRoom, request: ImportRequest, actor: string, job: Job): Promise<Envelope<Answer>> {
  if (request.indicator !== null && !hasIndicator(archive.db, request.indicator)) return fail('indicator-unknown', request.indicator);
  const found: Walked[] = [];
  for await (const walked of walkInput(request.paths, { signal: job.signal, own: archive.folder })) found.push(walked);
  const total = Math.max(1, found.reduce((sum, walked) => sum + (walked.kind === 'file' ? walked.bytes : 0), 0));
  const batch = beginImportBatch(archive.db, actor, request.paths.map((path) => basename(path)).join('、').slice(0, 500));
  const converter = await Converter.open(archive, room, room.resources);
  const duplicates: Answer['duplicates'][number][] = [];
  const rejected: Answer['rejected'][number][] = [];
  const skipped: Answer['skipped'][number][] = [];
  const reading: Promise<Answer['imported'][number]>[] = [];
  let readBefore: Promise<unknown> = Promise.resolve();
  const toConvert: { readonly file: WalkedFile; readonly looked: LookedInto }[] = [];
  const parts: number[] = [];
  let done = 0;

  const settle = (file: WalkedFile, outcome: Outcome): void => {
    done += file.bytes;
    switch (outcome.kind) {
      case 'imported':
        reading.push(request.readText === false ? Promise.resolve({ ...outcome.taken, title: titleOfName(basename(outcome.taken.file)), documentNumber: '', issuer: '', date: '', suggestions: [] }) : readTaken(archive, room, outcome.taken, job.signal, readBefore));
        readBefore = Promise.allSettled(reading.slice(-1));
        break;
      case 'duplicate':
        duplicates.push({ file: file.givenAs, of: outcome.of });
        if (request.indicator !== null) parts.push(...linkAgain(archive, outcome.id, request, request.indicator, actor));
        break;
      case 'rejected':
        rejected.push({ file: file.givenAs, error: outcome.error, message: outcome.message });
        break;
      default:
        outcome satisfies never;
    }
  };

  for (const walked of found) {
    if (walked.kind === 'skipped') skipped.push({ file: walked.givenAs, message: walked.message });
    if (walked.kind === 'rejected') rejected.push({ file: walked.givenAs, error: walked.trouble.error, message: `“${basename(walked.path)}”：${walked.trouble.message}` });
  }
  let waiting: Entry[] = [];
  const enter = (): void => {
    const entries = waiting;
    waiting = [];
    if (entries.length === 0) return;
    const { outcomes, change } = enterItems(archive, entries, request, batch, actor);
    // Files that were all there already leave no change.
    if (outcomes.some((outcome) => outcome.kind === 'imported')) parts.push(change);
    for (const [index, outcome] of outcomes.entries()) {
      const entry = entries[index];
      if (entry !== undefined) settle(entry.file, outcome);
    }
    request.onEntered?.();
  };

  const files = found.filter((walked) => walked.kind === 'file');
  for await (const [file, prepared] of inOrder(files, AT_ONCE, (one) => prepareFile(archive, one, converter.kinds, job.signal))) {
    if (job.signal.aborted) break;
    job.progress((0.5 * done) / total, `导入 ${file.fileName}`);
    if (prepared.kind === 'to-convert') toConvert.push({ file, looked: prepared.looked });
    else if (prepared.kind === 'rejected') settle(file, prepared);
    else waiting.push({ file, stored: prepared, pdf: null });
    if (waiting.length >= ENTERED_AT_ONCE) enter();
  }
  // Also after a cancellation: what was stored is not thrown away.
  enter();
  if (toConvert.length > 0 && !job.signal.aborted) {
    const share = 0.5 - (0.5 * done) / total;
    const progress = (settled: number): void => job.progress(0.5 - share + (share * settled) / toConvert.length, `转换为PDF ${settled}/${toConvert.length}`);
    progress(0);
    const outcomes = await converter.convert(toConvert.map(({ file, looked }) => ({ path: file.path, kind: looked.kind })), job.signal, progress);
    for (const [index, { file, looked }] of toConvert.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined || job.signal.aborted) break;
      const stored = outcome.ok ? await storeConverted(archive, file, looked, outcome.pdf, job.signal) : rejectBy(file, outcome.trouble);
      if (stored.kind === 'rejected') settle(file, stored);
      else waiting.push({ file, stored, pdf: stored.pdf });
      if (waiting.length >= ENTERED_AT_ONCE) enter();
    }
    enter();
  }
  let read = 0;
  const imported = await Promise.all(
    reading.map(async (one) => {
      const item = await one;
      read += 1;
      job.progress(0.5 + (0.5 * read) / reading.length, `读取文字 ${read}/${reading.length}`);
      return item;
    }),
  );
  if (request.readText !== false) await readPendingTexts(archive, room, job.signal);
  joinAsStep(archive.db, parts, imported.length === 0 ? '归入材料' : `导入${imported.length}件材料`, batch);
  endImportBatch(archive.db, batch, { imported: imported.length, duplicates: duplicates.length, rejected: rejected.map(({ file, error }) => ({ file, error })) });
  const order = new Map(found.map((walked, index) => [walked.givenAs, index]));
  const placeOf = (item: { readonly file: string }): number => order.get(item.file) ?? 0;
  const inOrderOfFiles = imported.toSorted((a, b) => placeOf(a) - placeOf(b));
  return succeed({ imported: inOrderOfFiles, duplicates, alike: inOrderOfFiles.flatMap((item) => listAlike(archive, item)), rejected, skipped });
}

async function readTaken(archive: WritableArchive, room: ReadingRoom, taken: Taken, signal: AbortSignal, before: Promise<unknown>): Promise<Answer['imported'][number]> {
  const { title, documentNumber, issuer, date, suggestions } = await readEvidenceText(archive, room, taken.id, signal, before);
  return { ...taken, title, documentNumber, issuer, date, suggestions: suggestions.map(({ code, score }) => ({ code, score })) };
}

/** Pages of a new item that show what a page of an item before it shows. A hint: the clerk decides whether one of the two goes. */
function listAlike(archive: WritableArchive, { id, file }: Answer['imported'][number]): readonly Answer['alike'][number][] {
  return listAlikePages(archive.db, evidenceId(id)).map(({ page, other, otherPage }) => {
    const record = getEvidence(archive.db, other);
    return { id, file, page, of: record === null || record.title === '' ? (record?.fileName ?? '') : record.title, ofPage: otherPage };
  });
}

/** The same bytes may prove another indicator or year as well. Answers the change; none where they are there already. */
function linkAgain(archive: WritableArchive, id: EvidenceId, request: ImportRequest, indicator: IndicatorCode, actor: string): readonly number[] {
  if (listLinksOfEvidence(archive.db, id).some((link) => link.indicator === indicator && link.year === request.year && link.requirement === '')) return [];
  const link = (tx: Tx): readonly number[] => {
    linkEvidence(tx, { evidenceId: id, indicator, year: request.year, requirement: '' });
    return [tx.changeId];
  };
  return transact(archive.db, actor, link, { label: `归入指标${indicator}`, undoable: false });
}
