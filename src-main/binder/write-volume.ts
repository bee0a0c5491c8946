import { randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { finishInTurns } from '../domain/steps.ts';
import { describeFailure, fail, succeed, type BindError, type Result } from './bind-error.ts';
import { pageNumberText, type BoundPlan, type BoundSection, type WriteOptions, type WrittenSource, type WrittenVolume } from './bind-plan.ts';
import { checkVolume } from './check-volume.ts';
import { DuplicateTable } from './duplicate-table.ts';
import { FontBook } from './font-book.ts';
import { pageLabelTree } from './page-labels.ts';
import type { PageStamps } from './page-stamps.ts';
import { planPageTree } from './page-tree-writer.ts';
import { ProgressReporter } from './progress.ts';
import { formatText } from './serialize.ts';
import { writeDrawnPage } from './drawn-pages.ts';
import { SourceBuffers, writeSourceItem } from './source-section.ts';
import { VolumeFile } from './volume-file.ts';
import { infoDictionary, xmpPacket } from './volume-metadata.ts';
import { writeOutline } from './volume-outline.ts';
import { VolumeParts } from './volume-parts.ts';
import { recordVolumeSteps } from './volume-record.ts';

/**
 * Writes the planned volume: into a file beside the target, which is flushed, reopened, checked and only then renamed. The same
 * plan over the same sources gives the same bytes. On any error, and when `signal` aborts, nothing stays behind and a former file
 * of that name is untouched.
 *
 * @example
 * const bound = planBinding(plan);
 * if (bound.ok) await writeVolume(bound.value, 'out/第1卷.pdf', { signal });
 */
export async function writeVolume(bound: BoundPlan, outPath: string, options: WriteOptions = {}): Promise<Result<WrittenVolume, BindError>> {
  const temporary = `${outPath}.${randomBytes(4).toString('hex')}.part`;
  const progress = new ProgressReporter(bound.pages, options);
  let handle: FileHandle | null = null;
  try {
    progress.throwIfAborted();
    handle = await open(temporary, 'wx+');
    const written = await writeBody(handle, bound, progress, options);
    await handle.sync();
    await handle.close();
    handle = null;
    progress.throwIfAborted();
    await checkVolume(temporary, written.pages, written.bytes, progress.pause);
    await rename(temporary, outPath);
    progress.finish();
    return succeed(written);
  } catch (thrown) {
    await handle?.close();
    await rm(temporary, { force: true });
    const error = describeFailure(thrown, progress.file === '' ? outPath : progress.file, progress.key);
    return fail(error.code === 'unreadable' && progress.file === '' ? { ...error, code: 'write-failed' } : error);
  }
}

async function writeBody(handle: FileHandle, bound: BoundPlan, progress: ProgressReporter, { checksum = true, pictures }: WriteOptions): Promise<WrittenVolume> {
  const { plan } = bound;
  const volume = new VolumeFile(handle, {
    expectedBytes: bound.sections.reduce((sum, section) => sum + (section.source?.bytes ?? 0), 0),
    checksum,
    ...(pictures === undefined ? {} : { pictures }),
    pause: progress.pause,
  });
  const catalog = volume.reserve();
  const info = volume.reserve();
  const metadata = volume.reserve();
  const tree = planPageTree(volume, bound.pages);
  const fontBook = new FontBook(plan.fonts, volume);
  const parts = new VolumeParts(volume, fontBook);
  const duplicates = new DuplicateTable();
  const buffers = new SourceBuffers();
  const firstPages = new Map(bound.sections.map((section) => [section.section.key, section.firstPage]));
  const findTarget = (target: string): number | null => {
    const page = firstPages.get(target) ?? (/^\d+$/.test(target) ? Number(target) : 0);
    return page >= 1 && page <= bound.pages ? tree.pageNumber(page) : null;
  };
  const layers = { on: [] as number[], off: [] as number[] };
  const sources: WrittenSource[] = [];
  try {
    for (const section of bound.sections) {
      progress.begin(section);
      const stampsOf = (index: number): PageStamps => stampsFor(bound, section, index);
      const pages = section.section.kind === 'drawn' ? section.section.pages : section.source?.placeholder;
      if (pages !== null && pages !== undefined) {
        for (const [i, page] of pages.entries()) {
          const number = section.firstPage + i;
          writeDrawnPage(plan, parts, page, tree.pageNumber(number), tree.parentOf(number), stampsOf(i), findTarget);
          await volume.drain();
          progress.pageDone();
        }
      }
      if (section.section.kind === 'source') {
        const notes = section.source?.placeholder === null ? await writeSourceItem({ plan, parts, duplicates, tree, buffers, progress, layers }, section, section.section, stampsOf) : ['placeholder' as const];
        sources.push({ key: section.section.key, path: section.section.path, pages: section.pages, firstPage: section.firstPage, repaired: notes.includes('repaired'), notes });
      }
    }
    progress.begin(null);
    await fontBook.writeAll(progress.pause);
    const outline = writeOutline(bound, volume, tree.pageNumber);
    tree.write();
    volume.writeStream(metadata, '/Type/Metadata/Subtype/XML', Buffer.from(xmpPacket(plan.info), 'utf8'));
    volume.writeObject(info, infoDictionary(plan.info));
    let root = `<</Type/Catalog/Pages ${tree.root} 0 R/Metadata ${metadata} 0 R/PageLabels ${pageLabelTree(bound)}/Lang ${formatText(plan.info.language ?? 'zh-CN')}/ViewerPreferences<</DisplayDocTitle true>>`;
    if (outline !== null) root += `/Outlines ${outline} 0 R/PageMode/UseOutlines`;
    if (layers.on.length + layers.off.length > 0) root += layerProperties(layers);
    volume.writeObject(catalog, `${root}>>`);
    const id = (await finishInTurns(recordVolumeSteps(bound), progress.pause)).identity;
    const file = await volume.finish(`/Root ${catalog} 0 R/Info ${info} 0 R/ID[<${id}><${id}>]`);
    return { pages: bound.pages, ...file, sources };
  } finally {
    buffers.release();
    await volume.abandon();
  }
}

/** Layers of the sources keep their visibility. */
function layerProperties(layers: { readonly on: readonly number[]; readonly off: readonly number[] }): string {
  const list = (numbers: readonly number[]): string => numbers.map((number) => `${number} 0 R`).join(' ');
  return `/OCProperties<</OCGs[${list([...layers.on, ...layers.off])}]/D<</Order[]/ON[${list(layers.on)}]/OFF[${list(layers.off)}]>>>>`;
}

function stampsFor(bound: BoundPlan, section: BoundSection, index: number): PageStamps {
  const { plan } = bound;
  const item = section.section.kind === 'source' ? section.section : null;
  const shown = (section.source?.firstIndex ?? 0) + index + 1;
  const number = pageNumberText(section.numbers, index);
  return {
    volumeNumber: number,
    itemNumber: section.numbers === null ? null : String(index + 1),
    oddSide: section.numbers === null || (section.numbers.first + index) % 2 === 1,
    total: bound.pages,
    itemTotal: section.pages,
    filingStamp: index === 0 ? (item?.filingStamp ?? null) : null,
    proofMarks: item?.proofMarks?.filter((mark) => mark.page === shown) ?? [],
    header: item === null || item.header === null ? null : (item.header ?? plan.header ?? null),
    watermark: item?.watermark === null ? null : (item?.watermark ?? plan.watermark ?? null),
  };
}

