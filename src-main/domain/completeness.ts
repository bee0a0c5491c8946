import type { Catalog, Indicator } from './catalog.ts';
import type { Finding } from './finding.ts';
import { groupBy } from './group-by.ts';
import type { EvidenceId, IndicatorCode } from './ids.ts';
import { judge } from './judge.ts';
import type { JudgeData } from './judge.ts';
import { fillRequirements, isEmptySlot } from './requirement-slots.ts';
import type { LinkedEvidence } from './requirement-slots.ts';
import { allRules } from './rules/all-rules.ts';
import { defaultRuleProfile } from './rules/rule-context.ts';
import type { IndicatorCase, RuleContext, RuleHit, RuleProfile } from './rules/rule-context.ts';
import { ruleTable } from './rules/rule-table.ts';
import type { RuleEntry } from './rules/rule-table.ts';
import { overdueUnits } from './rules/unit-rules.ts';
import { verdicts } from './rules/verdict-rules.ts';
import type { Snapshot } from './snapshot.ts';
import { finish } from './steps.ts';
import type { Steps } from './steps.ts';
import type { Judgement, Verdict } from './target.ts';
import { takeApart } from './unit-tasks.ts';
import { unitResolver } from './unit-names.ts';

/** How far one indicator has come. */
export interface IndicatorCompleteness {
  readonly code: IndicatorCode;
  readonly overall: Verdict;
  readonly judgement: Judgement;
  /** Met, and no error stands against it. */
  readonly complete: boolean;
  /** Each requirement, per year (null: whole period), with what fills it in filing order. */
  readonly requirements: readonly { readonly id: string; readonly name: string; readonly year: number | null; readonly optional: boolean; readonly evidence: readonly EvidenceId[] }[];
  readonly filled: number;
  readonly missing: number;
  readonly errors: number;
  /** Warnings that nobody has waived. */
  readonly warnings: number;
}

export interface CompletenessReport {
  /** Indicators that are asked for: retired ones do not count. */
  readonly indicators: number;
  readonly complete: number;
  readonly findings: readonly Finding[];
  readonly states: readonly IndicatorCompleteness[];
}

/** Judges every indicator of the catalog on what the archive holds and runs all rules (domain §6). Findings come errors first, in the catalog's order. */
export const checkCompleteness = (catalog: Catalog, snapshot: Snapshot, profile: Partial<RuleProfile> = {}): CompletenessReport => finish(checkCompletenessSteps(catalog, snapshot, profile));

/** The same step by step: by indicator and by rule. */
export function* checkCompletenessSteps(catalog: Catalog, snapshot: Snapshot, profile: Partial<RuleProfile> = {}): Steps<CompletenessReport> {
  const context = yield* prepare(catalog, snapshot, { ...defaultRuleProfile, ...profile });
  const hits: RuleHit[] = [];
  for (const rule of allRules) {
    for (const hit of rule(context)) hits.push(hit);
    yield;
  }
  const errors = hits.filter((hit) => ruleTable[hit.rule].severity === 'error');
  const told = tell(catalog, [...hits, ...verdicts(context, errors)], snapshot);
  const findings = inOrder(catalog, [...told, ...tell(catalog, overdueUnits(context, told), snapshot)]);
  yield;
  const states: IndicatorCompleteness[] = [];
  for (const item of context.cases) {
    states.push(stateOf(item, findings));
    yield;
  }
  return { indicators: states.length, complete: states.filter((state) => state.complete).length, findings, states };
}

function* prepare(catalog: Catalog, snapshot: Snapshot, profile: RuleProfile): Steps<RuleContext> {
  const evidence = new Map(snapshot.evidence.map((facts) => [facts.id, facts]));
  const indicators = catalog.groups.flatMap((group) => group.indicators).filter((indicator) => indicator.retired !== true);
  const asked = new Set(indicators.map((indicator) => indicator.code));
  const linked = snapshot.links
    .flatMap((link): readonly LinkedEvidence[] => {
      const facts = evidence.get(link.evidenceId);
      return facts !== undefined && asked.has(link.indicator) ? [{ link, facts }] : [];
    })
    .toSorted((a, b) => a.link.order - b.link.order);
  yield;
  const byIndicator = {
    linked: groupBy(linked, ({ link }) => link.indicator),
    values: groupBy(snapshot.values, (item) => item.indicator),
    declarations: groupBy(snapshot.declarations, (item) => item.indicator),
    signOffs: groupBy(snapshot.signOffs, (item) => item.indicator),
    rulings: groupBy(snapshot.rulings ?? [], (item) => item.indicator),
    reports: new Map(snapshot.reports.map((report) => [report.indicator, report])),
  };
  const resolveUnit = unitResolver(catalog);
  const inForce = applicationPeriod(catalog);
  const caseOf = (indicator: Indicator): IndicatorCase => {
    const filed = byIndicator.linked.get(indicator.code) ?? [];
    const values = byIndicator.values.get(indicator.code) ?? [];
    const declarations = byIndicator.declarations.get(indicator.code) ?? [];
    const slots = fillRequirements(indicator, catalog.years, filed);
    const judgement = judge(indicator, { values, slots, declarations, rulings: byIndicator.rulings.get(indicator.code) ?? [], inForce, resolveUnit }, catalog.years);
    const signOffs = byIndicator.signOffs.get(indicator.code) ?? [];
    return { indicator, label: `${indicator.code} ${indicator.name}`, linked: filed, slots, values, declarations, signOffs, report: byIndicator.reports.get(indicator.code) ?? null, judgement };
  };
  const cases: IndicatorCase[] = [];
  for (const indicator of indicators) {
    cases.push(caseOf(indicator));
    yield;
  }
  const byEvidence = groupBy(linked, ({ facts }) => facts.id);
  const certificates = snapshot.declarations.flatMap(({ certificate, indicator }) => (certificate !== null && asked.has(indicator) ? [certificate] : []));
  const filed = [...new Set([...byEvidence.keys(), ...certificates])].flatMap((id) => {
    const facts = evidence.get(id);
    return facts === undefined ? [] : [{ facts, links: (byEvidence.get(id) ?? []).map(({ link }) => link) }];
  });
  return { catalog, snapshot, cases, evidence, filed, inForce, resolveUnit, profile };
}

