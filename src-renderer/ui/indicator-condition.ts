import type { IndicatorState } from '../../src-main/contract/index.ts';

/** Where an indicator stands, in one word: what the map, the tree and the legend all show alike. */
export type Condition = 'done' | 'judge' | 'lacking' | 'unmet' | 'untouched';

/** Worst news first: a value that misses its target outweighs missing papers, and untouched is told apart from begun. */
export function conditionOf(state: Pick<IndicatorState, 'overall' | 'complete' | 'errors' | 'evidence'>): Condition {
  if (state.complete) return 'done';
  if (state.overall === 'unmet') return 'unmet';
  if (state.evidence === 0 && state.overall === 'missing') return 'untouched';
  if (state.errors === 0 && state.overall === 'judge') return 'judge';
  return 'lacking';
}

export const conditions: readonly { readonly condition: Condition; readonly word: string; readonly sign: string }[] = [
  { condition: 'done', word: '齐备', sign: '✓' },
  { condition: 'lacking', word: '有缺漏', sign: '!' },
  { condition: 'judge', word: '待人工判断', sign: '?' },
  { condition: 'unmet', word: '未达标', sign: '✕' },
  { condition: 'untouched', word: '未开始', sign: '○' },
];

const found = (condition: Condition): { readonly word: string; readonly sign: string } => conditions.find((entry) => entry.condition === condition) ?? { word: '', sign: '' };

export const wordOf = (condition: Condition): string => found(condition).word;
export const signOf = (condition: Condition): string => found(condition).sign;
