import { MM_PER_POINT } from '../domain/page-drawing.ts';
import type { FontBook } from './font-book.ts';
import type { Fonts } from './fonts.ts';
import { isArray, nameOf, PdfDict, PdfString, textOf, type PdfValue } from './pdf-objects.ts';
import type { PdfSource } from './pdf-source.ts';
import { formatNumber } from './serialize.ts';

/** Content in the page's user space that shows what a field holds, and the fonts it needs. */
export interface DrawnField {
  readonly text: string;
  readonly fonts: ReadonlySet<number>;
}

const MULTILINE = 1 << 12;
const PASSWORD = 1 << 13;
const COMBO = 1 << 17;
const PUSH_BUTTON = 1 << 16;
const MAX_SHOWN = 20_000;
const MAX_OPTIONS = 2000;
/** Ground of a chosen line in a list box. */
const CHOSEN_GROUND = '0.6 0.757 0.855 rg';
const PADDING = 2;
const MAX_PARENTS = 32;

/** Whether the source's viewers are told to draw the fields themselves: the stored appearances are stale then. */
export function needsAppearances(source: PdfSource): boolean {
  return source.resolve(source.resolveDict(source.catalog.get('AcroForm'))?.get('NeedAppearances') ?? null) === true;
}

/** Text and choice fields: their appearance can be drawn anew from their value. */
export function holdsText(source: PdfSource, widget: PdfDict): boolean {
  const kind = nameOf(inherited(source, widget, 'FT'));
  return kind === 'Tx' || kind === 'Ch';
}

/**
 * Draws a field's border and value, or a push button's caption, where its stored appearance is missing or stale. What other buttons
 * show is in their appearance or nowhere.
 */
export function drawField(source: PdfSource, widget: PdfDict, book: FontBook, fonts: Fonts, prefix: string): DrawnField | null {
  const rect = source.resolve(widget.get('Rect'));
  const corners = isArray(rect) ? rect.map(source.resolve).filter((value) => typeof value === 'number') : [];
  const [ax = 0, ay = 0, bx = 0, by = 0] = corners;
  const box = { x: Math.min(ax, bx), y: Math.min(ay, by), w: Math.abs(ax - bx), h: Math.abs(ay - by) };
  const kind = nameOf(inherited(source, widget, 'FT'));
  if (corners.length < 4 || box.w < 1 || box.h < 1) return null;
  let text = borderText(source, widget, box);
  const used = new Set<number>();
  const flagValue = inherited(source, widget, 'Ff');
  const flags = typeof flagValue === 'number' ? flagValue : 0;
  const isList = kind === 'Ch' && (flags & COMBO) === 0;
  const choice = kind === 'Tx' || kind === 'Ch' ? readChoice(source, widget) : { chosen: [], options: [] };
  const caption = kind === 'Btn' && (flags & PUSH_BUTTON) !== 0 ? textOf(source.resolve(source.resolveDict(widget.get('MK'))?.get('CA') ?? null)) : null;
  const lines = caption !== null ? shownLines([caption], 0) : isList && choice.options.length > 0 ? choice.options.slice(firstShown(source, widget)) : kind === 'Tx' || kind === 'Ch' ? shownLines(choice.chosen, flags) : [];
  if (lines.length > 0) {
    const { size: wanted, color } = defaultAppearance(source, widget);
    const single = lines.length === 1 && !isList && (flags & MULTILINE) === 0;
    const widest = Math.max(...lines.map((line) => fonts.measure(line, 'hei', 1) / MM_PER_POINT), 1e-6);
    const automatic = Math.max(4, Math.min(single ? box.h * 0.7 : 12, (box.w - 2 * PADDING) / widest));
    const size = wanted > 0 ? wanted : automatic;
    const leading = size * 1.2;
    const top = single ? box.y + (box.h - size * 0.72) / 2 : box.y + box.h - PADDING - size * 0.86;
    text += `q ${formatNumber(box.x)} ${formatNumber(box.y)} ${formatNumber(box.w)} ${formatNumber(box.h)} re W n\n`;
    if (isList) {
      lines.forEach((line, i) => {
        if (choice.chosen.includes(line)) text += `${CHOSEN_GROUND} ${[box.x, top - i * leading - size * 0.25, box.w, leading].map(formatNumber).join(' ')} re f\n`;
      });
    }
    text += `BT ${color}\n`;
    lines.forEach((line, i) => {
      const y = top - i * leading;
      if (y < box.y - leading) return;
      const alignment = caption === null ? inherited(source, widget, 'Q') : 1;
      const width = (fonts.measure(line, 'hei', size) / MM_PER_POINT);
      const x = alignment === 1 ? box.x + (box.w - width) / 2 : alignment === 2 ? box.x + box.w - PADDING - width : box.x + PADDING;
      text += `1 0 0 1 ${formatNumber(x)} ${formatNumber(y)} Tm `;
      for (const run of book.encode(line, 'hei')) {
        used.add(run.font);
        text += `/${prefix}${run.font} ${formatNumber(size)} Tf <${run.hex}> Tj `;
      }
    });
    text += 'ET Q\n';
  }
  return text === '' ? null : { text, fonts: used };
}

