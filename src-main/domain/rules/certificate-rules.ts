import { judgeValidity } from '../judge.ts';
import { isProof } from '../requirement-slots.ts';
import { issuersIn } from '../unit-names.ts';
import { takeApart } from '../unit-tasks.ts';
import { nameAmong } from './rule-context.ts';
import type { Rule, RuleHit } from './rule-context.ts';

/** 不涉及: a sealed certificate from each unit that the plan names. */
export const certificates: Rule = ({ catalog, cases, resolveUnit }) =>
  cases
    .filter(({ indicator }) => indicator.kind === 'not-applicable')
    .flatMap(({ indicator, label, slots }): readonly RuleHit[] => {
      const filed = slots.flatMap((slot) => (slot.requirement.kind === 'certificate' ? slot.evidence : []));
      const issuers = new Map(filed.map((facts) => [facts.id, issuersIn(facts.issuer, resolveUnit)]));
      const owed = indicator.lead.filter((unit) => !filed.some((facts) => issuers.get(facts.id)?.includes(unit)));
      // Of one that names no issuer nothing is known to be wrong: it may be any that is owed.
      const unstated = owed.length === 0 ? [] : filed.filter((facts) => facts.issuer === '');
      // A certificate of the wrong hand stands for one that is owed: told once, as what it is.
      const wrong = filed.filter((facts) => facts.issuer !== '' && !indicator.lead.some((unit) => issuers.get(facts.id)?.includes(unit))).slice(0, owed.length);
      const hit = (rule: RuleHit['rule'], evidence: RuleHit['evidence'], words: RuleHit['words'], units: readonly string[]): RuleHit => ({ rule, indicator: indicator.code, evidence, words: { indicator: label, ...words }, units: takeApart(catalog, units) });
      const unsealed = filed.filter((facts) => !facts.sealed);
      return [
        ...wrong.map((facts) => hit('certificate.unit', facts.id, { title: nameAmong(facts, filed), issuer: facts.issuer, unit: owed.join('、') }, owed)),
        ...unstated.map((facts) => hit('certificate.issuer-unstated', facts.id, { title: nameAmong(facts, filed), unit: owed.join('、') }, [])),
        ...owed.slice(wrong.length + unstated.length).map((unit) => hit('certificate.missing', null, { unit }, [unit])),
        ...unsealed.map((facts) => {
          const by = indicator.lead.filter((unit) => issuers.get(facts.id)?.includes(unit));
          // As long as nobody has looked, no unit has to do anything.
          return facts.sealStated === true ? hit('certificate.seal', facts.id, { title: nameAmong(facts, filed) }, by.length === 0 ? indicator.lead : by) : hit('certificate.seal-unstated', facts.id, { title: nameAmong(facts, filed) }, []);
        }),
      ];
    });

/** Each situation answered, signed for, with its certificate; one "yes" forbids the application. */
export const declarations: Rule = ({ cases, evidence }) =>
  cases
    .filter(({ indicator }) => indicator.kind === 'declarations')
    .flatMap(({ indicator, label, declarations: given, slots }): readonly RuleHit[] => {
      const shared = slots.some((slot) => slot.requirement.kind === 'certificate' && slot.evidence.length > 0);
      const hit = (rule: RuleHit['rule'], words: RuleHit['words']): RuleHit => ({ rule, indicator: indicator.code, evidence: null, words: { indicator: label, ...words } });
      const uncertified: number[] = [];
      const hits = indicator.declarations.flatMap((situation, at) => {
        const number = at + 1;
        const answer = given.find((item) => item.number === number);
        if (answer === undefined) return [hit('declaration.unanswered', { number, situation })];
        if (!shared && (answer.certificate === null || !evidence.has(answer.certificate))) uncertified.push(number);
        return [...(answer.answer === 'yes' ? [hit('declaration.yes', { number, situation })] : []), ...(answer.signedBy === '' ? [hit('declaration.unsigned', { number, situation })] : [])];
      });
      return uncertified.length === 0 ? hits : [...hits, hit('declaration.certificate', { numbers: uncertified.join('、'), situations: uncertified.map((number) => `“${indicator.declarations[number - 1] ?? ''}”`).join('、') })];
    });

/** The plan (规划) is in force until the application is decided. */
export const planValidity: Rule = ({ cases, inForce }) =>
  cases.flatMap(({ indicator, label, slots }): readonly RuleHit[] => {
    if (indicator.target.kind !== 'institutional' || !indicator.target.inForce) return [];
    const documents = slots.flatMap((slot) => (slot.requirement.id === 'document' ? slot.evidence.filter(isProof) : []));
    const judged = documents.map((facts) => ({ facts, ...judgeValidity(facts, inForce) }));
    const worst = judged.find(({ verdict }) => verdict !== 'met');
    return worst === undefined || judged.some(({ verdict }) => verdict === 'met')
      ? []
      : [{ rule: 'plan.validity', indicator: indicator.code, evidence: worst.facts.id, words: { indicator: label, because: worst.because } }];
  });
