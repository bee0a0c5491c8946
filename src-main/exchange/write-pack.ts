import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { addPackOut, derivedPath, hasDerived, keepPackState, lastEvent, listPacksIn, listPacksOut, objectPath, readApplication, readRowState, transact } from '../archive/index.ts';
import type { PackOutKind, ReadableDb, RowState, WritableArchive } from '../archive/index.ts';
import { hashFile } from '../archive/index.ts';
import { sha256 } from '../domain/ids.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { objectsOf } from './apply-merge.ts';
import { atBorder } from './at-border.ts';
import { writeHistoryText } from './field-history.ts';
import { mergedKinds } from './merge-fields.ts';
import type { MergeSide } from './merge-rows.ts';
import { HISTORIES_ENTRY, MANIFEST_ENTRY, MIMETYPE_ENTRY, PACK_FORMAT, PACK_MIMETYPE, PACK_VERSION, ROWS_ENTRY, SEAL, makePackId, sha256Of } from './pack-manifest.ts';
import type { PackEntry, PackManifest } from './pack-manifest.ts';
import type { ExchangeTrouble } from './pack-trouble.ts';
import { readHistories } from './read-histories.ts';
import { writeRowText } from './row-lines.ts';
import { historiesForUnit, readUnitScope, rowsForUnit } from './unit-scope.ts';
import { writeZip } from './zip-writer.ts';
import type { ZipSource } from './zip-writer.ts';

export interface PackRequest {
  /** `forms` is a plain folder and made elsewhere. */
  readonly kind: Exclude<PackOutKind, 'forms'>;
  /** Canonical name; empty for everything. */
  readonly unit: string;
  readonly out: string;
  readonly actor: string;
  /** Who hands it over, for the other side's receipt. */
  readonly sender: string;
  /** `YYYY-MM-DD` or empty. */
  readonly due: string;
  /** Papers and notes for people without the program, at the top of the pack. */
  readonly papers: readonly { readonly path: string; readonly content: Uint8Array }[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (part: number) => void;
}

export interface WrittenPack {
  readonly id: string;
  readonly digest: string;
  readonly items: number;
  readonly rows: number;
  readonly indicators: number;
  readonly bytes: number;
}

/** Version of the database that the rows are from. */
const schemaOf = (db: ReadableDb): number => Number(db.get('PRAGMA user_version')?.['user_version'] ?? 0);

/** What a pack says: of the unit's rows, or of all. What a unit's copy sends back is all it has. */
export const sideForPack = ({ db }: Pick<WritableArchive, 'db'>, unit: string, kind: PackRequest['kind']): MergeSide => {
  const all = { rows: readRowState(db, mergedKinds), histories: readHistories(db) };
  if (unit === '' || kind === 'return') return all;
  const rows = rowsForUnit(all.rows, unit);
  return { rows, histories: historiesForUnit(all, rows, unit) };
};

const boundFiles = (state: RowState): readonly string[] => [...new Set([...(state.get('evidence')?.values() ?? [])].map((row) => String(row['bound_file'])).filter((name) => name !== ''))].sort();

/**
 * Writes a pack and notes that it was handed out, with its rows as the base of the merge to come. The note is written when the file is
 * whole; a pack that was cut off leaves neither.
 */
export const writePack = (archive: WritableArchive, request: PackRequest): Promise<Result<WrittenPack, ExchangeTrouble>> =>
  atBorder(archive.folder, async () => {
    const { db } = archive;
    const { rows: state, histories } = sideForPack(archive, request.unit, request.kind);
    if (request.unit !== '' && request.kind === 'task' && readUnitScope(state, request.unit).roles.size === 0) {
      return fail({ code: 'pack-unit-unknown', path: request.unit, detail: '没有一项指标由它牵头或协办' });
    }
    const id = makePackId();
    const rows = Buffer.from(writeRowText(state));
    const origins = writeHistoryText(histories);
    const sources: ZipSource[] = [{ path: MIMETYPE_ENTRY, content: Buffer.from(PACK_MIMETYPE), compress: false }];
    const small = [...request.papers, { path: ROWS_ENTRY, content: rows }, { path: HISTORIES_ENTRY, content: Buffer.from(origins) }];
    const entries: PackEntry[] = small.map(({ path, content }) => ({ path, bytes: content.byteLength, sha256: sha256Of(content) }));
    const files: ZipSource[] = [];
    for (const sha of [...objectsOf(state).keys()].sort()) {
      const file = objectPath(archive, sha256(sha));
      const size = await stat(file).then((found) => found.size, () => null);
      if (size === null) return fail({ code: 'pack-changed', path: archive.folder, detail: `档案库里缺少原件${sha.slice(0, 12)}…，请先核验档案库` });
      files.push({ path: `objects/${sha}`, file, bytes: size, sha256: sha });
      entries.push({ path: `objects/${sha}`, bytes: size, sha256: sha });
    }
    for (const name of boundFiles(state)) {
      if (!(await hasDerived(archive, name))) continue;
      const file = derivedPath(archive, name);
      const hashed = await hashFile(file);
      files.push({ path: `derived/${name}`, file, ...hashed });
      entries.push({ path: `derived/${name}`, ...hashed });
    }
    const application = readApplication(db);
    const manifest: PackManifest = {
      format: PACK_FORMAT, version: PACK_VERSION, schema: schemaOf(db), id, kind: request.kind, archiveId: application.archiveId, title: application.title, unit: request.unit,
      sender: request.sender, createdAt: new Date().toISOString(), due: request.due, head: lastEvent(db),
      knows: listPacksIn(db).map((pack) => pack.id),
      made: listPacksOut(db).map((pack) => pack.id),
      items: state.get('evidence')?.size ?? 0,
      rows: [...state.values()].reduce((sum, kind) => sum + kind.size, 0),
      entries,
    };
    const manifestBytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
    const digest = sha256Of(manifestBytes);
    sources.push({ path: MANIFEST_ENTRY, content: manifestBytes, compress: true }, ...small.map(({ path, content }) => ({ path, content, compress: true })), ...files);
    const total = Math.max(1, entries.reduce((sum, entry) => sum + entry.bytes, 0));
    const bytes = await writeZip(request.out, sources, {
      comment: `${SEAL}${digest}`,
      ...(request.signal === undefined ? {} : { signal: request.signal }),
      onBytes: (written) => request.onProgress?.(Math.min(1, written / total)),
    });
    keepPackState(db, id, { rows: rows.toString('utf8'), histories: origins });
    transact(
      db,
      request.actor,
      (tx) => addPackOut(tx, { id, kind: request.kind, unit: request.unit, due: request.due, items: manifest.items, bytes, digest, fileName: basename(request.out), note: '' }),
      { label: '发出任务包', undoable: false },
    );
    return ok({ id, digest, items: manifest.items, rows: manifest.rows, indicators: state.get('indicator')?.size ?? 0, bytes });
  });
