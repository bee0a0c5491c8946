import type { Block } from './block.ts';
import { halfWidth, tidyLine } from './block.ts';
import { readMarker, settleDecimal } from './marker.ts';
import type { Marker } from './marker.ts';
import { isLabelLine } from './responsibility.ts';

/** A numbered paragraph with what follows it up to the next number of its level. */
export interface OutlineNode {
  readonly marker: Marker;
  /** The paragraph without its number. */
  readonly head: string;
  /** Unnumbered paragraphs that follow, in order. */
  readonly lines: string[];
  readonly children: OutlineNode[];
  readonly tables: Extract<Block, { readonly kind: 'table' }>[];
}

export interface Outline {
  /** Paragraphs before the first number. */
  readonly front: readonly string[];
  readonly frontTables: readonly Extract<Block, { readonly kind: 'table' }>[];
  readonly sections: readonly OutlineNode[];
}

/** Files the paragraphs of a document under their numbers. A number of a wider level closes all narrower ones. */
export const buildOutline = (blocks: readonly Block[]): Outline => {
  const front: string[] = [];
  const frontTables: Extract<Block, { readonly kind: 'table' }>[] = [];
  const sections: OutlineNode[] = [];
  const open: OutlineNode[] = [];
  /** The last number of an item. */
  let item = null as Marker | null;
  for (const block of blocks) {
    const deepest = open.at(-1);
    if (block.kind === 'table') {
      (deepest?.tables ?? frontTables).push(block);
      continue;
    }
    for (const text of splitRunIn(tidyLine(block.text)).flatMap(splitInline)) {
      const found = readMarker(text);
      const marker: Marker | null = found === null ? null : settleDecimal(found, item);
      if (marker?.level === 3) item = marker;
      if (marker === null) {
        if (text !== '') (open.at(-1)?.lines ?? front).push(text);
        continue;
      }
      while (open.length > 0 && (open.at(-1)?.marker.level ?? 0) >= marker.level) open.pop();
      const node: OutlineNode = { marker, head: text.slice(marker.length).trim(), lines: [], children: [], tables: [] };
      (open.at(-1)?.children ?? sections).push(node);
      open.push(node);
    }
  }
  return { front, frontTables, sections };
};

/** `任务如下:1.…;2.…` in one paragraph: numbers that follow one another from 1 or from the paragraph's own, each after a mark that ends something. */
function splitRunIn(text: string): readonly string[] {
  const plain = halfWidth(text);
  const cuts: number[] = [];
  let next = 0;
  for (const found of plain.matchAll(/(?<=^|[:;。]\s*)(\d{1,2})\s*[.、]\s*(?=[^\d\s])/gu)) {
    const number = Number(found[1]);
    if (number !== next && !(next === 0 && (number === 1 || found.index === 0))) continue;
    cuts.push(found.index);
    next = number + 1;
  }
  // One number alone begins a list only behind a colon; the rest of the list stands in paragraphs of its own.
  if (cuts.length === 0 || (cuts.length === 1 && !/:\s*$/u.test(plain.slice(0, cuts[0])))) return [text];
  const places = [...new Set([0, ...cuts])];
  return places.map((from, at) => text.slice(from, places[at + 1] ?? text.length).trim()).filter((piece) => piece !== '');
}

/** `3.(1)…;(2)…` in one paragraph: each number begins a piece. Figures in brackets within a sentence do not. */
function splitInline(text: string): readonly string[] {
  const plain = halfWidth(text);
  const first = /^(?:\d{1,2}\s*[.、]\s*)?(?=\(1\)|①)|[:;。]\s*(?=\(1\)|①)/u.exec(plain);
  if (first === null) return [text];
  const cuts = [first.index + first[0].length, ...[...plain.matchAll(/[;。]\s*(?=\(\d{1,2}\)|[①-⑳])/gu)].map((found) => found.index + found[0].length)].filter((cut) => cut > 0);
  const places = [0, ...new Set(cuts)].toSorted((a, b) => a - b);
  return places.map((from, at) => text.slice(from, places[at + 1] ?? text.length).trim()).filter((piece) => piece !== '');
}

export type SectionKind = 'tasks' | 'not-applicable' | 'schedule' | 'forbidding' | 'other';

const FORBIDDING = /(?:下列|以下|如下|之一)[^。]{0,30}(?:不得|不予|取消|否决|撤销)|不得(?:提出|申报|申请|参加)[^。]{0,16}(?:申请|申报|验收|评选|创建|资格)?|一票否决|禁止(?:申报|申请)情形|负面清单/u;

/** Whether a heading opens a list of situations that forbid an application. */
export const isForbidding = (text: string): boolean => FORBIDDING.test(halfWidth(text));

/** What a section is about, by its heading. */
export const sectionKind = (heading: string): SectionKind => {
  const title = firstSentence(heading);
  if (/(?:不涉及|不适用|无需考核|不需考核|免考|不考核)/u.test(title)) return 'not-applicable';
  if (isForbidding(title)) return 'forbidding';
  if (/指标|任务|分工/u.test(title)) return 'tasks';
  if (/(?:工作|时间|实施|进度|总体)?安排|步骤|阶段|进度|时间节点/u.test(title)) return 'schedule';
  if (/指导思想|总体要求|基本原则|(?:建设|工作|总体|主要|创建)目标|保障|组织领导|(?:工作|有关|相关)要求|附则|意义|背景|附件|概况|依据|职责$|组织机构|宣传/u.test(title)) return 'other';
  return 'tasks';
};

/** Up to the first full stop or colon, or all of it. */
export const firstSentence = (text: string): string => /^[^。:\uff1a;\uff1b\n]*/u.exec(text)?.[0].trim() ?? text;

/** Labels of responsibility below a list's last line; they may be the list's own. */
export const labelLinesOf = (node: OutlineNode): readonly string[] => node.lines.filter(isLabelLine);
