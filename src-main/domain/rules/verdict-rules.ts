import { groupBy } from '../group-by.ts';
import type { Verdict } from '../target.ts';
import type { RuleContext, RuleHit } from './rule-context.ts';
import type { RuleId } from './rule-table.ts';

const ruleOf: Readonly<Record<Verdict, RuleId | null>> = { met: null, unmet: 'verdict.unmet', missing: 'verdict.missing', judge: 'verdict.judge' };

/** Rules that say better why an indicator is not met. */
const TELLS_UNMET: ReadonlySet<RuleId> = new Set(['declaration.yes', 'plan.validity']);

/**
 * Thresholds and trends hold. `told` holds the errors already found: where another rule has said what is missing or doubtful, or
 * what stands in the way, the verdict is its consequence and is not told again.
 */
export const verdicts = ({ cases }: RuleContext, told: readonly RuleHit[]): readonly RuleHit[] => {
  const explained = groupBy(told, (hit) => hit.indicator);
  return cases.flatMap(({ indicator, label, judgement, linked }): readonly RuleHit[] => {
    const rule = ruleOf[judgement.overall];
    if (rule === null) return [];
    const own = explained.get(indicator.code) ?? [];
    const filed = new Set(linked.map(({ facts }) => facts.id));
    const known = rule === 'verdict.unmet' ? own.some((hit) => TELLS_UNMET.has(hit.rule)) : own.length > 0 || told.some((hit) => hit.evidence !== null && filed.has(hit.evidence));
    // A ruling is the office's to give: no unit has to do anything for it.
    return known ? [] : [{ rule, indicator: indicator.code, evidence: null, words: { indicator: label, because: judgement.because }, ...(rule === 'verdict.judge' ? { units: [] } : {}) }];
  });
};

