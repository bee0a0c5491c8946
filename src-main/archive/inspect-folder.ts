import { open, readdir, stat } from 'node:fs/promises';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { Connection } from './database.ts';
import { APPLICATION_ID, databasePath } from './layout.ts';
import { codeOf, describeTrouble } from './trouble.ts';
import type { ArchiveTrouble } from './trouble.ts';

const HEADER = 100;
const SQLITE_MAGIC = 'SQLite format 3\0';

interface Header {
  readonly applicationId: number;
  readonly version: number;
}

/** The two marks in SQLite's header (offsets 60 and 68), read without SQLite, which would alter the folder. */
const readHeader = async (path: string): Promise<Header | null> => {
  const handle = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(HEADER);
    const { bytesRead } = await handle.read(bytes, 0, HEADER, 0);
    if (bytesRead < HEADER || bytes.toString('latin1', 0, 16) !== SQLITE_MAGIC) return null;
    return { version: bytes.readUInt32BE(60), applicationId: bytes.readUInt32BE(68) };
  } finally {
    await handle.close();
  }
};

/** Marks as SQLite sees them, with what a crash left in the log; reading alone does not change the database. */
const readLoggedHeader = (path: string): Header => {
  const db = new Connection(path, { readOnly: true, mustExist: true });
  try {
    return { version: Number(db.pragma('user_version')), applicationId: Number(db.pragma('application_id')) };
  } finally {
    db.close();
  }
};

export const sizeOf = (path: string): Promise<number> => stat(path).then((found) => found.size, () => 0);

/** Looks at a folder without touching it: is it an archive this program may open? Answers its schema version. */
export const inspectFolder = async (folder: string, known: number): Promise<Result<number, ArchiveTrouble>> => {
  const path = databasePath(folder);
  try {
    const place = await stat(folder);
    if (!place.isDirectory()) return fail({ code: 'archive-not-an-archive', path: folder, detail: 'not a folder' });
    const header = await readHeader(path);
    if (header === null) {
      const damaged = (await readdir(folder)).includes('objects');
      return fail(damaged ? { code: 'archive-damaged', path, detail: 'no database header' } : { code: 'archive-not-an-archive', path: folder, detail: 'not a database' });
    }
    if (header.applicationId !== APPLICATION_ID) return fail({ code: 'archive-not-an-archive', path: folder, detail: 'application_id' });
    if (header.version > known) return fail({ code: 'archive-newer', path: folder, version: header.version, known });
    if ((await sizeOf(`${path}-wal`)) === 0) return ok(header.version);
    const logged = readLoggedHeader(path);
    if (logged.version > known) return fail({ code: 'archive-newer', path: folder, version: logged.version, known });
    return ok(logged.version);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      const exists = await stat(folder).then((found) => found.isDirectory(), () => false);
      return fail(exists ? { code: 'archive-not-an-archive', path: folder, detail: 'no archive.sqlite' } : { code: 'archive-not-found', path: folder });
    }
    if (code === 'EISDIR') return fail({ code: 'archive-not-an-archive', path: folder, detail: 'archive.sqlite is a folder' });
    const trouble = describeTrouble(error, folder);
    if (trouble === null) throw error;
    return fail(trouble);
  }
};
