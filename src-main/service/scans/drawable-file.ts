import { adoptDerived, derivedPath, hasDerived, objectPath, partialDerivedPath } from '../../archive/index.ts';
import type { EvidenceRecord } from '../../archive/index.ts';
import { planBinding, writeVolume } from '../../binder/index.ts';
import type { Fonts } from '../../binder/index.ts';
import type { FileKind } from '../../domain/snapshot.ts';
import { boundFileOf } from '../bound-file.ts';

export interface DrawableEvidence {
  readonly path: string;
  readonly fileKind: FileKind;
}

const drawn: ReadonlySet<FileKind> = new Set(['pdf', 'jpeg', 'png', 'webp', 'bmp']);

/**
 * The file whose pages are drawn for an item. A TIFF that is bound as it is gets a PDF of its own in `derived/`, its strips unchanged:
 * fax pages can be drawn there. Null where nothing can be drawn.
 */
export async function drawableOf(archive: { readonly folder: string }, record: Pick<EvidenceRecord, 'sha256' | 'boundFile' | 'fileKind'>, fonts: Fonts): Promise<DrawableEvidence | null> {
  const path = boundFileOf(archive, record);
  if (record.boundFile !== '') return { path, fileKind: 'pdf' };
  if (drawn.has(record.fileKind)) return { path, fileKind: record.fileKind };
  if (record.fileKind !== 'tiff') return null;
  const name = `tiff/${record.sha256}.pdf`;
  return (await hasDerived(archive, name)) || (await bindAlone(archive, objectPath(archive, record.sha256), name, fonts)) ? { path: derivedPath(archive, name), fileKind: 'pdf' } : null;
}

async function bindAlone(archive: { readonly folder: string }, path: string, name: string, fonts: Fonts): Promise<boolean> {
  const partial = partialDerivedPath(archive, '.pdf');
  const bound = planBinding({ info: { title: '', created: '2000-01-01T00:00:00Z' }, fonts, numbering: {}, onMissing: 'stop', sections: [{ kind: 'source', key: 'pages', path, title: '', placement: { kind: 'full' } }] });
  if (!bound.ok || !(await writeVolume(bound.value, partial)).ok) return false;
  return (await adoptDerived(archive, name, partial)).ok;
}
