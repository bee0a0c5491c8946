import type { BindPlan, SourceNote } from './bind-plan.ts';
import { carryAnnotations, type CarriedAnnotations } from './annotations.ts';
import type { ContentState } from './content-scan.ts';
import type { Destinations } from './destinations.ts';
import type { ObjectCopier } from './object-copier.ts';
import { drawStamps, stampReach, type PageStamps } from './page-stamps.ts';
import { pageDict, pageEntry, pageGeometry, type SourcePage } from './page-tree.ts';
import type { ResourceMerger } from './page-resources.ts';
import { contentStreams, readContent, takenAreas, type PageContent } from './page-content.ts';
import type { PdfRef } from './pdf-objects.ts';
import type { PdfSource } from './pdf-source.ts';
import type { VolumeParts } from './volume-parts.ts';

/** Page entries that are carried as they are; the rest belongs to the old document (structure, threads, actions, thumbnails). */
const CARRIED = ['BleedBox', 'TrimBox', 'ArtBox', 'Group', 'UserUnit'] as const;

const NO_ANNOTATIONS: CarriedAnnotations = { text: '', widgets: [] };

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
  const reach = stampReach(context.plan, stamps);
  const taken = reach.upper > 0 || reach.lower > 0 ? takenAreas(source, resources, read.bytes, geometry, reach) : [];
  const drawn = drawStamps(context.plan, stamps, geometry, parts.fontBook, prefix, taken);
  const annotations = dict.has('Annots') ? await carryAnnotations({ ...context, volume: parts.volume, book: parts.fontBook, fonts: context.plan.fonts, prefix, rotate: geometry.rotate }, dict.get('Annots'), number) : NO_ANNOTATIONS;
  const fields = drawFields(annotations.widgets, prefix);
  const fonts = fields.fonts.size === 0 ? drawn.fonts : new Set([...drawn.fonts, ...fields.fonts]);
  const stamped = parts.stampResources(fonts, drawn.opacity, prefix);
  const added = fields.appearances.size === 0 ? stamped : new Map(stamped).set('XObject', fields.appearances);
  const over = fields.text + drawn.text;
  const contents = await writeContents(context, streams, read, over);
  const { media, crop } = geometry;
  let body = `<</Type/Page/Parent ${parent} 0 R/MediaBox[${media.x1} ${media.y1} ${media.x2} ${media.y2}]`;
  if (crop !== media) body += `/CropBox[${crop.x1} ${crop.y1} ${crop.x2} ${crop.y2}]`;
  if (geometry.rotate !== 0) body += `/Rotate ${geometry.rotate}`;
  for (const key of CARRIED) {
    if (!dict.has(key)) continue;
    const pause = copier.copyTargets(dict.get(key));
    if (pause !== null) await pause;
    body += `/${key} ${copier.textOf(dict.get(key))}`;
  }
  body += `/Resources ${await context.resources.merge(resources, added)}`;
  if (contents !== '') body += `/Contents[${contents}]`;
  if (annotations.text !== '') body += `/Annots ${annotations.text}`;
  parts.volume.writeObject(number, `${body}>>`);
}

interface DrawnFields {
  readonly text: string;
  readonly fonts: ReadonlySet<number>;
  /** Appearance streams by resource name. */
  readonly appearances: ReadonlyMap<string, string>;
}

const NO_FIELDS: DrawnFields = { text: '', fonts: new Set(), appearances: new Map() };

/** Form fields as part of the page's content. */
function drawFields(widgets: CarriedAnnotations['widgets'], prefix: string): DrawnFields {
  if (widgets.length === 0) return NO_FIELDS;
  const fonts = new Set<number>();
  const appearances = new Map<string, string>();
  let text = '';
  for (const widget of widgets) {
    if (widget.kind === 'drawn') {
      text += widget.text;
      for (const font of widget.fonts) fonts.add(font);
      continue;
    }
    const name = `${prefix}W${appearances.size}`;
    appearances.set(name, `${widget.object} 0 R`);
    text += `q ${widget.matrix} cm /${name} Do Q\n`;
  }
  return { text, fonts, appearances };
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
    const pause = copier.copyObject(ref.num, true);
    if (pause !== null) await pause;
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
