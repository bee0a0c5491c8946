import type { SourceNote } from './bind-plan.ts';
import type { Destinations } from './destinations.ts';
import { flattenWidget, numbersOf, type FlattenedWidget, type WidgetContext } from './form-fields.ts';
import { isArray, nameOf, PdfDict, PdfRef, textOf, type PdfValue } from './pdf-objects.ts';
import { formatName } from './serialize.ts';

/** What a link of a bound page may still lead to. A link into another file leads nowhere from a volume, and can name a server that then learns who reads. */
const PLAIN_ADDRESS = /^(?:https?|mailto):/i;
const PAGE_MOVES: ReadonlySet<string> = new Set(['NextPage', 'PrevPage', 'FirstPage', 'LastPage']);
const LEFT_OUT = new Set(['AA', 'StructParent', 'P', 'A', 'Dest', 'PA']);
/** Film, sound and models that a viewer would play; their picture stays. */
const PLAYED = new Set(['RichMediaContent', 'RichMediaSettings', 'Movie', 'Sound', '3DD', '3DV', '3DA']);
const MAX_ANNOTATIONS = 20_000;
/** Fields of a page that are looked under. */
const MAX_COVERING = 500;

export interface CarriedAnnotations {
  /** Text of the page's /Annots, empty for none. */
  readonly text: string;
  /** Form fields, to be drawn into the page. */
  readonly widgets: readonly FlattenedWidget[];
}

export interface AnnotationContext extends WidgetContext {
  readonly destinations: Destinations;
  readonly pageNumbers: readonly number[];
  readonly notes: Set<SourceNote>;
}

/**
 * Carries a page's annotations: links keep leading to their page of the same source, marks and comments stay as they look, fields
 * become part of the page so that what was filled in cannot change or vanish.
 */
export async function carryAnnotations(context: AnnotationContext, value: PdfValue, page: number): Promise<CarriedAnnotations> {
  const { source, copier, volume } = context;
  const list = source.resolve(value);
  if (!isArray(list) || list.length === 0) return { text: '', widgets: [] };
  const widgets: FlattenedWidget[] = [];
  const kept: { readonly dict: PdfDict; readonly number: number }[] = [];
  const entries = list.slice(0, MAX_ANNOTATIONS).flatMap((entry) => {
    const dict = source.resolve(entry);
    return dict instanceof PdfDict ? [{ entry, dict, subtype: nameOf(source.resolve(dict.get('Subtype'))) }] : [];
  });
  const covered = findCovered(context, entries);
  const isCovered = (mark: PdfValue): boolean => mark instanceof PdfDict && covered.has(mark);
  for (const { entry, dict, subtype } of entries) {
    if (subtype === 'Widget' || covered.has(dict)) {
      context.notes.add('forms-flattened');
      if (entry instanceof PdfRef && copier.numberOf(entry.num) === null) copier.assign(entry.num, null);
      const widget = await flattenWidget(context, dict);
      if (widget !== null) widgets.push(widget);
      continue;
    }
    if (subtype === 'Popup' && isCovered(source.resolve(dict.get('Parent')))) continue;
    if (subtype === null || (subtype === 'Link' && !isArray(source.resolve(dict.get('Rect'))))) continue;
    const number = volume.reserve();
    if (entry instanceof PdfRef) copier.assign(entry.num, number);
    kept.push({ dict, number });
  }
  const written: number[] = [];
  for (const { dict, number } of kept) {
    const text = await annotationText(context, dict, page);
    volume.writeObject(number, text ?? 'null');
    if (text !== null) written.push(number);
  }
  return { text: written.length === 0 ? '' : `[${written.map((number) => `${number} 0 R`).join(' ')}]`, widgets };
}

