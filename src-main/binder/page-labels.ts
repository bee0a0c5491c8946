import type { BoundPlan, BoundSection } from './bind-plan.ts';
import { formatText } from './serialize.ts';

interface LabelRange {
  /** Page index from 0 where the range begins. */
  readonly start: number;
  readonly prefix: string;
  /** First number, null for a label that is the prefix alone. */
  readonly first: number | null;
}

/** Ranges of labels: what a reader shows as the page's name is what is stamped on it (ISO 32000-1, 12.4.2). */
export function labelRanges(bound: BoundPlan): readonly LabelRange[] {
  const ranges: LabelRange[] = [];
  let expected: number | null = null;
  for (const section of bound.sections) {
    if (section.pages === 0) continue;
    const range = rangeOf(section);
    const continues = range.prefix === '' && range.first !== null && range.first === expected;
    if (!continues) ranges.push(range);
    expected = range.prefix === '' && range.first !== null ? range.first + section.pages : null;
  }
  return ranges;
}

function rangeOf({ section, firstPage, pages, numbers }: BoundSection): LabelRange {
  const start = firstPage - 1;
  if (numbers !== null) return { start, prefix: numbers.suffixOf === null ? '' : `${numbers.suffixOf}-`, first: numbers.first };
  if (section.kind === 'drawn') return { start, prefix: section.labelPrefix, first: section.labelFrom ?? (pages > 1 ? 1 : null) };
  return { start, prefix: `${section.title.slice(0, 20)} `, first: 1 };
}

/** The label of every page, as a reader computes it. */
export function pageLabelTexts(bound: BoundPlan): readonly string[] {
  const ranges = labelRanges(bound);
  const labels: string[] = [];
  ranges.forEach((range, i) => {
    const end = ranges[i + 1]?.start ?? bound.pages;
    for (let page = range.start; page < end; page++) labels.push(range.first === null ? range.prefix : `${range.prefix}${range.first + page - range.start}`);
  });
  return labels;
}

/** Value of the catalog's /PageLabels. */
export function pageLabelTree(bound: BoundPlan): string {
  const entries = labelRanges(bound).map(({ start, prefix, first }) => {
    const style = first === null ? '' : `/S/D/St ${first}`;
    return `${start}<<${style}${prefix === '' ? '' : `/P ${formatText(prefix)}`}>>`;
  });
  return `<</Nums[${entries.join('')}]>>`;
}
