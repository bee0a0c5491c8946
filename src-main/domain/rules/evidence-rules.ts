import { groupBy } from '../group-by.ts';
import { isEmptySlot } from '../requirement-slots.ts';
import type { EvidenceFacts, LinkFacts } from '../snapshot.ts';
import { nameOf } from './rule-context.ts';
import type { IndicatorCase, Rule, RuleContext, RuleHit } from './rule-context.ts';

/** Requirements that have a rule with better words of their own. */
const hasOwnRule = ({ indicator }: IndicatorCase, requirement: string): boolean =>
  indicator.kind !== 'assessed' ||
  (indicator.target.kind === 'superior-task' && (requirement === 'task' || requirement === 'result')) ||
  (indicator.target.kind === 'institutional' && indicator.target.inForce && requirement === 'approval');

/** Evidence for each required year and for the whole period. */
export const evidenceMissing: Rule = ({ cases }) =>
  cases.flatMap((item) =>
    item.slots
      .filter((slot) => isEmptySlot(slot) && !hasOwnRule(item, slot.requirement.id))
      .map((slot): RuleHit => ({
        rule: 'evidence.missing',
        indicator: item.indicator.code,
        evidence: null,
        words: { indicator: item.label, year: slot.year === null ? '' : `${slot.year}年`, requirement: slot.requirement.name },
      })),
  );

/** 完成上级考核 needs the superior's document and its result; the approval of a plan is asked for likewise. */
export const superiorDocuments: Rule = ({ cases }) =>
  cases.flatMap((item) =>
    item.slots
      .filter((slot) => item.indicator.kind === 'assessed' && isEmptySlot(slot) && hasOwnRule(item, slot.requirement.id))
      .map((slot): RuleHit => ({
        rule: item.indicator.target.kind === 'superior-task' ? 'superior.documents' : 'plan.approval',
        indicator: item.indicator.code,
        evidence: null,
        words: { indicator: item.label, year: slot.year ?? '', requirement: slot.requirement.name },
      })),
  );

/** Kinds of evidence that can only be made after their year is over. */
const isDrawnUpLater = (facts: EvidenceFacts, year: number, isResult: boolean): boolean =>
  isResult || ((facts.kind === 'data-table' || facts.kind === 'report') && facts.title.includes(`${year}年`));

function isOutside(facts: EvidenceFacts, year: number, isResult: boolean): boolean {
  if (facts.date === '') return false;
  const dated = Number(facts.date.slice(0, 4));
  return dated !== year && !(dated === year + 1 && isDrawnUpLater(facts, year, isResult));
}

/** Evidence is dated inside the year it proves; results and tables about a year may follow within the next. */
export const evidenceDate: Rule = ({ cases }) =>
  cases.flatMap(({ indicator, linked, slots }) => {
    const results = new Set(slots.filter((slot) => slot.requirement.id === 'result').flatMap((slot) => slot.evidence.map((facts) => `${facts.id} ${slot.year}`)));
    return linked.flatMap(({ link, facts }): readonly RuleHit[] =>
      link.year !== null && isOutside(facts, link.year, results.has(`${facts.id} ${link.year}`))
        ? [{ rule: 'evidence.date', indicator: indicator.code, evidence: facts.id, words: { title: nameOf(facts), date: facts.date, year: link.year } }]
        : [],
    );
  });

const describePlaces = (links: readonly LinkFacts[]): string => {
  const codes = [...new Set(links.map((link) => String(link.indicator)))];
  return codes.length > 1 ? `指标${codes.join('、')}` : `指标${codes.join('')}的${yearsOf(links).join('、')}年`;
};

const yearsOf = (links: readonly LinkFacts[]): readonly number[] => [...new Set(links.flatMap((link) => (link.year === null ? [] : [link.year])))].toSorted((a, b) => a - b);

/** The same file, by its content, under two indicators or two years. */
export const evidenceReused: Rule = ({ filed }) =>
  [...groupBy(filed, ({ facts }) => facts.sha256).values()].flatMap((copies): readonly RuleHit[] => {
    const links = copies.flatMap((copy) => copy.links);
    const first = copies[0];
    const spread = new Set(links.map((link) => link.indicator)).size > 1 || yearsOf(links).length > 1;
    return first !== undefined && spread ? [{ rule: 'evidence.reused', indicator: links[0]?.indicator ?? null, evidence: first.facts.id, words: { title: nameOf(first.facts), places: describePlaces(links) } }] : [];
  });

/** One finding for each filed 件 that a test holds of. */
export const forFiled = ({ filed }: RuleContext, hit: (facts: EvidenceFacts) => Pick<RuleHit, 'rule' | 'words'> | null): readonly RuleHit[] =>
  filed.flatMap(({ facts, links }) => {
    const found = hit(facts);
    return found === null ? [] : [{ ...found, indicator: links[0]?.indicator ?? null, evidence: facts.id }];
  });
