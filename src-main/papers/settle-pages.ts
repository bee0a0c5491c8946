import { hash } from 'node:crypto';
import { MM_PER_POINT, type MeasureText } from '../domain/page-drawing.ts';
import type { Steps } from '../domain/steps.ts';
import { estimateMeasure } from './latin-widths.ts';
import { wholeRows, type Block, type Paper, type PaperSection, type StyleName } from './paper.ts';
import type { PageSetup, PaperProfile } from './profile.ts';

/** A way to set a paper: no word processor, with whichever of the standard's fonts, is likely to be tighter or looser. */
interface Setting {
  readonly profile: PaperProfile;
  readonly measure: MeasureText;
}

/** Pages that blocks take when they begin one. */
export type CountPages = (page: PaperSection['page'], blocks: readonly Block[], setting: Setting) => Steps<number>;

/** Where stretches were broken, by what stands in them. */
export type KnownBreaks = Map<string, readonly Cut[]>;

/**
 * Breaks pages where programs would not agree on how many there are. Between two page breaks text flows as it will; but where what stands
 * there just fills its last page, one program needs a page more than another, and every number after it would be wrong. There, and only
 * there, the end is put on the next page, about a line before it is full. So each stretch has the same number of pages in Word, WPS,
 * LibreOffice and as drawn.
 */
export function* settlePages(paper: Paper, profile: PaperProfile, known: KnownBreaks, count: CountPages): Steps<Paper> {
  const tight = tightest(profile);
  const loose = loosest(profile);
  const sections: PaperSection[] = [];
  const met: KnownBreaks = new Map();
  for (const section of paper.sections) {
    if (section.numbering === 'none') {
      sections.push(section);
      continue;
    }
    const counts: Counts = { least: (blocks) => count(section.page, blocks, tight), most: (blocks) => count(section.page, blocks, loose) };
    const stretches: (readonly Block[])[] = [];
    for (const stretch of stretchesOf(section.blocks)) {
      const key = digestOf([section.page, stretch]);
      const cuts = known.get(key) ?? (yield* settleStretch(stretch, counts));
      met.set(key, cuts);
      stretches.push(...cutAll(stretch, cuts));
    }
    sections.push({ ...section, blocks: joinStretches(stretches) });
  }
  // What no paper says any more is forgotten.
  known.clear();
  for (const [key, cuts] of met) known.set(key, cuts);
  return { ...paper, settled: true, sections };
}

const digestOf = (value: unknown): string => hash('sha256', JSON.stringify(value), 'hex').slice(0, 32);

/** Half a line more on each page, no room between Chinese and Latin, thinner rows. */
const tightest = (profile: PaperProfile): Setting => ({ profile: stretchProfile(profile, -0.5, -0.15), measure: estimateMeasure(0) });

/** A line less on each page, the widest room between Chinese and Latin, thicker rows. */
const loosest = (profile: PaperProfile): Setting => ({ profile: stretchProfile(profile, 1, 0.25), measure: estimateMeasure(0.25) });

function stretchProfile(profile: PaperProfile, lines: number, padding: number): PaperProfile {
  const stretch = (setup: PageSetup): PageSetup => ({ ...setup, bottom: setup.bottom + lines * profile.styles.body.pitch * MM_PER_POINT });
  const { official, form, landscape } = profile.pages;
  return {
    ...profile,
    pages: { official: stretch(official), form: stretch(form), landscape: stretch(landscape) },
    table: { ...profile.table, padding: Math.max(0, profile.table.padding + padding) },
  };
}

/** Pages of a stretch, set tightest and loosest. */
interface Counts {
  readonly least: (blocks: readonly Block[]) => Steps<number>;
  readonly most: (blocks: readonly Block[]) => Steps<number>;
}

