import { exportName, listExports } from '../archive/index.ts';
import type { ReadableDb } from '../archive/index.ts';
import type { EvidenceId } from '../domain/ids.ts';

/** Exports that bound an item, oldest first: their names (`v001`) and when they were made. */
export const listUses = (db: ReadableDb, id: EvidenceId): readonly { readonly version: string; readonly at: string }[] =>
  listExports(db)
    .filter(({ manifest }) => manifest.bound?.some((volume) => volume.items.some((item) => item.evidenceId === id)) === true)
    .map(({ version, at }) => ({ version: exportName(version), at }));