/** The days that a document in force must cover: issued by the filing deadline, valid until the last phase ends. */
export const applicationPeriod = ({ deadline, milestones, years }: Pick<Catalog, 'deadline' | 'milestones' | 'years'>): JudgeData['inForce'] => {
  const lastDay = [deadline, ...milestones.map((milestone) => milestone.to)].toSorted().at(-1) ?? '';
  return { issuedBy: deadline, until: lastDay === '' ? `${years.at(-1) ?? ''}-12-31` : lastDay };
};

/** Hits in words, in the order they were found. */
function tell(catalog: Catalog, hits: readonly RuleHit[], { waivers }: Snapshot): readonly Finding[] {
  const leads = new Map(catalog.groups.flatMap((group) => group.indicators).map((indicator) => [indicator.code, takeApart(catalog, indicator.lead)]));
  const waived = new Set(waivers.map((waiver) => keyOf(waiver.rule, waiver.indicator, waiver.evidenceId)));
  return hits.map((hit): Finding => {
    const { severity, basis, says, asks = '' }: RuleEntry = ruleTable[hit.rule];
    return {
      rule: hit.rule, severity, indicator: hit.indicator, evidence: hit.evidence, message: fillWords(says, hit.words), basis,
      waived: severity === 'warning' && waived.has(keyOf(hit.rule, hit.indicator, hit.evidence)),
      units: hit.units ?? (hit.indicator === null ? [] : (leads.get(hit.indicator) ?? [])),
      asks: fillWords(asks, hit.words),
      year: typeof hit.words['year'] === 'number' ? hit.words['year'] : null,
    };
  });
}

/** Errors first, in the catalog's order. */
function inOrder(catalog: Catalog, found: readonly Finding[]): readonly Finding[] {
  const place = new Map(catalog.groups.flatMap((group) => group.indicators).map((indicator, at) => [indicator.code, at]));
  const weight = ({ severity, indicator }: Finding): number => (severity === 'error' ? 0 : 1e6) + (indicator === null ? 1e5 : (place.get(indicator) ?? 1e5));
  return found.toSorted((a, b) => weight(a) - weight(b));
}

const keyOf = (rule: string, indicator: string | null, evidence: string | null): string => JSON.stringify([rule, indicator, evidence]);

/** Puts particulars into a sentence; text from files is taken as it is and never read for {places} again. */
const fillWords = (says: string, words: RuleHit['words']): string => says.replace(/\{(\w+)\}/gu, (_, name: string) => String(words[name] ?? ''));

function stateOf({ indicator, judgement, slots, linked }: IndicatorCase, findings: readonly Finding[]): IndicatorCompleteness {
  const filed = new Set(linked.map(({ facts }) => facts.id));
  // A fault of a document counts against every indicator that it serves.
  const own = findings.filter((finding) => finding.indicator === indicator.code || (finding.evidence !== null && filed.has(finding.evidence)));
  const errors = own.filter((finding) => finding.severity === 'error').length;
  return {
    code: indicator.code,
    overall: judgement.overall,
    judgement,
    complete: errors === 0 && judgement.overall === 'met',
    requirements: slots.map((slot) => ({ id: slot.requirement.id, name: slot.requirement.name, year: slot.year, optional: slot.requirement.optional === true, evidence: slot.evidence.map((facts) => facts.id) })),
    filled: slots.filter((slot) => slot.evidence.length > 0).length,
    missing: slots.filter(isEmptySlot).length,
    errors,
    warnings: own.filter((finding) => finding.severity === 'warning' && !finding.waived).length,
  };
}
