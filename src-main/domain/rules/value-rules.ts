import { figureOfYear } from '../quantity.ts';
import type { FigureFault } from '../quantity.ts';
import type { Target } from '../target.ts';
import { nameOf } from './rule-context.ts';
import type { IndicatorCase, Rule, RuleContext, RuleHit } from './rule-context.ts';
import type { RuleId } from './rule-table.ts';

/** The quantity that a target asks a value of each year for; null where it asks for none. */
export const quantityOf = (target: Target): { readonly unit: string; readonly ratio: boolean } | null => {
  switch (target.kind) {
    case 'value':
    case 'trend':
      return target;
    case 'conditional':
      return { unit: target.unit, ratio: target.unit === '%' };
    case 'superior-task':
      return target.alsoTrend === null ? null : { unit: target.unit, ratio: false };
    case 'institutional':
    case 'declarations':
    case 'certificate':
      return null;
    default:
      return target satisfies never;
  }
};

const faultRules: Readonly<Record<FigureFault, RuleId>> = {
  'not-a-number': 'value.doubtful',
  unit: 'value.unit',
  'no-unit': 'value.unit',
  'no-denominator': 'value.doubtful',
  'parts-disagree': 'value.ratio',
  impossible: 'value.doubtful',
};

/** A value with its source for each year, in the target's unit, equal to what its parts make. */
export const values: Rule = (context) =>
  context.cases.flatMap((item) => {
    const quantity = quantityOf(item.indicator.target);
    if (quantity === null || item.indicator.kind !== 'assessed') return [];
    return context.catalog.years.flatMap((year) => {
      const figure = figureOfYear(item.values, year, quantity);
      const hit = (rule: RuleId, words: RuleHit['words']): RuleHit => ({ rule, indicator: item.indicator.code, evidence: null, words: { indicator: item.label, year, ...words } });
      if (figure.state === 'missing') return [hit('value.missing', {})];
      return [...(figure.state === 'doubtful' ? [hit(faultRules[figure.fault], { because: figure.because })] : []), ...sourceHits(item, year, context)];
    });
  });

function sourceHits({ indicator, label, values: entered }: IndicatorCase, year: number, { evidence }: RuleContext): readonly RuleHit[] {
  const facts = entered.find((value) => value.year === year);
  if (facts === undefined) return [];
  const source = facts.sourceEvidence === null ? undefined : evidence.get(facts.sourceEvidence);
  const lacking = source === undefined ? '出处' : facts.sourcePage === null ? '出处页码' : '';
  if (lacking !== '') return [{ rule: 'value.source', indicator: indicator.code, evidence: source?.id ?? null, words: { indicator: label, year, lacking } }];
  if (source === undefined || facts.sourcePage === null || source.pages === 0 || facts.sourcePage <= source.pages) return [];
  return [{ rule: 'value.source-page', indicator: indicator.code, evidence: source.id, words: { indicator: label, year, page: facts.sourcePage, title: nameOf(source), pages: source.pages } }];
}

/** A ratio whose parts are not given cannot be recomputed. */
export const missingParts: Rule = ({ cases, catalog }) =>
  cases.flatMap(({ indicator, label, values: entered }): readonly RuleHit[] => {
    if (quantityOf(indicator.target)?.ratio !== true) return [];
    const years = catalog.years.filter((year) => entered.some((value) => value.year === year && (value.numerator === null || value.denominator === null)));
    return years.length === 0 ? [] : [{ rule: 'value.parts-missing', indicator: indicator.code, evidence: null, words: { indicator: label, years: `${years.join('、')}年` } }];
  });
