import { scanXml } from '../xml-scan.ts';
import { writeNumeral } from './marker.ts';

interface ListLevel {
  format: string;
  text: string;
  start: number;
}

/** Lists by number, and the lists that paragraph styles stand for. */
export interface Numbering {
  readonly lists: ReadonlyMap<string, ReadonlyMap<number, ListLevel>>;
  readonly styles: ReadonlyMap<string, { readonly list: string; readonly level: number }>;
}

/** Reads the list definitions of a DOCX (`numbering.xml`, `styles.xml`); empty texts where a part is absent. */
export const readNumbering = (numberingXml: string, stylesXml: string): Numbering => {
  const abstracts = new Map<string, Map<number, ListLevel>>();
  const lists = new Map<string, ReadonlyMap<number, ListLevel>>();
  let abstract: Map<number, ListLevel> | undefined;
  let level: ListLevel | undefined;
  let list = '';
  for (const part of scanXml(numberingXml)) {
    if (part.kind !== 'open') continue;
    const value = part.attributes.get('val') ?? '';
    if (part.name === 'abstractNum') abstracts.set(part.attributes.get('abstractNumId') ?? '', (abstract = new Map()));
    else if (part.name === 'lvl') abstract?.set(Number(part.attributes.get('ilvl') ?? 0), (level = { format: 'decimal', text: '', start: 1 }));
    else if (part.name === 'numFmt' && level !== undefined) level.format = value;
    else if (part.name === 'lvlText' && level !== undefined) level.text = value;
    else if (part.name === 'start' && level !== undefined) level.start = Number(value) || 1;
    else if (part.name === 'num') list = part.attributes.get('numId') ?? '';
    else if (part.name === 'abstractNumId') lists.set(list, abstracts.get(value) ?? new Map());
  }
  return { lists, styles: readStyleLists(stylesXml) };
};

function readStyleLists(xml: string): Numbering['styles'] {
  const styles = new Map<string, { list: string; level: number }>();
  let style = '';
  let level = 0;
  for (const part of scanXml(xml)) {
    if (part.kind !== 'open') continue;
    if (part.name === 'style') {
      style = part.attributes.get('styleId') ?? '';
      level = 0;
    } else if (part.name === 'ilvl') level = Number(part.attributes.get('val') ?? 0);
    else if (part.name === 'numId' && style !== '') styles.set(style, { list: part.attributes.get('val') ?? '', level });
  }
  return styles;
}

/** Counts list paragraphs as a word processor does, so that numbers which are not in the text are read too. */
export class ListCounter {
  readonly #numbering: Numbering;
  readonly #counts = new Map<string, number[]>();

  constructor(numbering: Numbering) {
    this.#numbering = numbering;
  }

  /** The number printed before a paragraph, empty where it is in no list. Call once for each paragraph, in order. */
  markerFor({ style, list, level, listed, text }: { readonly style: string; readonly list: string; readonly level: number; readonly listed: boolean; readonly text: string }): string {
    const styled = this.#numbering.styles.get(style);
    const [id, depth] = listed ? [list, level] : [styled?.list ?? '', styled?.level ?? 0];
    const levels = this.#numbering.lists.get(id);
    const own = levels?.get(depth);
    if (id === '' || id === '0' || levels === undefined || own === undefined || own.format === 'bullet' || own.format === 'none' || text.trim() === '') return '';
    const counts = this.#counts.get(id) ?? [];
    this.#counts.set(id, counts);
    counts.length = Math.min(counts.length, depth + 1);
    for (let at = 0; at <= depth; at += 1) counts[at] ??= (levels.get(at)?.start ?? 1) - (at === depth ? 1 : 0);
    counts[depth] = (counts[depth] ?? 0) + 1;
    return own.text.replace(/%(\d)/gu, (_, nth: string) => writeNumber(counts[Number(nth) - 1] ?? 1, levels.get(Number(nth) - 1)?.format ?? 'decimal'));
  }
}

function writeNumber(number: number, format: string): string {
  if (/chinese|japanese|ideograph|taiwanese/iu.test(format) && !/Enclosed/u.test(format)) return writeNumeral(number);
  if (format === 'decimalEnclosedCircle' || format === 'decimalEnclosedCircleChinese') return String.fromCodePoint(0x2460 + Math.min(19, Math.max(0, number - 1)));
  return String(number);
}
