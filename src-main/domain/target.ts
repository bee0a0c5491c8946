/**
 * The small language in which targets are stated (domain P3). `text` is the plan's wording of the target, for paper and screen.
 * Percentages are numbers of per cent: `95` with unit `%`, never `0.95`.
 */
export type Target =
  | { readonly kind: 'value'; readonly text: string; readonly op: Comparison; readonly value: number; readonly unit: string; readonly ratio: boolean }
  | { readonly kind: 'trend'; readonly text: string; readonly direction: TrendDirection; readonly unit: string; readonly ratio: boolean }
  | {
      readonly kind: 'conditional';
      readonly text: string;
      /** A year whose value is below `threshold` must satisfy `below`, any other `otherwise`. */
      readonly threshold: number;
      readonly unit: string;
      readonly below: TrendDirection;
      readonly otherwise: TrendDirection;
      readonly superiorTask: boolean;
    }
  /** 完成上级考核任务: proven by the superior's target document and its assessment result. */
  | { readonly kind: 'superior-task'; readonly text: string; readonly alsoTrend: TrendDirection | null; readonly unit: string }
  /** Proven by documents that exist and are in force over the whole period. */
  | { readonly kind: 'institutional'; readonly text: string; readonly document: string; readonly inForce: boolean }
  | { readonly kind: 'declarations'; readonly text: string }
  /** 不涉及 proven by a sealed certificate. `text` is what the plan would ask if the indicator applied; `stated` is its bound, where it has one. */
  | { readonly kind: 'certificate'; readonly text: string; readonly stated?: StatedBound };

/** A bound that a plan states for an indicator that does not apply to the region. */
export interface StatedBound {
  readonly op: Comparison;
  readonly value: number;
  readonly unit: string;
}

export type Comparison = '>=' | '<=' | '=' | '>' | '<';
export type TrendDirection = 'not-falling' | 'not-rising' | 'rising' | 'falling';
export type TargetKind = Target['kind'];

/** `missing`: no data, never a pass. `judge`: a person must say. */
export type Verdict = 'met' | 'unmet' | 'missing' | 'judge';

/** A verdict in words: the same on every page and paper. */
export const verdictWords: Readonly<Record<Verdict, string>> = { met: '达标', unmet: '未达标', missing: '资料不全', judge: '待人工判定' };

export interface YearVerdict {
  readonly year: number;
  readonly verdict: Verdict;
  /** The reason in Chinese words, figures included. */
  readonly because: string;
}

export interface Judgement {
  readonly overall: Verdict;
  readonly because: string;
  readonly years: readonly YearVerdict[];
}
