import { MM_PER_POINT, type DrawnPage, type DrawOp, type MeasureText } from '../domain/page-drawing.ts';
import { breakLines, cleanText, splitClusters, splitWords } from './line-breaking.ts';
import type { StyleName } from './paper.ts';
import { textWidth, type PageSetup, type PaperProfile, type TextStyle } from './profile.ts';

/** The page being filled: where the next line goes, and what is drawn so far. */
export class Sheet {
  readonly profile: PaperProfile;
  readonly setup: PageSetup;
  readonly area: number;
  /** Millimetres from the page's top edge to the next line's top. */
  y: number;
  readonly measure: MeasureText;
  readonly #firstNumber: number | null;
  readonly #draft: boolean;
  readonly #pages: DrawnPage[] = [];
  #ops: DrawOp[] = [];

  constructor(profile: PaperProfile, setup: PageSetup, measure: MeasureText, firstNumber: number | null, draft: boolean) {
    this.profile = profile;
    this.setup = setup;
    this.area = textWidth(setup);
    this.y = setup.top;
    this.measure = measure;
    this.#firstNumber = firstNumber;
    this.#draft = draft;
  }

  get pageIndex(): number {
    return this.#pages.length;
  }

  get bottom(): number {
    return this.setup.height - this.setup.bottom;
  }

  get isFresh(): boolean {
    return this.y <= this.setup.top;
  }

  /** Width in millimetres with the style's character spacing. */
  width(style: StyleName, content: string): number {
    const { font, size, spacing } = this.profile.styles[style];
    return this.measure(content, font, size) + [...content].length * spacing * MM_PER_POINT;
  }

  /** Width of a chart's label, which no style sets. */
  measureLabel(content: string, size: number): number {
    return this.measure(content, 'song', size);
  }

  /** Distance of a paragraph to the right edge in characters: the style's, or such that it stands in the middle above `over`; never less than two. */
  fromRight(style: StyleName, content: string, over: string | undefined): number {
    const { indentRight, size } = this.profile.styles[style];
    if (over === undefined) return indentRight;
    return Math.max(Math.min(2, indentRight), indentRight + (this.width(style, over) - this.width(style, content)) / 2 / (size * MM_PER_POINT));
  }

  wrap(style: StyleName, content: string, fromRight = this.profile.styles[style].indentRight, indent = this.profile.styles[style].indent): readonly string[] {
    const { size, align } = this.profile.styles[style];
    const em = size * MM_PER_POINT;
    const room = this.area - fromRight * em;
    if (align === 'center') return this.wrapCentred(style, content, room);
    return breakLines(cleanText(content), room, (piece) => this.width(style, piece), indent * em, splitClusters);
  }

  /** Centred titles break between words, in lines of about equal length (GB/T 9704-2012 §7.3.1). */
  wrapCentred(style: StyleName, content: string, room: number): readonly string[] {
    const { size, indent } = this.profile.styles[style];
    const em = size * MM_PER_POINT;
    const wrapAt = (width: number): readonly string[] => breakLines(cleanText(content), width, (piece) => this.width(style, piece), indent * em, splitWords);
    const lines = wrapAt(room);
    let narrow = room;
    while (lines.length > 1 && narrow > room / 2 && wrapAt(narrow - em / 2).length === lines.length) narrow -= em / 2;
    return wrapAt(narrow);
  }

  /** Turns the page where a block's beginning would stand alone. */
  keep(lines: number, style: StyleName, after: number): void {
    const { pitch, before } = this.profile.styles[style];
    const wanted = (after > 0 ? lines : 1) * pitch * MM_PER_POINT + (this.isFresh ? 0 : before) + after;
    if (!this.isFresh && this.y + wanted > this.bottom + 0.01) this.turn();
  }

  need(height: number): void {
    if (!this.isFresh && this.y + height > this.bottom + 0.01) this.turn();
  }

  advance(height: number): void {
    this.y += height;
  }

  writeLines(name: StyleName, lines: readonly string[], fromRight = this.profile.styles[name].indentRight, indent = this.profile.styles[name].indent): void {
    const style: TextStyle = { ...this.profile.styles[name], indentRight: fromRight, indent };
    const pitch = style.pitch * MM_PER_POINT;
    if (!this.isFresh) this.advance(style.before);
    for (const [index, line] of lines.entries()) {
      this.need(pitch);
      this.#writeLine(name, style, line, index === 0, index === lines.length - 1);
      this.advance(pitch);
    }
    this.advance(style.after);
  }

