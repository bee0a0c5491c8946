import { BindFailure } from './bind-error.ts';
import type { BindPlan, BoundSection, SourceItem, SourceNote } from './bind-plan.ts';
import type { DuplicateTable } from './duplicate-table.ts';
import { Destinations } from './destinations.ts';
import { collectLayers } from './layers.ts';
import { writeImagePage } from './image-pages.ts';
import { readImagePages } from './image-source.ts';
import { isSigned } from './inspect-source.ts';
import { ObjectCopier } from './object-copier.ts';
import { ResourceMerger } from './page-resources.ts';
import type { PageStamps } from './page-stamps.ts';
import { listPages } from './page-tree.ts';
import type { PageTreePlan } from './page-tree-writer.ts';
import { writePdfPage } from './pdf-pages.ts';
import { PdfSource } from './pdf-source.ts';
import type { ProgressReporter } from './progress.ts';
import { SourceFile } from './source-file.ts';
import type { VolumeFile } from './volume-file.ts';
import { sharedBuffer } from './write-queue.ts';
import type { VolumeParts } from './volume-parts.ts';

/** Sources up to this size are read in one go into memory that is used again. */
const HELD_BYTES = 256 * 1024;
const SLAB_BYTES = 2 * 1024 * 1024;
const SLABS = 4;

/** A few slabs that small sources are read into one behind the other; a slab is used again when what it holds is written. */
export class SourceBuffers {
  private readonly slabs: (Buffer | null)[] = new Array<Buffer | null>(SLABS).fill(null);
  private readonly busyUntil: number[] = new Array<number>(SLABS).fill(0);
  private turn = 0;
  private used = 0;

  /** A buffer of `size` bytes, at most HELD_BYTES, free for use, and the slab it lies in. */
  async take(size: number, volume: VolumeFile): Promise<{ readonly buffer: Buffer; readonly slab: number }> {
    if (this.used + size > SLAB_BYTES) {
      this.turn = (this.turn + 1) % SLABS;
      this.used = 0;
      await volume.settled(this.busyUntil[this.turn] ?? 0);
    }
    const slab = this.slabs[this.turn] ?? sharedBuffer(SLAB_BYTES);
    this.slabs[this.turn] = slab;
    this.used += size;
    return { buffer: slab.subarray(this.used - size, this.used), slab: this.turn };
  }

  /** What lies in the slab is needed until this position is written. */
  keepUntil(slab: number, position: number): void {
    this.busyUntil[slab] = position;
  }

  release(): void {
    this.slabs.fill(null);
  }
}

export interface SectionContext {
  readonly plan: BindPlan;
  readonly parts: VolumeParts;
  readonly duplicates: DuplicateTable;
  readonly tree: PageTreePlan;
  readonly buffers: SourceBuffers;
  readonly progress: ProgressReporter;
  readonly layers: { readonly on: number[]; readonly off: number[] };
}

interface OpenedSource {
  readonly file: SourceFile;
  /** Where a small source is held, null for one that is read through windows. */
  readonly slab: number | null;
}

/** Opens a source and reads a small one whole. Refuses a file that is not the one that was planned with. */
async function openSource(section: BoundSection, item: SourceItem, buffers: SourceBuffers, volume: VolumeFile): Promise<OpenedSource> {
  const file = new SourceFile(item.path);
  try {
    if (file.size !== section.source?.bytes || file.modifiedMs !== section.source.modifiedMs) throw new BindFailure('source-changed', 'the file is not the one that was planned with');
    if (file.size > HELD_BYTES) return { file, slab: null };
    const { buffer, slab } = await buffers.take(file.size, volume);
    file.holdIn(buffer);
    return { file, slab };
  } catch (thrown) {
    file.close();
    throw thrown;
  }
}

/** Binds one source. */
export async function writeSourceItem(context: SectionContext, section: BoundSection, item: SourceItem, stampsOf: (index: number) => PageStamps): Promise<readonly SourceNote[]> {
  const { parts, tree, progress } = context;
  const planned = section.source;
  if (planned === null) throw new Error(`${item.key} was planned without a source`);
  const { file, slab } = await openSource(section, item, context.buffers, parts.volume);
  const notes = new Set<SourceNote>();
  try {
    if (planned.kind === 'pdf') await writePdfItem(context, section, item, file, stampsOf, notes);
    else {
      const images = readImagePages(file, planned.kind);
      for (let i = 0; i < section.pages; i++) {
        const image = images[planned.firstIndex + i];
        if (image === undefined) throw new BindFailure('source-changed', 'the file has fewer pages than planned');
        const at = section.firstPage + i;
        await writeImagePage(context.plan, parts, image, item.placement, tree.pageNumber(at), tree.parentOf(at), stampsOf(i));
        const pause = parts.volume.drain();
        if (pause !== null) await pause;
        progress.pageDone();
      }
    }
    if (slab !== null) context.buffers.keepUntil(slab, parts.volume.size);
  } finally {
    file.close();
  }
  return [...notes];
}

async function writePdfItem(context: SectionContext, section: BoundSection, item: SourceItem, file: SourceFile, stampsOf: (index: number) => PageStamps, notes: Set<SourceNote>): Promise<void> {
  const { parts, tree, progress } = context;
  const index = section.source?.index ?? null;
  const source = index === null ? PdfSource.open(file, item.password) : PdfSource.reopen(file, index);
  const pages = index?.pages ?? listPages(source);
  const first = section.source?.firstIndex ?? 0;
  if (pages.length < first + section.pages) throw new BindFailure('source-changed', 'the file has fewer pages than planned');
  const copier = new ObjectCopier(source, parts.volume, context.duplicates);
  pages.forEach((page, i) => {
    if (page.num < 0) return;
    const bound = i >= first && i < first + section.pages;
    if (copier.numberOf(page.num) === null) copier.assign(page.num, bound ? tree.pageNumber(section.firstPage + i - first) : null);
  });
  const resources = new ResourceMerger(source, parts.volume, copier);
  const destinations = new Destinations(source);
  const pageNumbers = Array.from({ length: section.pages }, (_, i) => tree.pageNumber(section.firstPage + i));
  for (let i = 0; i < section.pages; i++) {
    const page = pages[first + i];
    if (page === undefined) continue;
    const at = section.firstPage + i;
    await writePdfPage({ source, copier, resources, parts, plan: context.plan, destinations, pageNumbers, notes }, page, tree.pageNumber(at), tree.parentOf(at), stampsOf(i));
    const pause = parts.volume.drain();
    if (pause !== null) await pause;
    progress.pageDone();
  }
  collectLayers(source, copier, context.layers);
  if (hasAttachments(source)) notes.add('attachments-left');
  if (source.catalog.has('StructTreeRoot')) notes.add('structure-left');
  if (source.repaired) notes.add('repaired');
  if (source.decryption !== null) notes.add('decrypted');
  if (isSigned(source)) notes.add('signed');
  if (copier.missing > 0) notes.add('objects-missing');
}

/** Files attached to the document as a whole are not pages: the original keeps them. */
function hasAttachments(source: PdfSource): boolean {
  const names = source.resolveDict(source.catalog.get('Names'));
  return source.resolveDict(names?.get('EmbeddedFiles') ?? null) !== null;
}