/** Marks that a later field lies upon: fields go into the page, so what is under them must go there first. */
function findCovered({ source }: AnnotationContext, entries: readonly { readonly dict: PdfDict; readonly subtype: string | null }[]): ReadonlySet<PdfDict> {
  const covered = new Set<PdfDict>();
  const fields: (readonly number[])[] = [];
  for (const { dict, subtype } of entries.toReversed()) {
    const isField = subtype === 'Widget';
    if (!isField && (fields.length === 0 || subtype === 'Link' || subtype === 'Popup' || !dict.has('AP'))) continue;
    const rect = numbersOf(source, dict.get('Rect'), 4);
    if (rect === null) continue;
    if (isField) {
      if (fields.length < MAX_COVERING) fields.push(rect);
    } else if (fields.some((field) => overlap(field, rect))) covered.add(dict);
  }
  return covered;
}

function overlap([a1 = 0, b1 = 0, a2 = 0, b2 = 0]: readonly number[], [c1 = 0, d1 = 0, c2 = 0, d2 = 0]: readonly number[]): boolean {
  return Math.max(Math.min(a1, a2), Math.min(c1, c2)) < Math.min(Math.max(a1, a2), Math.max(c1, c2)) && Math.max(Math.min(b1, b2), Math.min(d1, d2)) < Math.min(Math.max(b1, b2), Math.max(d1, d2));
}

/** An annotation for the volume; null for a link that leads nowhere any more and shows nothing. */
async function annotationText(context: AnnotationContext, dict: PdfDict, page: number): Promise<string | null> {
  const { source, copier } = context;
  const isLink = nameOf(source.resolve(dict.get('Subtype'))) === 'Link';
  const target = await targetText(context, dict);
  if (isLink && target === null && !isVisible(context, dict)) return null;
  if (dict.has('AA') || [...dict.entries.keys()].some((key) => PLAYED.has(key))) context.notes.add('scripts-removed');
  let text = '<<';
  for (const [key, value] of dict.entries) {
    if (LEFT_OUT.has(key) || PLAYED.has(key) || (key === 'OC' && value === null)) continue;
    text += `${formatName(key)} ${await copier.copyValue(value)}`;
  }
  return `${text}/P ${page} 0 R${target ?? ''}>>`;
}

/** A link whose frame (12.5.4: one unit wide unless it says otherwise) or own appearance is seen on the page. */
function isVisible({ source }: AnnotationContext, dict: PdfDict): boolean {
  if (dict.has('AP')) return true;
  const border = source.resolve(dict.get('Border'));
  const width = source.resolve(source.resolveDict(dict.get('BS'))?.get('W') ?? (isArray(border) ? (border[2] ?? null) : null));
  return typeof width !== 'number' || width > 0;
}

/** An action that only leads somewhere. Everything else (scripts, launching, submitting, other files) has no place in an archive. */
function isHarmless({ source }: AnnotationContext, kind: string | null, action: PdfDict): boolean {
  if (kind === 'Named') return PAGE_MOVES.has(nameOf(source.resolve(action.get('N'))) ?? '');
  if (kind !== 'URI') return false;
  return PLAIN_ADDRESS.test(textOf(source.resolve(action.get('URI'))) ?? '');
}

/** /Dest or /A of an annotation; null where there is none or it is not carried. */
async function targetText(context: AnnotationContext, dict: PdfDict): Promise<string | null> {
  const { source, copier } = context;
  const action = source.resolve(dict.get('A'));
  let destination = dict.get('Dest');
  if (action instanceof PdfDict) {
    const kind = nameOf(source.resolve(action.get('S')));
    if (kind === 'GoTo') destination = action.get('D');
    else if (isHarmless(context, kind, action)) {
      const entries = new Map(action.entries);
      entries.delete('Next');
      return `/A ${await copier.copyValue(new PdfDict(entries))}`;
    } else {
      context.notes.add('scripts-removed');
      return null;
    }
  }
  if (destination === null) return null;
  const explicit = context.destinations.explicit(destination);
  if (explicit === null) return null;
  const first = explicit[0] ?? null;
  const number = first instanceof PdfRef ? copier.numberOf(first.num) : typeof first === 'number' ? (context.pageNumbers[first] ?? null) : null;
  if (number === null) return null;
  const view = explicit.slice(1).map((part) => source.resolve(part)).filter((part) => part === null || typeof part === 'number' || nameOf(part) !== null);
  return `/Dest[${number} 0 R ${(await copier.copyValue(view)).slice(1)}`;
}
