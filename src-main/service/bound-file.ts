import { derivedPath, objectPath } from '../archive/index.ts';
import type { EvidenceRecord } from '../archive/index.ts';

/** The file that is shown, read and bound for an item: a conversion in `derived/` where there is one, else the original itself. */
export function boundFileOf(archive: { readonly folder: string }, record: Pick<EvidenceRecord, 'boundFile' | 'sha256'>): string {
  return record.boundFile === '' ? objectPath(archive, record.sha256) : derivedPath(archive, record.boundFile);
}
