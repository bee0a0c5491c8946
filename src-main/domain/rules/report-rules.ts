import { contradictionsOf, findFigures, soughtQuantity } from '../figures.ts';
import { groupBy } from '../group-by.ts';
import type { FigureFacts } from '../snapshot.ts';
import { nameOf } from './rule-context.ts';
import type { IndicatorCase, Rule, RuleContext, RuleHit } from './rule-context.ts';
import { quantityOf } from './value-rules.ts';

/** 达标情况说明 exist, tell figures where the target has a quantity, and cite the pages they rest on. */
export const reports: Rule = ({ cases }) =>
  cases
    .filter(({ indicator }) => indicator.kind === 'assessed')
    .flatMap(({ indicator, label, report }): readonly RuleHit[] => {
      const hit = (rule: RuleHit['rule']): RuleHit => ({ rule, indicator: indicator.code, evidence: null, words: { indicator: label } });
      if (report === null || report.text.trim() === '') return [hit('report.missing')];
      const citations = /〔见[^〕]*〕/gu;
      const figures = report.text.replace(citations, '').replace(/(?:19|20)\d{2}\s*年|〔\d{4}〕\s*\d+\s*号/gu, '');
      return [
        ...(quantityOf(indicator.target) !== null && !/\d/u.test(figures) ? [hit('report.no-figures')] : []),
        ...(report.citations.length === 0 ? [hit('report.no-citations')] : []),
      ];
    });

/** Different figures for one quantity: declared, in the report, in the evidence. Each pair is told with both places. */
export const figures: Rule = (context) => {
  const found = groupBy(context.snapshot.figures ?? [], (figure) => figure.indicator);
  return context.cases.flatMap((item) => {
    const quantity = quantityOf(item.indicator.target);
    if (quantity === null) return [];
    const written = [...reportFigures(item, context), ...(found.get(item.indicator.code) ?? [])];
    return contradictionsOf(item.values, written, quantity.unit, context.catalog.region).map(({ one, other, year }): RuleHit => ({
      rule: 'figures.contradict',
      indicator: item.indicator.code,
      evidence: other.evidenceId ?? one?.evidenceId ?? null,
      words: { indicator: item.label, year, one: one === null ? `填报${item.values.find((value) => value.year === year)?.value ?? ''}${quantity.unit}` : placeOf(one, context), other: placeOf(other, context) },
    }));
  });
};

function reportFigures({ report, indicator }: IndicatorCase, { catalog }: RuleContext): readonly FigureFacts[] {
  const sought = soughtQuantity(indicator);
  return report === null || sought === null ? [] : findFigures(report.text, [sought], catalog.years, { evidenceId: null, page: null });
}

const placeOf = ({ evidenceId, page, value, unit, sentence }: FigureFacts, { evidence }: RuleContext): string => {
  const facts = evidenceId === null ? undefined : evidence.get(evidenceId);
  const where = facts === undefined ? '达标情况说明' : `《${nameOf(facts)}》${page === null ? '' : `第${page}页`}`;
  return `${where}写${value}${unit}（“${sentence}”）`;
};
