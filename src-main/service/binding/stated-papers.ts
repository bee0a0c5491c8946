import { getTextState, listPageTexts, listPaperFiles, objectPath, putPageTexts } from '../../archive/index.ts';
import type { PaperFile, ReadableDb, WritableArchive } from '../../archive/index.ts';
import type { FileKind } from '../../domain/snapshot.ts';
import { mergeStated, nothingStated, readStatedVolume } from '../../domain/stated-volume.ts';
import type { StatedVolume } from '../../domain/stated-volume.ts';
import type { WorkerPool } from '../../intake/index.ts';
import type { VolumePaper } from './volume-sections.ts';

/** Papers that state numbers of their volume. */
const stating: readonly VolumePaper[] = ['cover', 'volume-index', 'closing-note'];
const isStating = ({ role, kind }: Pick<PaperFile, 'role' | 'kind'>): boolean => role === 'replacement' && stating.some((each) => each === kind);

/** The paper's words, a row of a table on a line with its cells parted by tabs; null where there are none, as in a scan. */
async function readLines(workers: WorkerPool, path: string, fileKind: FileKind): Promise<string | null> {
  if (fileKind === 'docx' || fileKind === 'pdf') {
    const blocks = await workers.readPlanBlocks(path);
    if (!blocks.ok) return null;
    return blocks.value.map((block) => (block.kind === 'paragraph' ? block.text : block.rows.map((row) => row.map((cell) => cell.replaceAll(/\s+/gu, ' ')).join('\t')).join('\n'))).join('\n');
  }
  const text = await workers.extractText(path, fileKind);
  return text.ok ? text.value.pages.map((page) => page.text).join('\n') : null;
}

/** Reads what the office's own papers state that nobody has read yet, and keeps it with the texts. Answers whether anything was read. */
export async function readStatingPapers(archive: WritableArchive, workers: WorkerPool): Promise<boolean> {
  const unread = listPaperFiles(archive.db).filter((file) => isStating(file) && getTextState(archive.db, file.sha256) === null);
  for (const { sha256, fileKind, boundSha256 } of unread) {
    const asIs = fileKind === 'docx' || fileKind === 'xlsx' || fileKind === 'txt';
    const text = await readLines(workers, objectPath(archive, asIs || boundSha256 === '' ? sha256 : boundSha256), asIs ? fileKind : 'pdf');
    putPageTexts(archive.db, sha256, text === null ? [] : [{ page: 1, text }], { state: text === null ? 'none' : 'done', source: fileKind, note: '' });
  }
  return unread.length > 0;
}

/** What the office's own papers state, by the scope of the volume in which they stand. */
export function readStated(db: ReadableDb): ReadonlyMap<string, StatedVolume> {
  const files = listPaperFiles(db).filter(isStating);
  const statedIn = (kind: VolumePaper, scope: string): StatedVolume => {
    const file = files.find((each) => each.kind === kind && each.scope === scope);
    return file === undefined ? nothingStated : readStatedVolume(listPageTexts(db, file.sha256).map(({ text }) => text).join('\n'));
  };
  return new Map([...new Set(files.map(({ scope }) => scope))].map((scope) => [scope, mergeStated({ cover: statedIn('cover', scope), index: statedIn('volume-index', scope), closing: statedIn('closing-note', scope) })] as const));
}
