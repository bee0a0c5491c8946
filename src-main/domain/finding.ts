import type { EvidenceId, IndicatorCode } from './ids.ts';

export type Severity = 'error' | 'warning';

/** One answer of the checker. A warning can be waived with a reason and a name; an error cannot. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly indicator: IndicatorCode | null;
  readonly evidence: EvidenceId | null;
  /** The year whose value it is about; null where it is about none or about several. */
  readonly year: number | null;
  /** Where it is and what to do, in plain Chinese. */
  readonly message: string;
  /** Standard and clause, or the plan's own sentence. */
  readonly basis: string;
  readonly waived: boolean;
  /** Units that must act, groups taken apart; empty where it is the office that compiles. */
  readonly units: readonly string[];
  /** What a letter asks those units for, without the indicator's name; empty where it asks nothing. */
  readonly asks: string;
}
