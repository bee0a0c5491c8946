import { basename } from 'node:path';
import type { ArchiveTrouble } from '../archive/index.ts';
import { callError } from '../contract/index.ts';
import type { CallError } from '../contract/index.ts';

/** Who holds an archive, as a clerk reads it: `王敏@登记室-03，自 2024-04-12 09:30`. */
function describeHolder({ host, user, since }: Extract<ArchiveTrouble, { code: 'archive-locked' }>['heldBy']): string {
  const who = [user, host].filter((part) => part !== '').join('@');
  const time = since === '' ? '' : `，自 ${since.slice(0, 16).replace('T', ' ')}`;
  return who === '' ? '占用者未知' : `${who}${time}`;
}

/** The archive's or a file's trouble as a call's error. `name` is how the clerk knows the thing; the last part of its path where not given. */
export function explainArchiveTrouble(trouble: ArchiveTrouble, name = basename(trouble.path)): CallError {
  switch (trouble.code) {
    case 'archive-locked':
      return callError('archive-locked', name, describeHolder(trouble.heldBy));
    case 'archive-newer':
      return callError('archive-newer', name, `版本 ${trouble.version}，本程序支持到 ${trouble.known}`);
    case 'backup-unknown':
      return callError('wrong-input', name, `没有名为“${name}”的备份`);
    case 'archive-not-an-archive':
    case 'archive-read-only':
    case 'archive-damaged':
    case 'file-unsupported':
      return callError(trouble.code, name, trouble.detail);
    case 'file-unreadable':
      return callError('no-permission', name, trouble.detail);
    case 'archive-not-found':
    case 'folder-not-empty':
    case 'disk-full':
    case 'no-permission':
    case 'drive-gone':
    case 'file-not-found':
    case 'file-vanished':
    case 'file-changed':
    case 'file-link':
    case 'cancelled':
      return callError(trouble.code, name);
    default:
      return trouble satisfies never;
  }
}