  #writeLine(name: StyleName, style: TextStyle, line: string, isFirst: boolean, isLast: boolean): void {
    const em = style.size * MM_PER_POINT;
    const width = this.width(name, line);
    const indent = isFirst ? style.indent * em : 0;
    const free = this.area - indent - style.indentRight * em - width;
    if (style.align === 'justify' && !isLast && line.length > 1 && free > 0 && free < 3 * em) {
      const extra = free / ([...line].length - 1) / MM_PER_POINT;
      this.put(name, this.setup.left + indent, line, style.spacing + extra);
      return;
    }
    const shift = style.align === 'center' ? free / 2 : style.align === 'right' ? free : 0;
    this.put(name, this.setup.left + indent + shift, line);
  }

  /** Sets a line at the current height, in the middle of the style's pitch. */
  put(name: StyleName, x: number, content: string, spacing = this.profile.styles[name].spacing, top = this.y): void {
    const { font, size, pitch } = this.profile.styles[name];
    if (content === '') return;
    const y = top + baselineWithin(pitch, size);
    this.draw({ op: 'text', x, y, text: content, font, size, ...(spacing === 0 ? {} : { spacing }) });
  }

  draw(op: DrawOp): void {
    this.#ops.push(op);
  }

  turn(): void {
    const number = this.#firstNumber === null ? null : this.#firstNumber + this.#pages.length;
    const marks = this.#draft ? draftMark(this.setup.width, this.setup.height, this.profile, this.measure) : [];
    this.#pages.push({
      width: this.setup.width,
      height: this.setup.height,
      ops: [...marks, ...this.#ops, ...(number === null ? [] : this.#pageNumber(number))],
    });
    this.#ops = [];
    this.y = this.setup.top;
  }

  /** Pages of the section; at least one. */
  finish(): readonly DrawnPage[] {
    if (this.#ops.length > 0 || this.#pages.length === 0) this.turn();
    return this.#pages;
  }

  #pageNumber(number: number): readonly DrawOp[] {
    const { form, font, size, below, duplex } = this.setup.pageNumber;
    const content = form === 'dash' ? `— ${number} —` : String(number);
    const width = this.measure(content, font, size);
    const em = size * MM_PER_POINT;
    const x = !duplex
      ? this.setup.left + (this.area - width) / 2
      : number % 2 === 1
        ? this.setup.left + this.area - width - em
        : this.setup.left + em;
    return [{ op: 'text', x, y: this.bottom + below + em * (form === 'dash' ? dashAboveBaseline : 0.88), text: content, font, size }];
  }
}

/** How far the dashes beside a page number stand above its baseline, in ems: it is their distance that the standard sets (GB/T 9704-2012 §7.5). */
export const dashAboveBaseline = 0.34;

/** Millimetres from a line's top to its baseline: Chinese glyphs stand 88 % of their size above it. */
export const baselineWithin = (pitch: number, size: number): number => ((pitch - size) / 2 + 0.88 * size) * MM_PER_POINT;

/** The words of it that stand at the top of each page. */
export const draftNotice = (profile: PaperProfile): string => `${profile.wording.draft} · 未通过核查，不得作为正式材料`;

/** The mark that every page of a draft bears: large and pale across the page, and plainly in red at its top. */
export function draftMark(width: number, height: number, profile: PaperProfile, measure: MeasureText): readonly DrawOp[] {
  const word = profile.wording.draft;
  const size = 120;
  const length = measure(word, 'hei', size);
  const angle = Math.PI / 4;
  const notice = draftNotice(profile);
  return [
    {
      op: 'text',
      x: width / 2 - (length / 2) * Math.cos(angle),
      y: height / 2 + (length / 2) * Math.sin(angle) + (0.3 * size * MM_PER_POINT),
      text: word,
      font: 'hei',
      size,
      color: [0.92, 0.9, 0.9],
      rotate: 45,
    },
    { op: 'text', x: (width - measure(notice, 'hei', 10)) / 2, y: 8, text: notice, font: 'hei', size: 10, color: [0.85, 0, 0] },
  ];
}
