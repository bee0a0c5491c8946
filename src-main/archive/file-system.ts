import { statfs } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from './database.ts';
import { PARTIAL_PREFIX } from './layout.ts';

/** `wal` needs shared memory and locks that work; `rollback` needs only a file. */
export type JournalKind = 'wal' | 'rollback';
export type JournalProbe = (folder: string) => Promise<JournalKind>;

/** `f_type` of file systems that other machines write to as well, or whose locks are known not to work (linux/magic.h). */
const withoutTrustedLocks = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x01021997, // 9P
  0x65735546, // FUSE: sshfs, rclone, ntfs-3g
  0x786f4256, // VirtualBox shared folder
  0x564c, // NCP
  0x4d44, // FAT: USB sticks
  0x2011bab0, // exFAT
]);

/** Asks the file system itself: its type, then whether SQLite can in fact use a WAL there. */
export const probeJournal: JournalProbe = async (folder) => {
  if (folder.startsWith('\\\\')) return 'rollback';
  const { type } = await statfs(folder);
  // The type is 32 bits, which some platforms hand over with a sign.
  if (withoutTrustedLocks.has(type >>> 0)) return 'rollback';
  const path = join(folder, `${PARTIAL_PREFIX}probe-${randomBytes(6).toString('hex')}.sqlite`);
  try {
    const first = new Connection(path, { waitMs: 0 });
    try {
      if (first.pragma('journal_mode = WAL') !== 'wal') return 'rollback';
      first.script('CREATE TABLE probe (x)');
      const second = new Connection(path, { waitMs: 0 });
      try {
        return second.get('SELECT count(*) AS n FROM probe')?.['n'] === 0 ? 'wal' : 'rollback';
      } finally {
        second.close();
      }
    } finally {
      first.close();
    }
  } catch {
    return 'rollback';
  } finally {
    for (const tail of ['', '-wal', '-shm', '-journal']) await rm(path + tail, { force: true });
  }
};