/** Where the stretch is cut into parts that each begin a page, the page count of each beyond doubt. */
function* settleStretch(blocks: readonly Block[], counts: Counts): Steps<readonly Cut[]> {
  const least = yield* counts.least(blocks);
  if ((yield* counts.most(blocks)) <= least) return [];
  const cuts = findCuts(blocks);
  // The last cut at which the loosest setting still has the fewest pages.
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const cut = cuts[middle];
    if (cut !== undefined && (yield* counts.most(cutBlocks(blocks, cut)[0])) <= least) low = middle + 1;
    else high = middle;
  }
  const cut = cuts[low - 1];
  if (cut === undefined) return [];
  const [head, rest] = cutBlocks(blocks, cut);
  const inHead = yield* settleStretch(head, counts);
  const inRest = yield* settleStretch(rest, counts);
  return [...inHead, cut, ...inRest.map(({ block, at }): Cut => ({ block: cut.block + block, at: block === 0 ? cut.at + at : at }))];
}

/** The parts between cuts that are all counted from the stretch's beginning. */
function cutAll(stretch: readonly Block[], cuts: readonly Cut[]): readonly (readonly Block[])[] {
  const parts: (readonly Block[])[] = [];
  let rest = stretch;
  let from: Cut = { block: 0, at: 0 };
  for (const cut of cuts) {
    const [head, tail] = cutBlocks(rest, { block: cut.block - from.block, at: cut.block === from.block ? cut.at - from.at : cut.at });
    parts.push(head);
    rest = tail;
    from = cut;
  }
  return [...parts, rest];
}

/** Before a block, or inside it: before a row of a table, before a character of a text. */
export interface Cut {
  readonly block: number;
  readonly at: number;
}

/** Where a page may be broken, in order: not behind a heading or what leads to a table, never inside a table of a few rows, and in a text after a stop only. */
function findCuts(blocks: readonly Block[]): readonly Cut[] {
  const lastSeen = blocks.findLastIndex(({ kind }) => kind !== 'space' && kind !== 'move-to');
  const cuts: Cut[] = [];
  for (const [index, block] of blocks.entries()) {
    if (index > lastSeen) break;
    if (index > 0 && !leads(blocks, index - 1)) cuts.push({ block: index, at: 0 });
    if (block.kind === 'table' && block.table.leastRows === 0 && block.table.rows.length > wholeRows) {
      for (let row = 2; row < block.table.rows.length; row += 1) cuts.push({ block: index, at: row });
    }
    if (block.kind === 'text' && runsOn.has(block.style)) {
      for (const stop of block.text.matchAll(/[。；！？，、](?=.)/gu)) cuts.push({ block: index, at: stop.index + 1 });
    }
  }
  return cuts;
}

const runsOn: ReadonlySet<StyleName> = new Set<StyleName>(['body', 'formBody', 'addressee']);
const headings: ReadonlySet<StyleName> = new Set<StyleName>(['heading1', 'heading2', 'heading3', 'formTitle']);

/** What must not be the last on its page. */
function leads(blocks: readonly Block[], index: number): boolean {
  const block = blocks[index];
  const next = blocks[index + 1];
  if (block === undefined || next === undefined) return false;
  if (block.kind === 'text' && headings.has(block.style)) return true;
  if (block.kind === 'space') return next.kind === 'table' || leads(blocks, index - 1);
  return block.kind === 'text' && /[：:]$/u.test(block.text);
}

function cutBlocks(blocks: readonly Block[], { block: index, at }: Cut): readonly [readonly Block[], readonly Block[]] {
  const block = blocks[index];
  const before = blocks.slice(0, index);
  const after = blocks.slice(index + 1);
  if (at > 0 && block?.kind === 'table') {
    const part = (from: number, to?: number): Block => ({ kind: 'table', table: { ...block.table, rows: block.table.rows.slice(from, to) } });
    return [[...before, part(0, at)], [part(at), ...after]];
  }
  if (at > 0 && block?.kind === 'text') {
    const { anchor: _, ...rest } = block;
    return [[...before, { ...block, text: block.text.slice(0, at) }], [{ ...rest, text: block.text.slice(at), continues: true }, ...after]];
  }
  return [before, blocks.slice(index)];
}

function stretchesOf(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const stretches: Block[][] = [[]];
  for (const block of blocks) {
    if (block.kind === 'page-break') stretches.push([]);
    else stretches.at(-1)?.push(block);
  }
  return stretches;
}

const joinStretches = (stretches: readonly (readonly Block[])[]): readonly Block[] => stretches.flatMap((stretch, index): readonly Block[] => (index === 0 ? stretch : [{ kind: 'page-break' }, ...stretch]));