function inherited(source: PdfSource, widget: PdfDict, key: string): PdfValue {
  let node: PdfDict | null = widget;
  for (let i = 0; i < MAX_PARENTS && node !== null; i++) {
    const value = source.resolve(node.get(key));
    if (value !== null) return value;
    const parent: PdfValue = source.resolve(node.get('Parent'));
    node = parent instanceof PdfDict ? parent : null;
  }
  return null;
}

interface Choice {
  /** The value, in the words that are shown. */
  readonly chosen: readonly string[];
  readonly options: readonly string[];
}

function readChoice(source: PdfSource, widget: PdfDict): Choice {
  const value = inherited(source, widget, 'V');
  const texts = (isArray(value) ? value.map(source.resolve) : [value]).flatMap((item) => textOf(item) ?? nameOf(item) ?? []);
  const listed = inherited(source, widget, 'Opt');
  const shown = new Map<string, string>();
  if (isArray(listed)) {
    for (const option of listed.slice(0, MAX_OPTIONS)) {
      const pair = source.resolve(option);
      const [exported, display] = isArray(pair) ? pair.map(source.resolve) : [pair, pair];
      const name = textOf(exported ?? null);
      if (name !== null) shown.set(name, textOf(display ?? null) ?? name);
    }
  }
  return { chosen: texts.map((text) => shown.get(text) ?? text), options: [...shown.values()] };
}

/** Index of a list box's uppermost visible option. */
function firstShown(source: PdfSource, widget: PdfDict): number {
  const top = inherited(source, widget, 'TI');
  return typeof top === 'number' && top > 0 ? Math.floor(top) : 0;
}

/** The lines of a text or of what was chosen. */
function shownLines(chosen: readonly string[], flags: number): readonly string[] {
  const whole = chosen.join('\n').slice(0, MAX_SHOWN);
  if (whole.trim() === '') return [];
  return (flags & PASSWORD) !== 0 ? ['*'.repeat(whole.length)] : whole.split(/\r\n|\r|\n/);
}

/** Size and colour operators of /DA; other operators are not carried. */
function defaultAppearance(source: PdfSource, widget: PdfDict): { readonly size: number; readonly color: string } {
  const form = source.resolveDict(source.catalog.get('AcroForm'));
  const value = inherited(source, widget, 'DA') ?? source.resolve(form?.get('DA') ?? null);
  const text = value instanceof PdfString ? value.bytes.toString('latin1') : '';
  const size = /([\d.]+)\s+Tf/.exec(text);
  const color = /(?:[\d.]+\s+){1,4}(?:rg|g|k)\b/.exec(text);
  return { size: size === null ? 0 : Math.min(200, Number(size[1]) || 0), color: color === null ? '0 g' : color[0].trim() };
}

function borderText(source: PdfSource, widget: PdfDict, box: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }): string {
  const look = source.resolveDict(widget.get('MK'));
  const width = source.resolve(source.resolveDict(widget.get('BS'))?.get('W') ?? null);
  const line = typeof width === 'number' ? width : 1;
  const fill = colorOperator(source, look?.get('BG') ?? null, ['g', 'rg', 'k']);
  const stroke = line > 0 ? colorOperator(source, look?.get('BC') ?? null, ['G', 'RG', 'K']) : null;
  let text = '';
  if (fill !== null) text += `q ${fill} ${[box.x, box.y, box.w, box.h].map(formatNumber).join(' ')} re f Q\n`;
  if (stroke !== null) text += `q ${stroke} ${formatNumber(line)} w ${[box.x + line / 2, box.y + line / 2, box.w - line, box.h - line].map(formatNumber).join(' ')} re S Q\n`;
  return text;
}

function colorOperator(source: PdfSource, value: PdfValue, operators: readonly [string, string, string]): string | null {
  const list = source.resolve(value);
  if (!isArray(list)) return null;
  const parts = list.map(source.resolve).filter((part) => typeof part === 'number');
  const operator = parts.length === 1 ? operators[0] : parts.length === 3 ? operators[1] : parts.length === 4 ? operators[2] : null;
  return operator === null ? null : `${parts.map(formatNumber).join(' ')} ${operator}`;
}
