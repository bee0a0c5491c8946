import type { CallOutput } from '../../src-main/contract/index.ts';
import { groupInOrder } from '../ui/group-in-order.ts';

type FindingView = CallOutput<'check.run'>['findings'][number];

export type FindingGrouping = 'indicator' | 'unit' | 'rule';
export type FindingFilter = 'open' | 'error' | 'warning' | 'waived';

export type FindingLine =
  | { readonly kind: 'head'; readonly key: string; readonly name: string; readonly count: number }
  | { readonly kind: 'finding'; readonly key: string; readonly finding: FindingView };

interface IndicatorName {
  readonly code: string;
  readonly name: string;
  readonly lead: readonly string[];
}

const passes = (finding: FindingView, filter: FindingFilter): boolean => (filter === 'waived' ? finding.waived : !finding.waived && (filter === 'open' || finding.severity === filter));

/**
 * Findings under headings, errors before warnings within each. By unit a finding of an indicator with several leads stands under
 * each of them: each has to act.
 */
export function arrangeFindings(findings: readonly FindingView[], indicators: readonly IndicatorName[], by: FindingGrouping, filter: FindingFilter): readonly FindingLine[] {
  const named = new Map(indicators.map((indicator) => [indicator.code, indicator]));
  const headsOf = (finding: FindingView): readonly string[] => {
    const indicator = finding.indicator === null ? undefined : named.get(finding.indicator);
    switch (by) {
      case 'indicator':
        return [finding.indicator === null ? '整个档案库' : `${finding.indicator} ${indicator?.name ?? ''}`];
      case 'unit':
        return indicator === undefined || indicator.lead.length === 0 ? ['未定单位'] : indicator.lead;
      case 'rule':
        return [finding.basis === '' ? finding.rule : finding.basis];
      default:
        return by satisfies never;
    }
  };
  const placed = findings.filter((finding) => passes(finding, filter)).flatMap((finding) => headsOf(finding).map((head) => ({ head, finding })));
  const seen = new Map<string, number>();
  return groupInOrder(placed, ({ head }) => head).flatMap(({ key: head, items }): FindingLine[] => [
    { kind: 'head', key: `head:${head}`, name: head, count: items.length },
    ...items
      .toSorted((a, b) => Number(a.finding.severity === 'warning') - Number(b.finding.severity === 'warning'))
      .map(({ finding }): FindingLine => {
        const name = [head, finding.rule, finding.indicator, finding.evidence, finding.message].join('|');
        const nth = (seen.get(name) ?? 0) + 1;
        seen.set(name, nth);
        return { kind: 'finding', key: `${name}|${nth}`, finding };
      }),
  ]);
}
