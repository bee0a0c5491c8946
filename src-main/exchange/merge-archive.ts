import { createReadStream } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { adoptDerived, derivedPath, eventHash, findBrokenEvent, hasDerived, lastEvent, listPacksIn, objectPath, openArchive, partialDerivedPath, putObjectStream, putPackIn, readApplication, readRowState, transact } from '../archive/index.ts';
import type { Archive, ReadableDb, RowState, WritableArchive } from '../archive/index.ts';
import { sha256 } from '../domain/ids.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { applyMerge, objectsOf } from './apply-merge.ts';
import { atBorder } from './at-border.ts';
import { mergedKinds } from './merge-fields.ts';
import { assertReadable } from './merge-pack.ts';
import type { MergeReport, TakeInOptions } from './merge-pack.ts';
import { mergeRows } from './merge-rows.ts';
import { PackFault } from './pack-trouble.ts';
import type { ExchangeTrouble } from './pack-trouble.ts';
import { readHistories } from './read-histories.ts';

/** The last entry that two logs have in common: their hashes chain, so that one equal hash means an equal past. 0 where they never met. */
export const commonPast = (one: ReadableDb, other: ReadableDb): number => {
  let low = 0;
  let high = Math.min(lastEvent(one).seq, lastEvent(other).seq);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (eventHash(one, middle) === eventHash(other, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** The newest state of `of` that `by` has taken in as an archive, as its entry's number; null where none is in that log. */
const lastTaken = (by: ReadableDb, of: ReadableDb): number | null =>
  listPacksIn(by)
    .filter((one) => one.kind === 'archive' && one.headSeq > 0 && eventHash(of, one.headSeq) === one.headHash)
    .reduce<number | null>((most, one) => (most === null || one.headSeq > most ? one.headSeq : most), null);

const takeObjects = async (archive: WritableArchive, other: Archive, theirs: RowState, options: TakeInOptions): Promise<void> => {
  const wanted = objectsOf(theirs);
  const total = Math.max(1, [...wanted.values()].reduce((sum, bytes) => sum + bytes, 0));
  let done = 0;
  for (const [sha, bytes] of wanted) {
    options.signal?.throwIfAborted();
    const file = objectPath(other, sha256(sha));
    const stored = await putObjectStream(archive, { sha256: sha256(sha), bytes }, () => Promise.resolve(createReadStream(file, { highWaterMark: 1 << 20 })), options.signal === undefined ? {} : { signal: options.signal }).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    });
    if (!stored) throw new PackFault({ code: 'pack-changed', path: other.folder, detail: `对方档案库的原件${sha.slice(0, 12)}…缺失或已改变，请先在对方电脑上核验` });
    done += bytes;
    options.onProgress?.(done / total);
  }
  for (const row of theirs.get('evidence')?.values() ?? []) {
    const name = String(row['bound_file']);
    if (name === '' || (await hasDerived(archive, name)) || !(await hasDerived(other, name))) continue;
    const partial = partialDerivedPath(archive, '.pdf');
    await copyFile(derivedPath(other, name), partial);
    await adoptDerived(archive, name, partial);
  }
};

/**
 * Merges another archive folder of the same project (a copy that went on by itself on a second workstation). Where
 * its words come from is read from both logs; the other folder is only read.
 */
export const mergeArchive = (archive: WritableArchive, folder: string, options: TakeInOptions): Promise<Result<MergeReport, ExchangeTrouble>> =>
  atBorder<MergeReport>(folder, async () => {
    const { db } = archive;
    const opened = await openArchive(folder, { readOnly: true });
    if (!opened.ok) return opened;
    const other = opened.value;
    try {
      const { archiveId, title } = readApplication(other.db);
      if (archiveId !== readApplication(db).archiveId) return fail({ code: 'pack-other-archive', path: folder, detail: `它是“${title}”` });
      const broken = await findBrokenEvent(other.db);
      if (broken !== null) return fail({ code: 'pack-changed', path: folder, detail: `对方档案库的操作日志从第${broken}条起不衔接` });
      const head = lastEvent(other.db);
      const id = `a${head.hash.slice(0, 24)}`;
      const unit = listPacksIn(other.db).find((one) => one.kind === 'origin')?.unit ?? '';
      const report = { pack: id, kind: 'archive' as const, unit, sender: basename(folder), digest: head.hash };
      const past = commonPast(db, other.db);
      if (past === head.seq || lastTaken(db, other.db) === head.seq) return ok({ ...report, items: 0, links: 0, values: 0, texts: 0, others: 0, removed: 0, conflicts: 0, outside: 0, again: true });
      if (past === 0) return fail({ code: 'pack-other-archive', path: folder, detail: '两个档案库没有共同的历史；单位报送的内容请让对方用“报送”导出后再收' });
      const theirs = { rows: readRowState(other.db, mergedKinds), histories: readHistories(other.db) };
      await takeObjects(archive, other, theirs.rows, options);
      const counts = transact(
        db,
        options.actor,
        (tx) => {
          const merged = applyMerge(tx, mergeRows({ ours: { rows: readRowState(tx, mergedKinds), histories: readHistories(tx) }, theirs, now: tx.now }), { pack: id, unit });
          putPackIn(tx, { id, kind: 'archive', unit, sender: basename(folder), digest: head.hash, fileName: basename(folder), headSeq: head.seq, headHash: head.hash, summary: { ...merged } });
          assertReadable(tx, folder);
          return merged;
        },
        { label: '合并另一台电脑的档案库' },
      );
      return ok({ ...report, ...counts, outside: 0, again: false });
    } finally {
      other.close();
    }
  });
