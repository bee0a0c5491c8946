import { derivedPath, objectPath } from '../archive/index.ts';
import type { EvidenceRecord } from '../archive/index.ts';

/** The file that is shown, read and bound for an item: a conversion in `derived/` where there is one, else the original itself. */
export function boundFileOf(archive: { readonly folder: string }, record: Pick<EvidenceRecord, 'boundFile' | 'sha256'>): string {
  return record.boundFile === '' ? objectPath(archive, record.sha256) : derivedPath(archive, record.boundFile);
}

const pictures: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'bmp']);

/** Whether what is shown and bound is the picture itself, not a PDF. */
export const showsAsPicture = (record: Pick<EvidenceRecord, 'boundFile' | 'fileKind'>): boolean => record.boundFile === '' && pictures.has(record.fileKind);

/** By what means the window shows an item's file. */
export const shownAs = (record: Pick<EvidenceRecord, 'boundFile' | 'fileKind'>): 'pdf' | 'picture' | 'none' =>
  record.boundFile !== '' || record.fileKind === 'pdf' ? 'pdf' : showsAsPicture(record) ? 'picture' : 'none';
