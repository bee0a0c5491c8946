import { basename } from 'node:path';
import { describeTrouble } from '../archive/index.ts';
import { callError } from '../contract/index.ts';
import type { CallError } from '../contract/index.ts';
import { explainArchiveTrouble } from './archive-trouble.ts';

/** What a file system error means for a file that the user named; undefined where it is none that can be expected. */
export function explainFileError(error: unknown, path: string): CallError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return callError('file-not-found', path);
  if (code === 'EISDIR' || code === 'EBUSY' || code === 'ETXTBSY' || code === 'EROFS') return callError('no-permission', path);
  const trouble = describeTrouble(error, path);
  return trouble === null ? undefined : explainArchiveTrouble(trouble, basename(path));
}
