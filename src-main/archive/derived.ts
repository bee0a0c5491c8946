import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { PARTIAL_PREFIX, derivedFolder } from './layout.ts';
import { describeTrouble } from './trouble.ts';
import type { ArchiveTrouble } from './trouble.ts';
import type { ObjectPlace } from './objects.ts';

/** `pdf/<sha>.pdf`, `thumbs/<sha>-1.png`: one folder, then a plain name; anything else could leave `derived/`. */
const safeName = /^[a-z0-9][a-z0-9-]{0,30}\/[A-Za-z0-9][A-Za-z0-9._-]{0,180}$/;

/** Where a derived file lies. Throws on a name that is not `folder/name` in plain characters. */
export const derivedPath = (archive: ObjectPlace, name: string): string => {
  if (!safeName.test(name) || name.includes('..')) throw new Error(`not a name in derived/: ${name}`);
  return join(derivedFolder(archive.folder), name);
};

export const hasDerived = async (archive: ObjectPlace, name: string): Promise<boolean> =>
  stat(derivedPath(archive, name)).then((found) => found.isFile(), () => false);

/** A path in `derived/` for a program to write to; hand it to `adoptDerived` when it is whole. Leftovers are removed at the next opening. */
export const partialDerivedPath = (archive: ObjectPlace, extension: string): string =>
  join(derivedFolder(archive.folder), `${PARTIAL_PREFIX}${process.pid}-${randomBytes(6).toString('hex')}${extension}`);

/** Gives a finished file its name by renaming. */
export const adoptDerived = async (archive: ObjectPlace, name: string, partial: string): Promise<Result<string, ArchiveTrouble>> => {
  const path = derivedPath(archive, name);
  try {
    await mkdir(dirname(path), { recursive: true });
    await rename(partial, path);
    return ok(path);
  } catch (error) {
    await rm(partial, { force: true });
    const trouble = describeTrouble(error, path);
    if (trouble === null) throw error;
    return fail(trouble);
  }
};

/** Writes what can be made again (a converted PDF, a preview) and answers its path. Not flushed: a crash costs the work only. */
export const putDerived = async (archive: ObjectPlace, name: string, content: Uint8Array): Promise<Result<string, ArchiveTrouble>> => {
  const partial = partialDerivedPath(archive, '.part');
  derivedPath(archive, name);
  try {
    await writeFile(partial, content, { flag: 'wx' });
  } catch (error) {
    await rm(partial, { force: true });
    const trouble = describeTrouble(error, partial);
    if (trouble === null) throw error;
    return fail(trouble);
  }
  return adoptDerived(archive, name, partial);
};
