import type { IndicatorCode } from './ids.ts';
import type { Target } from './target.ts';

/** What a region must prove, read from a plan or a catalog file; data, never code (domain P1–P10). */
export interface Catalog {
  readonly schema: 1;
  readonly id: string;
  /** Edition of this catalog's content, `2024.1`; the file format's version is `schema`. */
  readonly version?: string;
  readonly title: string;
  readonly region: string;
  /** The plan's own document number, `青南政发〔2024〕10号`; empty where it has none. */
  readonly documentNumber: string;
  /** Years that every assessed indicator is judged over, ascending. */
  readonly years: readonly number[];
  /** Filing deadline, `YYYY-MM-DD`, or empty where the plan names none. */
  readonly deadline: string;
  readonly milestones: readonly Milestone[];
  readonly groups: readonly IndicatorGroup[];
  readonly units: readonly Unit[];
}

export interface Milestone {
  readonly name: string;
  /** `YYYY-MM-DD`, or empty where the phase has no stated beginning. */
  readonly from: string;
  readonly to: string;
}

export interface IndicatorGroup {
  readonly code: string;
  readonly name: string;
  readonly indicators: readonly Indicator[];
}

export type IndicatorKind = 'assessed' | 'declarations' | 'not-applicable';

/** A leaf indicator (指标). */
export interface Indicator {
  readonly code: IndicatorCode;
  readonly name: string;
  readonly kind: IndicatorKind;
  readonly target: Target;
  /** Where the target's figure comes from when the plan itself states none: a national default that the office may change. */
  readonly targetBasis?: string;
  /** Taken out of the programme by an editor: kept for the record, neither judged nor checked. */
  readonly retired?: true;
  /** Canonical unit names, in the plan's order. */
  readonly lead: readonly string[];
  readonly assist: readonly string[];
  /** Wording of the plan about responsibility that roles cannot hold: `依据职责分别牵头`, `对接市住建局落实该项指标`. */
  readonly note: string;
  /** The situations that forbid an application; empty unless `kind` is `declarations`. */
  readonly declarations: readonly string[];
  /** The plan's own sentence(s) for this indicator. */
  readonly sentence: string;
  /** What must be filed, by requirement; derived from the target, editable. */
  readonly requirements: readonly Requirement[];
  /** A short explanation in the program's own words. */
  readonly explanation: string;
}

/** One thing to file for an indicator: once for each year, or once for the whole period. */
export interface Requirement {
  readonly id: string;
  readonly name: string;
  readonly kind: EvidenceKind;
  readonly per: 'year' | 'period';
  /** Filed only where the case arises (a superior's task that may not exist); its absence is no finding. */
  readonly optional?: true;
}

/** Evidence kinds reviewers distinguish (domain §5): 正式发文, 数据表, 说明报告, 图片, 网页公开截图, 证明. */
export type EvidenceKind = 'official-document' | 'data-table' | 'report' | 'photo' | 'web-capture' | 'certificate';

export interface Unit {
  readonly name: string;
  readonly aliases: readonly string[];
  /** A group (各街道办事处) resolves to `members`. */
  readonly kind: 'unit' | 'group';
  readonly members: readonly string[];
  /** No longer asked for anything; kept so that earlier entries still name it. */
  readonly retired?: true;
}
