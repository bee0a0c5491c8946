import { rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { adoptDerived, createArchive, hasDerived, keepPackState, getPackIn, listCertificates, listEvidence, listPacksIn, listPacksOut, listProofMarks, listReviewFindings, listReviewRounds, listRevisions, partialDerivedPath, putObjectStream, putPackIn, readApplication, readCatalog, readRowState, readSnapshot, transact } from '../archive/index.ts';
import type { ReadableDb, RowState, Tx, WritableArchive } from '../archive/index.ts';
import type { Catalog } from '../domain/catalog.ts';
import { sha256 } from '../domain/ids.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { applyMerge, objectsOf } from './apply-merge.ts';
import type { MergeCounts } from './apply-merge.ts';
import { atBorder } from './at-border.ts';
import { writeHistoryText } from './field-history.ts';
import { mergeKindOf, mergedKinds, pickCells } from './merge-fields.ts';
import { mergeRows } from './merge-rows.ts';
import type { MergePlan, MergeSide, RowWrite } from './merge-rows.ts';
import { PackFault } from './pack-trouble.ts';
import type { ExchangeTrouble } from './pack-trouble.ts';
import { openPack, readingFault } from './read-pack.ts';
import type { OpenPack } from './read-pack.ts';
import { historiesOfWords, readPackSide, unknownSide, withPacksOfOurs } from './pack-words.ts';
import { readHistories } from './read-histories.ts';
import { itemsIn, withinUnit } from './unit-scope.ts';

export interface TakeInOptions {
  readonly actor: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (part: number) => void;
}

export interface MergeReport extends MergeCounts {
  readonly pack: string;
  readonly kind: 'task' | 'whole' | 'return' | 'archive';
  readonly unit: string;
  readonly sender: string;
  readonly digest: string;
  /** Rows that were not the unit's to say, and were left out. */
  readonly outside: number;
  /** It had been merged before: nothing was done. */
  readonly again: boolean;
}

/** What the newest pack of ours said that they have taken in, and the newest of theirs that we have. */
const earlierPacks = (db: ReadableDb, { manifest }: OpenPack): readonly MergeSide[] => {
  const [knows, made] = [new Set(manifest.knows), new Set(manifest.made)];
  const takenIn = listPacksIn(db).findLast((one) => made.has(one.id));
  const handedOut = listPacksOut(db).findLast((one) => knows.has(one.id));
  return [takenIn, handedOut].map((one) => (one === undefined ? null : readPackSide(db, one.id))).filter((side) => side !== null);
};

/** Brings objects and conversions over. Before the rows: what is cut off here leaves unused files, and goes on from there the next time. */
const takeFiles = async (archive: WritableArchive, pack: OpenPack, options: TakeInOptions): Promise<void> => {
  const total = Math.max(1, [...pack.objects.values(), ...pack.derived.values()].reduce((sum, entry) => sum + entry.bytes, 0));
  let done = 0;
  const onBytes = (count: number): void => {
    done += count;
    options.onProgress?.(Math.min(1, done / total));
  };
  for (const [sha, entry] of pack.objects) {
    options.signal?.throwIfAborted();
    const stored = await putObjectStream(archive, { sha256: sha256(entry.sha256), bytes: entry.bytes }, () => pack.read(entry), { onBytes, ...(options.signal === undefined ? {} : { signal: options.signal }) }).catch((error: unknown) => {
      throw readingFault(pack.path, entry.path, error);
    });
    if (!stored || sha !== entry.sha256) throw new PackFault({ code: 'pack-changed', path: pack.path, detail: `原件${sha.slice(0, 12)}…的内容与清单不符` });
  }
  for (const [name, entry] of pack.derived) {
    options.signal?.throwIfAborted();
    if (await hasDerived(archive, name)) continue;
    const partial = partialDerivedPath(archive, '.pdf');
    await writeFile(partial, await pack.read(entry)).catch((error: unknown) => {
      throw readingFault(pack.path, entry.path, error);
    });
    await adoptDerived(archive, name, partial);
    onBytes(entry.bytes);
  }
};

/** Items whose conversion did not come along are bound as they are; their own archive's name for it means nothing here. */
const withKnownConversions = (rows: RowState, pack: OpenPack): RowState => {
  const evidence = rows.get('evidence');
  if (evidence === undefined) return rows;
  const known = new Map([...evidence].map(([key, row]) => [key, row['bound_file'] === '' || pack.derived.has(String(row['bound_file'])) ? row : { ...row, bound_file: '' }]));
  return new Map([...rows, ['evidence', known]]);
};

/** Every object that the rows name is in the pack. */
const assertComplete = (pack: OpenPack): void => {
  for (const sha of objectsOf(pack.rows).keys()) {
    if (!pack.objects.has(sha)) throw new PackFault({ code: 'pack-changed', path: pack.path, detail: `缺少登记过的原件${sha.slice(0, 12)}…` });
  }
};

/**
 * Reads everything as the program will read it later: rows from outside that this program could not read again must not be kept. Runs in
 * the transaction that wrote them, which is taken back where it throws.
 */
export const assertReadable = (tx: Tx, path: string): void => {
  try {
    readApplication(tx);
    readCatalog(tx);
    readSnapshot(tx, '2000-01-01');
    for (const item of [...listEvidence(tx), ...listEvidence(tx, 'trash')]) listRevisions(tx, item.id);
    listProofMarks(tx);
    listCertificates(tx);
    listReviewFindings(tx);
    listReviewRounds(tx);
  } catch (error) {
    throw new PackFault({ code: 'pack-changed', path, detail: `登记数据里有本程序不认识的内容（${error instanceof Error ? error.message : String(error)}）` }, { cause: error });
  }
};

/** Takes a pack in: its files, then all its rows in one change that can be undone. Nothing is merged of a pack that is refused. */
export const mergePack = (archive: WritableArchive, path: string, options: TakeInOptions): Promise<Result<MergeReport, ExchangeTrouble>> =>
  atBorder<MergeReport>(path, async () => {
    const { db } = archive;
    const pack = await openPack(path);
    try {
      const { manifest, digest } = pack;
      const { id, kind, unit, sender } = manifest;
      const head = { pack: id, kind, unit, sender, digest };
      if (manifest.archiveId !== readApplication(db).archiveId) return fail({ code: 'pack-other-archive', path, detail: `它属于“${manifest.title}”` });
      const own = listPacksIn(db).find((one) => one.kind === 'origin');
      if (own !== undefined && own.unit !== '' && own.unit !== unit) return fail({ code: 'pack-other-archive', path, detail: `它是${unit === '' ? '全部内容' : unit}的包，本档案库是${own.unit}的填报副本` });
      // Taken in before, or handed out from here and never filled in.
      if (getPackIn(db, id) !== null || listPacksOut(db).some((one) => one.id === id)) return ok({ ...head, items: 0, links: 0, values: 0, texts: 0, others: 0, removed: 0, conflicts: 0, outside: 0, again: true });
      assertComplete(pack);
      const earlier = earlierPacks(db, pack);
      const handedOut = listPacksOut(db).filter((one) => manifest.knows.includes(one.id)).map((one) => one.id);
      const histories = pack.histories === null ? historiesOfWords(earlier[0] ?? unknownSide, pack.rows, { pack: id, areWhole: true }) : withPacksOfOurs(db, pack.histories, handedOut);
      await takeFiles(archive, pack, options);
      options.signal?.throwIfAborted();
      keepPackState(db, id, { rows: pack.rowText, histories: writeHistoryText(histories) });
      const received = { rows: withKnownConversions(pack.rows, pack), histories };
      const report = transact(
        db,
        options.actor,
        (tx) => {
          const ours = { rows: readRowState(tx, mergedKinds), histories: readHistories(tx) };
          // A unit's word counts for its own indicators only; what the office sends to a unit's copy counts whole.
          const asUnit = kind === 'return' && unit !== '';
          const theirs = asUnit ? withinUnit(received, ours.rows, unit, new Set(earlier.flatMap(({ rows }) => itemsIn(rows)))) : { ...received, outside: 0 };
          const counts = applyMerge(tx, mergeRows({ ours, theirs, now: tx.now, asUnit }), { pack: id, unit });
          putPackIn(tx, { id, kind, unit, sender, digest, fileName: basename(path), headSeq: manifest.head.seq, headHash: manifest.head.hash, summary: { ...counts, outside: theirs.outside } });
          assertReadable(tx, path);
          return { ...head, ...counts, outside: theirs.outside, again: false };
        },
        { label: unit === '' ? '合并另一台电脑的内容' : `合并${unit}的报送内容` },
      );
      return ok(report);
    } finally {
      pack.close();
    }
  });

/** What the new archive was made with gives way to the pack's rows. Their histories are kept with the pack, not row by row. */
const openingPlan = (own: RowState, rows: RowState): MergePlan => ({
  writes: mergedKinds.flatMap((kind): readonly RowWrite[] => [
    ...[...(rows.get(kind) ?? [])].map(([key, cells]): RowWrite => ({ op: 'insert', kind, key, cells: pickCells(cells, mergeKindOf(kind).fields.flatMap((field) => field.columns)), added: {} })),
    ...[...(own.get(kind)?.keys() ?? [])].filter((key) => rows.get(kind)?.has(key) !== true).map((key): RowWrite => ({ op: 'remove', kind, key, added: {} })),
  ]),
  conflicts: [],
});

/** What an archive is made with before its pack's rows are written. */
const noCatalog: Catalog = { schema: 1, id: 'pack', title: '', region: '', documentNumber: '', years: [], deadline: '', milestones: [], groups: [], units: [] };

/** Makes an archive from a pack, on a workstation that has none: with the pack's rows and files, and nothing else. */
export const openPackAsArchive = (path: string, folder: string, options: TakeInOptions): Promise<Result<WritableArchive, ExchangeTrouble>> =>
  atBorder(path, async () => {
    const pack = await openPack(path);
    try {
      assertComplete(pack);
      const { manifest } = pack;
      const created = await createArchive(folder, { title: manifest.title, catalog: noCatalog, actor: options.actor });
      if (!created.ok) return created;
      const archive = created.value;
      try {
        await takeFiles(archive, pack, options);
        const rows = withKnownConversions(pack.rows, pack);
        const histories = pack.histories ?? historiesOfWords(unknownSide, rows, { pack: manifest.id, areWhole: true });
        keepPackState(archive.db, manifest.id, { rows: pack.rowText, histories: writeHistoryText(histories) });
        transact(
          archive.db,
          options.actor,
          (tx) => {
            const application = rows.get('application')?.get('[1]');
            if (application !== undefined) tx.put('open-pack', 'application', { id: 1, ...application });
            applyMerge(tx, openingPlan(readRowState(tx, mergedKinds), rows), { pack: manifest.id, unit: manifest.unit });
            putPackIn(tx, { id: manifest.id, kind: 'origin', unit: manifest.unit, sender: manifest.sender, digest: pack.digest, fileName: basename(path), headSeq: manifest.head.seq, headHash: manifest.head.hash, summary: { due: manifest.due } });
            assertReadable(tx, path);
          },
          { label: '打开任务包', undoable: false },
        );
        return ok(archive);
      } catch (error) {
        archive.close();
        // The folder was empty or not there before: half an archive is none.
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
    } finally {
      pack.close();
    }
  });
