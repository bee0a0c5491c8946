/** Who writes to an archive at present, as its lock states it; empty words and 0 where that could not be read. */
export interface Holder {
  readonly host: string;
  readonly user: string;
  readonly pid: number;
  /** Since when, ISO 8601 in UTC. */
  readonly since: string;
}

/** Expected trouble with an archive or a file handed to it. Codes only: the sentences live with the reader. */
export type ArchiveTrouble =
  | { readonly code: 'archive-not-found'; readonly path: string }
  | { readonly code: 'archive-not-an-archive'; readonly path: string; readonly detail: string }
  /** Made by a newer program; nothing in the folder was altered. */
  | { readonly code: 'archive-newer'; readonly path: string; readonly version: number; readonly known: number }
  | { readonly code: 'archive-locked'; readonly path: string; readonly heldBy: Holder }
  | { readonly code: 'archive-read-only'; readonly path: string; readonly detail: string }
  | { readonly code: 'archive-damaged'; readonly path: string; readonly detail: string }
  | { readonly code: 'folder-not-empty'; readonly path: string }
  | { readonly code: 'disk-full'; readonly path: string }
  | { readonly code: 'no-permission'; readonly path: string }
  | { readonly code: 'drive-gone'; readonly path: string }
  | { readonly code: 'backup-unknown'; readonly path: string }
  | FileTrouble;

/** Trouble with one file that was handed in; the rest of the batch goes on. */
export type FileTrouble =
  | { readonly code: 'file-not-found'; readonly path: string }
  /** Was there at first and is gone now. */
  | { readonly code: 'file-vanished'; readonly path: string }
  /** Was written to while it was read. */
  | { readonly code: 'file-changed'; readonly path: string }
  | { readonly code: 'file-link'; readonly path: string }
  /** A folder, a device, a pipe. */
  | { readonly code: 'file-unsupported'; readonly path: string; readonly detail: string }
  | { readonly code: 'file-unreadable'; readonly path: string; readonly detail: string }
  | { readonly code: 'cancelled'; readonly path: string };

/** Thrown inside a transaction, where a value cannot travel; the service's border turns it into an answer. */
export class ArchiveFault extends Error {
  readonly trouble: ArchiveTrouble;

  constructor(trouble: ArchiveTrouble, options?: ErrorOptions) {
    super(`${trouble.code}: ${trouble.path}`, options);
    this.name = 'ArchiveFault';
    this.trouble = trouble;
  }
}

/** The `code` of a Node or SQLite error, empty where it has none. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const gone = new Set(['EIO', 'ENODEV', 'ENXIO', 'ESTALE', 'EHOSTDOWN', 'ENOTCONN']);

/** What a file system or SQLite error means to the clerk; null where it is none that can be expected. */
export const describeTrouble = (error: unknown, path: string): ArchiveTrouble | null => {
  if (error instanceof ArchiveFault) return error.trouble;
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') return { code: 'disk-full', path };
  if (code === 'EACCES' || code === 'EPERM' || code === 'SQLITE_PERM' || code === 'SQLITE_AUTH') return { code: 'no-permission', path };
  if (code === 'EROFS' || code.startsWith('SQLITE_READONLY')) return { code: 'archive-read-only', path, detail: wordsOf(error) };
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return { code: 'archive-damaged', path, detail: wordsOf(error) };
  if (gone.has(code) || code.startsWith('SQLITE_IOERR')) return { code: 'drive-gone', path };
  return null;
};
