import type { CallOutput } from '../../src-main/contract/index.ts';
import { kindOfFinding, nameOfRule } from '../../src-main/domain/rules/rule-table.ts';
import type { FindingKind } from '../../src-main/domain/rules/rule-table.ts';
import { withoutIndicator } from '../ui/finding-kind.ts';
import { groupInOrder } from '../ui/group-in-order.ts';

type FindingView = CallOutput<'check.run'>['findings'][number];

export type FindingGrouping = 'indicator' | 'unit' | 'rule';
export type FindingFilter = 'open' | FindingKind | 'waived';

export type FindingLine =
  | { readonly kind: 'head'; readonly key: string; readonly name: string; readonly count: number; /** How many indicators they are about. */ readonly indicators: number }
  | { readonly kind: 'finding'; readonly key: string; readonly finding: FindingView; /** The sentence as it stands under its heading. */ readonly says: string };

interface IndicatorName {
  readonly code: string;
  readonly name: string;
}

/** Stands over what no other unit has to do. */
export const compilers = '由整理人员处理';

const passes = (finding: FindingView, filter: FindingFilter): boolean => (filter === 'waived' ? finding.waived : !finding.waived && (filter === 'open' || filter === kindOfFinding(finding)));

const weights: Readonly<Record<FindingKind, number>> = { error: 0, pending: 1, warning: 2 };

/** Indicators that still lack something: what a unit owes. */
const debtOf = (items: readonly { readonly finding: FindingView }[]): number => new Set(items.flatMap(({ finding: { severity, indicator } }) => (severity === 'error' && indicator !== null ? [indicator] : []))).size;

/**
 * Findings under headings, the heaviest first within each. By unit a finding stands under each unit that has to act, whoever owes most first; by rule under what
 * is wrong. Under its own indicator's heading a sentence does not name the indicator again.
 */
export function arrangeFindings(findings: readonly FindingView[], indicators: readonly IndicatorName[], by: FindingGrouping, filter: FindingFilter): readonly FindingLine[] {
  const named = new Map(indicators.map((indicator) => [indicator.code, indicator]));
  const headsOf = (finding: FindingView): readonly string[] => {
    const indicator = finding.indicator === null ? undefined : named.get(finding.indicator);
    switch (by) {
      case 'indicator':
        return [finding.indicator === null ? '整个档案库' : `${finding.indicator} ${indicator?.name ?? ''}`];
      case 'unit':
        return finding.units.length === 0 ? [compilers] : finding.units;
      case 'rule':
        return [nameOfRule(finding.rule)];
      default:
        return by satisfies never;
    }
  };
  const placed = findings.filter((finding) => passes(finding, filter)).flatMap((finding) => headsOf(finding).map((head) => ({ head, finding })));
  const seen = new Map<string, number>();
  const groups = groupInOrder(placed, ({ head }) => head);
  const sorted = by === 'unit' ? groups.toSorted((a, b) => Number(a.key === compilers) - Number(b.key === compilers) || debtOf(b.items) - debtOf(a.items)) : groups;
  return sorted.flatMap(({ key: head, items }): FindingLine[] => [
    { kind: 'head', key: `head:${head}`, name: head, count: items.length, indicators: new Set(items.flatMap(({ finding }) => (finding.indicator === null ? [] : [finding.indicator]))).size },
    ...items
      .toSorted((a, b) => weights[kindOfFinding(a.finding)] - weights[kindOfFinding(b.finding)])
      .map(({ finding }): FindingLine => {
        const name = [head, finding.rule, finding.indicator, finding.evidence, finding.message].join('|');
        const nth = (seen.get(name) ?? 0) + 1;
        seen.set(name, nth);
        const indicator = by === 'indicator' && finding.indicator !== null ? named.get(finding.indicator) : undefined;
        return { kind: 'finding', key: `${name}|${nth}`, finding, says: indicator === undefined ? finding.message : withoutIndicator(finding.message, indicator) };
      }),
  ]);
}
