import { MM_PER_POINT, type DrawnPage, type MeasureText } from '../domain/page-drawing.ts';
import { finish, type Steps } from '../domain/steps.ts';
import { layoutChart } from './layout-chart.ts';
import { layoutTable } from './layout-table.ts';
import { breakLines, cleanText } from './line-breaking.ts';
import { hasContents, listsHeadings, wholeRows, type Block, type ContentsEntry, type Paper, type PaperSection, type StyleName } from './paper.ts';
import type { PaperProfile } from './profile.ts';
import { settlePages, type KnownBreaks } from './settle-pages.ts';
import { Sheet } from './sheet.ts';

/** Where an anchored heading stands. */
export interface AnchorPlace {
  /** Index into the pages, from 0. */
  readonly page: number;
  /** The number printed on it. */
  readonly number: number;
}

export interface LaidOutPaper {
  /** With the page breaks that keep its numbers. */
  readonly paper: Paper;
  readonly pages: readonly DrawnPage[];
  readonly anchors: ReadonlyMap<string, AnchorPlace>;
}

/** Draws a paper. Widths come from `measure`, everything else from the profile; the same input gives the same pages. */
export const layoutPaper = (paper: Paper, profile: PaperProfile, measure: MeasureText): readonly DrawnPage[] =>
  layoutPaperWithAnchors(paper, profile, measure).pages;

/** As `layoutPaper`, and tells where the headings stand: once to learn the numbers, once more to print them in the contents. */
export const layoutPaperWithAnchors = (paper: Paper, profile: PaperProfile, measure: MeasureText): LaidOutPaper => finish(layoutPaperSteps(paper, profile, measure));

/** The same in steps of a row or a paragraph: a list of all items takes seconds. */
export function* layoutPaperSteps(given: Paper, profile: PaperProfile, measure: MeasureText): Steps<LaidOutPaper> {
  return yield* layoutSettledSteps(yield* settlePaperSteps(given, profile), profile, measure);
}

/** The paper with the page breaks that keep its numbers, where any are printed in it. `known` tells where stretches were broken before, and learns where these are. */
export function* settlePaperSteps(given: Paper, profile: PaperProfile, known: KnownBreaks = new Map()): Steps<Paper> {
  if (given.settled === true || !hasContents(given)) return given;
  return yield* settlePages(given, profile, known, function* countPages(page, blocks, setting) {
    const { pages } = yield* layOutSection({ page, numbering: 'none', blocks }, setting.profile, setting.measure, false, 1, new Map());
    return pages.length;
  });
}

/** Draws a paper whose pages are settled. Those that list headings are drawn again once it is known where these stand. */
export function* layoutSettledSteps(paper: Paper, profile: PaperProfile, measure: MeasureText): Steps<LaidOutPaper> {
  const anchors = new Map<string, AnchorPlace>();
  const parts: { readonly section: PaperSection; readonly first: number; readonly pages: readonly DrawnPage[] }[] = [];
  let before = 0;
  let number = 1;
  for (const section of paper.sections) {
    if (section.numbering === 'restart') number = 1;
    const laid = yield* layOutSection(section, profile, measure, paper.draft, number, new Map());
    for (const [anchor, page] of laid.anchors) anchors.set(anchor, { page: before + page, number: number + page });
    parts.push({ section, first: number, pages: laid.pages });
    before += laid.pages.length;
    number += laid.pages.length;
  }
  const pages: DrawnPage[] = [];
  for (const { section, first, pages: drawn } of parts) {
    if (anchors.size === 0 || !listsHeadings(section)) pages.push(...drawn);
    else pages.push(...(yield* layOutSection(section, profile, measure, paper.draft, first, anchors)).pages);
  }
  return { paper, pages, anchors };
}

/** A section by itself, its first page bearing that number; its anchors by index into its pages. */
function* layOutSection(section: PaperSection, profile: PaperProfile, measure: MeasureText, draft: boolean, number: number, known: ReadonlyMap<string, AnchorPlace>): Steps<{ readonly pages: readonly DrawnPage[]; readonly anchors: ReadonlyMap<string, number> }> {
  const anchors = new Map<string, number>();
  const sheet = new Sheet(profile, profile.pages[section.page], measure, section.numbering === 'none' ? null : number, draft);
  yield* fillSheet(section, sheet, known, (anchor) => anchors.set(anchor, sheet.pageIndex));
  return { pages: sheet.finish(), anchors };
}

