import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha256 } from '../domain/ids.ts';

/** "CDar": marks `archive.sqlite` as ours, whatever its name. */
export const APPLICATION_ID = 0x43446172;
/** "CDtx": marks the text store in `derived/`. */
export const TEXT_APPLICATION_ID = 0x43447478;

/** Where things lie in an archive folder (`名称.cdarchive/`); copying the folder copies everything. */
export const databasePath = (folder: string): string => join(folder, 'archive.sqlite');
/** Page texts, their index and previews: can be rebuilt from objects, so kept out of the backups. */
export const textDatabasePath = (folder: string): string => join(folder, 'derived', 'text.sqlite');
export const objectsFolder = (folder: string): string => join(folder, 'objects');
export const derivedFolder = (folder: string): string => join(folder, 'derived');
export const exportsFolder = (folder: string): string => join(folder, 'exports');
export const backupsFolder = (folder: string): string => join(folder, 'backups');
/** Held by an operating system lock for as long as a writer lives; has no content. */
export const writerLockPath = (folder: string): string => join(folder, 'writer.lock');
/** Says who the writer is. */
export const writerNotePath = (folder: string): string => join(folder, 'writer.json');

export const objectLocation = (folder: string, sha: Sha256): string => join(folder, 'objects', sha.slice(0, 2), sha);

/** Folder name of an export: `v001`, `v012`, `v1000`. */
export const exportName = (version: number): string => `v${String(version).padStart(3, '0')}`;
export const exportFolder = (folder: string, version: number): string => join(folder, 'exports', exportName(version));
/** Highest version that has a folder, recorded or not; 0 where there is none. */
export const findLastExportFolder = async (folder: string): Promise<number> => {
  const versions = (await readdir(exportsFolder(folder)).catch(() => [])).map((name) => Number(/^v(\d{3,9})$/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...versions);
};
/** Begins the name of every file still being written. */
export const PARTIAL_PREFIX = 'tmp-';
