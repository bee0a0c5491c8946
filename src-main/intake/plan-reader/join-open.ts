import { paragraph } from './block.ts';
import type { Block } from './block.ts';
import { readMarker } from './marker.ts';
import { isLabelLine } from './responsibility.ts';

const BRACKETS: readonly (readonly [RegExp, RegExp])[] = [[/《/gu, /》/gu], [/[(\uff08]/gu, /[)\uff09]/gu], [/【/gu, /】/gu]];

/** The closing sign that a text still waits for; null where all its brackets are closed. */
const awaited = (text: string): RegExp | null => BRACKETS.find(([opens, closes]) => (text.match(opens)?.length ?? 0) > (text.match(closes)?.length ?? 0))?.[1] ?? null;

/** A paragraph longer than this ends where it ends. */
const LONGEST_JOINED = 600;

/**
 * Puts paragraphs together that a page's or a column's end has broken: in the middle of a title or a bracket, or behind an operator
 * or an enumeration mark. Empty paragraphs between them are dropped.
 */
export const joinOpen = (blocks: readonly Block[]): readonly Block[] => {
  const joined: Block[] = [];
  let gap: Block[] = [];
  for (const block of blocks) {
    if (block.kind === 'paragraph' && block.text.trim() === '') {
      gap.push(block);
      continue;
    }
    const before = joined.at(-1);
    if (block.kind === 'paragraph' && before?.kind === 'paragraph' && before.text.length < LONGEST_JOINED && goesOn(before.text, block.text.trim())) {
      joined[joined.length - 1] = paragraph(`${before.text.trimEnd()}${block.text.trim()}`);
    } else joined.push(...gap, block);
    gap = [];
  }
  return [...joined, ...gap];
};

export const goesOn = (before: string, next: string): boolean => {
  const closing = awaited(before);
  if (closing !== null) return new RegExp(closing.source, 'u').test(next) && (readMarker(next) === null || /^[)\uff09]/u.test(next));
  return /[、,\uff0c≥≤><=]\s*$/u.test(before) && readMarker(next) === null && !isLabelLine(next);
};