function* fillSheet(section: PaperSection, sheet: Sheet, known: ReadonlyMap<string, AnchorPlace>, place: (anchor: string) => void): Steps<void> {
  for (const [index, block] of section.blocks.entries()) {
    yield;
    switch (block.kind) {
      case 'text': {
        const fromRight = sheet.fromRight(block.style, block.text, block.over);
        const indent = indentOf(block, sheet.profile);
        const lines = sheet.wrap(block.style, block.text, fromRight, indent);
        sheet.keep(lines.length, block.style, isHeading(block.style) ? roomAfterHeading(section.blocks, index + 1, sheet.profile) : 0);
        if (block.anchor !== undefined) place(block.anchor);
        sheet.writeLines(block.style, lines, fromRight, indent);
        break;
      }
      case 'table':
        yield* layoutTable(block.table, sheet);
        break;
      case 'chart':
        layoutChart(block.chart, sheet);
        break;
      case 'contents':
        for (const entry of block.entries) {
          yield;
          layoutContentsEntry(entry, sheet, known.get(entry.anchor));
        }
        break;
      case 'space':
        sheet.advance(block.height);
        break;
      case 'move-to':
        sheet.advance(Math.max(0, block.y - sheet.y));
        break;
      case 'page-break':
        sheet.turn();
        break;
      default:
        block satisfies never;
    }
  }
}

/** First-line indent of a paragraph, in characters. */
export const indentOf = (block: { readonly style: StyleName; readonly continues?: boolean }, profile: PaperProfile): number => (block.continues === true ? 0 : profile.styles[block.style].indent);

const isHeading = (style: StyleName): boolean => style === 'heading1' || style === 'heading2' || style === 'heading3' || style === 'formTitle';

/** A heading is not left alone at the foot of a page: room for the headings that follow it and one line or row after them. */
function roomAfterHeading(blocks: readonly Block[], from: number, profile: PaperProfile): number {
  let room = 0;
  for (const block of blocks.slice(from)) {
    if (block.kind === 'space') {
      room += block.height;
      continue;
    }
    if (block.kind === 'table') {
      const row = Math.max(block.table.rowHeight, profile.styles.cell.pitch * MM_PER_POINT + 2 * profile.table.padding);
      // A short table stands on one page; its rows may need a second line.
      return room + row * (block.table.rows.length <= wholeRows ? 1 + 1.5 * block.table.rows.length : 2);
    }
    if (block.kind !== 'text') return room;
    room += profile.styles[block.style].pitch * MM_PER_POINT;
    if (!isHeading(block.style)) return room;
  }
  return room;
}

/** One heading with its page number. It links by page of the file: a paper with contents is a file of its own. */
function layoutContentsEntry(entry: ContentsEntry, sheet: Sheet, place: AnchorPlace | undefined): void {
  const style = sheet.profile.styles.contents;
  const indent = (entry.level - 1) * 2 * style.size * MM_PER_POINT;
  const number = String(place?.number ?? 0);
  const numberWidth = sheet.width('contents', '0000');
  const lines = breakLines(cleanText(entry.text), sheet.area - indent - numberWidth - 6, (piece) => sheet.width('contents', piece));
  const pitch = style.pitch * MM_PER_POINT;
  for (const [index, line] of lines.entries()) {
    sheet.need(pitch);
    const x = sheet.setup.left + indent;
    sheet.put('contents', x, line);
    if (index === lines.length - 1) {
      const end = sheet.setup.left + sheet.area;
      const from = x + sheet.width('contents', line) + 2;
      const until = end - sheet.width('contents', number) - 2;
      const dot = sheet.width('contents', '.') + 0.6;
      const count = Math.floor((until - from) / dot);
      for (let i = 0; i < count; i += 1) sheet.put('contents', until - (i + 1) * dot, '.');
      sheet.put('contents', end - sheet.width('contents', number), number);
    }
    if (place !== undefined) sheet.draw({ op: 'link', x, y: sheet.y, w: sheet.setup.left + sheet.area - x, h: pitch, toItem: String(place.page + 1) });
    sheet.advance(pitch);
  }
}
