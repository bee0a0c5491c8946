import type { IndicatorState } from '../../src-main/contract/index.ts';
import { verdictWords } from '../../src-main/domain/target.ts';

/** Where an indicator stands, in one word: what the map, the tree and the legend all show alike. */
export type Condition = 'done' | 'short' | 'judge' | 'lacking' | 'unmet' | 'untouched';

/** The indicator's own verdict; what meets its target is told apart by whether anything is still wrong or lacking, and what was never begun from what was. */
export function conditionOf(state: Pick<IndicatorState, 'overall' | 'complete' | 'evidence'>): Condition {
  if (state.complete) return 'done';
  if (state.overall === 'missing') return state.evidence === 0 ? 'untouched' : 'lacking';
  return state.overall === 'met' ? 'short' : state.overall;
}

export const conditions: readonly { readonly condition: Condition; readonly word: string; readonly sign: string }[] = [
  { condition: 'done', word: '齐备', sign: '✓' },
  { condition: 'short', word: `${verdictWords.met}，待补`, sign: '+' },
  { condition: 'lacking', word: verdictWords.missing, sign: '!' },
  { condition: 'judge', word: verdictWords.judge, sign: '?' },
  { condition: 'unmet', word: verdictWords.unmet, sign: '✕' },
  { condition: 'untouched', word: '未开始', sign: '○' },
];

const found = (condition: Condition): { readonly word: string; readonly sign: string } => conditions.find((entry) => entry.condition === condition) ?? { word: '', sign: '' };

export const wordOf = (condition: Condition): string => found(condition).word;
export const signOf = (condition: Condition): string => found(condition).sign;
