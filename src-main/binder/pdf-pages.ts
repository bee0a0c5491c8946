import type { BindPlan, NumberStamp, SourceNote } from './bind-plan.ts';
import { carryAnnotations } from './annotations.ts';
import type { ContentState } from './content-scan.ts';
import type { Destinations } from './destinations.ts';
import type { ObjectCopier } from './object-copier.ts';
import { drawStamps, type PageStamps } from './page-stamps.ts';
import { pageDict, pageEntry, pageGeometry, type SourcePage } from './page-tree.ts';
import type { ResourceMerger } from './page-resources.ts';
import { contentStreams, readContent, takenAreas, type PageContent } from './page-content.ts';
import type { PdfRef } from './pdf-objects.ts';
import type { PdfSource } from './pdf-source.ts';
import { stampResources, type VolumeParts } from './volume-parts.ts';

/** Page entries that are carried as they are; the rest belongs to the old document (structure, threads, actions, thumbnails). */
const CARRIED = ['BleedBox', 'TrimBox', 'ArtBox', 'Group', 'UserUnit'] as const;

export interface PdfPageContext {
  readonly source: PdfSource;
  readonly copier: ObjectCopier;
  readonly resources: ResourceMerger;
  readonly parts: VolumeParts;
  readonly plan: BindPlan;
  readonly destinations: Destinations;
  /** Volume numbers of the source's pages in order. */
  readonly pageNumbers: readonly number[];
  readonly notes: Set<SourceNote>;
}

/** Copies one page into the volume as object `number` and draws its stamps over it. */
export async function writePdfPage(context: PdfPageContext, page: SourcePage, number: number, parent: number, stamps: PageStamps): Promise<void> {
  const { source, copier, parts } = context;
  const dict = pageDict(source, page);
  const geometry = pageGeometry(source, page);
  const resources = pageEntry(page, dict, 'Resources');
  const streams = contentStreams(source, dict.get('Contents'));
  const prefix = context.resources.prefixFor(resources);
  const read = readContent(source, streams);
  if (read.damaged) context.notes.add('content-damaged');
  const taken = wantsFreePlace(context.plan, stamps) ? takenAreas(source, resources, read.bytes, geometry) : [];
  const drawn = drawStamps(context.plan, stamps, geometry, parts.fontBook, prefix, taken);
  const annotations = await carryAnnotations({ ...context, volume: parts.volume, book: parts.fontBook, fonts: context.plan.fonts, prefix }, dict.get('Annots'), number);
  const usedFonts = new Set(drawn.fonts);
  const appearances = new Map<string, string>();
  let over = '';
  for (const widget of annotations.widgets) {
    if (widget.kind === 'drawn') {
      over += widget.text;
      for (const font of widget.fonts) usedFonts.add(font);
      continue;
    }
    const name = `${prefix}W${appearances.size}`;
    appearances.set(name, `${widget.object} 0 R`);
    over += `q ${widget.matrix} cm /${name} Do Q\n`;
  }
  const added = new Map(stampResources({ ...drawn, fonts: usedFonts }, parts, prefix));
  if (appearances.size > 0) added.set('XObject', appearances);
  over += drawn.text;
  const contents = await writeContents(context, streams, read, over);
  const { media, crop } = geometry;
  let body = `<</Type/Page/Parent ${parent} 0 R/MediaBox[${media.x1} ${media.y1} ${media.x2} ${media.y2}]`;
  if (crop !== media) body += `/CropBox[${crop.x1} ${crop.y1} ${crop.x2} ${crop.y2}]`;
  if (geometry.rotate !== 0) body += `/Rotate ${geometry.rotate}`;
  for (const key of CARRIED) if (dict.has(key)) body += `/${key} ${await copier.copyValue(dict.get(key))}`;
  body += `/Resources ${await context.resources.merge(resources, added)}`;
  if (contents !== '') body += `/Contents[${contents}]`;
  if (annotations.text !== '') body += `/Annots ${annotations.text}`;
  parts.volume.writeObject(number, `${body}>>`);
}

/** References of the page's content: the source's own streams as they are, between what isolates them and what is drawn over. */
async function writeContents(context: PdfPageContext, streams: readonly PdfRef[], read: PageContent, over: string): Promise<string> {
  const { parts, copier } = context;
  if (read.damaged) {
    const content = parts.writeContent(read.bytes.subarray(0, read.state.whole ? read.bytes.length : read.state.end));
    return over === '' ? `${content} 0 R` : `${parts.saveState(read.state.surplus + 1)} 0 R ${content} 0 R ${parts.writeContent(closingOperators(read.state) + over)} 0 R`;
  }
  const numbers: string[] = [];
  for (const ref of streams) {
    await copier.copyObject(ref.num, true);
    const copied = copier.numberOf(ref.num);
    if (copied !== null) numbers.push(`${copied} 0 R`);
  }
  if (over === '') return numbers.join(' ');
  return [`${parts.saveState(read.state.surplus + 1)} 0 R`, ...numbers, `${parts.writeContent(closingOperators(read.state) + over)} 0 R`].join(' ');
}

/** What undoes whatever the content left open; ends with the Q for the q in front of it. */
function closingOperators(state: ContentState): string {
  return `${state.insideText ? ' ET' : ''}${' EMC'.repeat(Math.min(state.openMarks, 64))}${' Q'.repeat(Math.min(state.unclosed, 1024) + 1)}\n`;
}

/** Marks are looked for only where a stamp would move. */
function wantsFreePlace(plan: BindPlan, stamps: PageStamps): boolean {
  const { perVolume, perItem } = plan.numbering;
  const moves = (stamp: NumberStamp | undefined, number: string | null): boolean => stamp !== undefined && number !== null && stamp.avoidContent !== false;
  return stamps.filingStamp !== null || moves(perVolume, stamps.volumeNumber) || moves(perItem, stamps.itemNumber);
}
