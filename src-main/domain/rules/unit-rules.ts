import type { Finding } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { issuersIn, tidyUnitName } from '../unit-names.ts';
import { debtsOfUnits, takeApart } from '../unit-tasks.ts';
import type { IndicatorCase, Rule, RuleContext, RuleHit } from './rule-context.ts';

/** A unit's members where it is a group with known members; otherwise itself. */
function resolveGroup({ catalog }: RuleContext, name: string, leads: readonly string[]): readonly string[] {
  const unit = catalog.units.find((item) => item.name === name);
  return unit?.kind === 'group' && unit.members.length > 0 ? unit.members.filter((member) => !leads.includes(member)) : [name];
}

const isRetired = ({ catalog }: RuleContext, name: string): boolean => catalog.units.some((unit) => unit.name === name && unit.retired === true);

/** Lead units of an indicator that have not signed. */
function unsignedLeads({ indicator, signOffs }: IndicatorCase, context: RuleContext): readonly string[] {
  const signed = new Set(signOffs.filter((item) => item.kind === 'signed').map((item) => context.resolveUnit(item.unit)));
  return indicator.lead.filter((unit) => !isRetired(context, unit) && !signed.has(unit));
}

/** Assisting units that neither handed anything in, nor signed, nor declared that they have nothing; groups by their lacking members. */
function silentAssists(item: IndicatorCase, context: RuleContext): readonly { readonly named: string; readonly lacking: readonly string[] }[] {
  const heard = new Set([...item.signOffs.map((signOff) => context.resolveUnit(signOff.unit)), ...item.linked.flatMap(({ facts }) => issuersIn(facts.issuer, context.resolveUnit))]);
  return item.indicator.assist.flatMap((named) => {
    if (isRetired(context, named) || heard.has(named)) return [];
    const lacking = resolveGroup(context, named, item.indicator.lead).filter((unit) => !heard.has(unit));
    return lacking.length === 0 ? [] : [{ named, lacking }];
  });
}

/** Lead units signed off; assisting units submitted or declared none. A certificate is its unit's signature already. */
export const signOffs: Rule = (context) =>
  context.cases
    .filter(({ indicator }) => indicator.kind !== 'not-applicable')
    .flatMap((item) => {
      const hit = (rule: RuleHit['rule'], unit: string, units: readonly string[]): RuleHit => ({ rule, indicator: item.indicator.code, evidence: null, words: { indicator: item.label, unit }, units });
      return [
        ...unsignedLeads(item, context).map((unit) => hit('sign-off.lead', unit, takeApart(context.catalog, [unit]))),
        ...silentAssists(item, context).map(({ named, lacking }) => hit('sign-off.assist', lacking.length === 1 && lacking[0] === named ? named : `${named}（${lacking.join('、')}）`, lacking)),
      ];
    });

/** Units past their day with something owed (逾期), after all that is owed has been told. */
export const overdueUnits = ({ catalog, snapshot }: RuleContext, told: readonly Finding[]): readonly RuleHit[] =>
  debtsOfUnits(catalog, told, snapshot.unitTasks ?? [], snapshot.today)
    .filter(({ overdue }) => overdue)
    .map(({ name, due, owed }) => ({
      rule: 'unit.overdue', indicator: null, evidence: null, units: [name],
      words: { unit: name, due, sent: snapshot.reached === undefined || snapshot.reached.includes(name) ? '' : '，任务包未发出', count: owed.length, indicators: owed.join('、') },
    }));

/** Different names for one unit among issuers and signatures. */
export const unitSpellings: Rule = ({ filed, snapshot, catalog, resolveUnit }) => {
  const known = new Set(catalog.units.map((unit) => unit.name));
  const written = [...filed.flatMap(({ facts }) => facts.issuer.split(/[、,\uff0c;\uff1b]/u)), ...snapshot.signOffs.map((item) => item.unit)].map(tidyUnitName).filter((name) => name !== '');
  return [...groupBy(new Set(written), resolveUnit)].flatMap(([unit, names]): readonly RuleHit[] =>
    known.has(unit) && names.length > 1 ? [{ rule: 'unit.spelling', indicator: null, evidence: null, words: { unit, count: names.length, spellings: names.join('、') } }] : [],
  );
};

/** Findings of earlier review rounds that nobody answered. */
export const openReviews: Rule = ({ snapshot }) =>
  snapshot.reviewFindings
    .filter(({ state }) => state === 'open' || state === 'assigned')
    .map(({ round, text, indicator, assignedTo }) => ({ rule: 'review.unanswered', indicator, evidence: null, words: { round, text }, ...(assignedTo === '' ? {} : { units: [assignedTo] }) }));
