import type { BindPlan, SourceNote } from './bind-plan.ts';
import { carryAnnotations } from './annotations.ts';
import { scanContent, type ContentState } from './content-scan.ts';
import type { Destinations } from './destinations.ts';
import type { ObjectCopier } from './object-copier.ts';
import { drawStamps, type PageStamps } from './page-stamps.ts';
import { pageDict, pageEntry, pageGeometry, type SourcePage } from './page-tree.ts';
import type { ResourceMerger } from './page-resources.ts';
import { isArray, PdfRef, PdfStream, type PdfValue } from './pdf-objects.ts';
import type { PdfSource } from './pdf-source.ts';
import { writeDecodedContent } from './decoded-content.ts';
import { stampResources, type VolumeParts } from './volume-parts.ts';

/** Page entries that are carried as they are; the rest belongs to the old document (structure, threads, actions, thumbnails). */
const CARRIED = ['BleedBox', 'TrimBox', 'ArtBox', 'Group', 'UserUnit'] as const;
const CLEAN: ContentState = { unclosed: 0, surplus: 0, insideText: false, openMarks: 0, whole: true, end: 0 };
/** Larger contents are drawings of millions of lines: they are isolated without being read. */
const MAX_SCANNED_CONTENT = 64 * 1024 * 1024;

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
  const drawn = drawStamps(context.plan, stamps, geometry, parts.fontBook, prefix);
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
  const contents = await writeContents(context, streams, over);
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
async function writeContents(context: PdfPageContext, streams: readonly PdfRef[], over: string): Promise<string> {
  const { parts, copier, source } = context;
  const read = readContentState(context, streams);
  if (read.rewritten !== null) {
    const content = writeDecodedContent(parts.volume, read.rewritten);
    return over === '' ? `${content} 0 R` : `${parts.saveState(read.state.surplus + 1)} 0 R ${content} 0 R ${parts.writeContent(closingOperators(read.state) + over)} 0 R`;
  }
  const numbers: string[] = [];
  for (const ref of streams) {
    await copier.copyObject(ref.num, true);
    const copied = copier.numberOf(ref.num);
    if (copied !== null) numbers.push(`${copied} 0 R`);
  }
  if (source.repaired) context.notes.add('repaired');
  if (over === '') return numbers.join(' ');
  return [`${parts.saveState(read.state.surplus + 1)} 0 R`, ...numbers, `${parts.writeContent(closingOperators(read.state) + over)} 0 R`].join(' ');
}

/** What undoes whatever the content left open; ends with the Q for the q in front of it. */
function closingOperators(state: ContentState): string {
  return `${state.insideText ? ' ET' : ''}${' EMC'.repeat(Math.min(state.openMarks, 64))}${' Q'.repeat(Math.min(state.unclosed, 1024) + 1)}\n`;
}

/** The content's streams that are there, in order. */
function contentStreams(source: PdfSource, value: PdfValue): readonly PdfRef[] {
  const found: PdfRef[] = [];
  const visit = (item: PdfValue, depth: number): void => {
    if (depth > 8) return;
    const target = source.resolve(item);
    if (item instanceof PdfRef && target instanceof PdfStream) found.push(lastReference(source, item));
    else if (isArray(target)) for (const entry of target) visit(entry, depth + 1);
  };
  visit(value, 0);
  return found;
}

/** A reference may lead to another reference. */
function lastReference(source: PdfSource, ref: PdfRef): PdfRef {
  let current = ref;
  for (let i = 0; i < 32; i++) {
    const next = source.getObject(current.num);
    if (!(next instanceof PdfRef)) return current;
    current = next;
  }
  return current;
}

interface ReadContent {
  readonly state: ContentState;
  /** What could be decoded, where the streams cannot be taken as they are. */
  readonly rewritten: Buffer | null;
}

function readContentState(context: PdfPageContext, streams: readonly PdfRef[]): ReadContent {
  const parts: Buffer[] = [];
  let total = 0;
  let complete = true;
  for (const ref of streams) {
    const stream = context.source.getObject(ref.num);
    if (!(stream instanceof PdfStream)) continue;
    const decoded = context.source.decode(stream, MAX_SCANNED_CONTENT);
    complete &&= decoded.complete;
    total += decoded.bytes.length + 1;
    if (total > MAX_SCANNED_CONTENT) return { state: CLEAN, rewritten: null };
    parts.push(decoded.bytes, SPACE);
  }
  if (parts.length === 0) return { state: CLEAN, rewritten: null };
  const bytes = parts.length === 2 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  const state = scanContent(bytes);
  if (complete && state.whole) return { state, rewritten: null };
  context.notes.add('content-damaged');
  return { state, rewritten: state.whole ? bytes : bytes.subarray(0, state.end) };
}

const SPACE = Buffer.from(' ');
