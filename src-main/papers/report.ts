import type { Catalog, Indicator } from '../domain/catalog.ts';
import type { EvidenceId, IndicatorCode } from '../domain/ids.ts';
import { countPages, formatCitation } from '../domain/page-number.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { Judgement, Target, Verdict } from '../domain/target.ts';
import { indexPlacements, type Placement, type VolumePlan } from '../domain/volume-plan.ts';
import type { PaperOffice } from './office.ts';
import { requireFacts } from './volume-index.ts';
import { catalogTitle, formatFigure, projectName } from './wording.ts';

/** 自评估报告(申报书): what is claimed of each indicator, on what figures, and where the proof is bound. */
export interface ReportModel {
  readonly planTitle: string;
  readonly projectTitle: string;
  readonly region: string;
  readonly planNumber: string;
  readonly applicant: string;
  readonly date: string;
  readonly years: readonly number[];
  readonly counts: ReportCounts;
  readonly groups: readonly ReportGroup[];
  readonly declarations: readonly DeclarationRow[];
  readonly notApplicable: readonly NotApplicableRow[];
  readonly volumes: readonly { readonly no: number; readonly title: string; readonly archivalCode: string; readonly items: number; readonly pages: number }[];
  readonly draft: boolean;
}

/** Indicators by kind, and of the assessed ones by verdict. */
export interface ReportCounts {
  readonly assessed: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly declarations: number;
  readonly notApplicable: number;
}

export interface ReportGroup {
  readonly name: string;
  readonly indicators: readonly ReportIndicator[];
}

export interface ReportIndicator {
  readonly code: IndicatorCode;
  readonly name: string;
  readonly target: string;
  readonly lead: readonly string[];
  readonly assist: readonly string[];
  readonly note: string;
  readonly years: readonly ReportYear[];
  /** Unit of the figures, and the number that the target sets, where it sets one. */
  readonly unit: string;
  readonly threshold: number | null;
  readonly overall: Verdict;
  readonly because: string;
  readonly text: string;
  /** 卷–页 of the pages that the text cites. */
  readonly citations: readonly string[];
  readonly evidence: readonly ReportEvidence[];
}

export interface ReportYear {
  readonly year: number;
  /** `96.3%`, `12 个`, or empty where there is none. */
  readonly value: string;
  readonly figure: number | null;
  /** `963 / 1000`, or empty. */
  readonly ratio: string;
  readonly verdict: Verdict;
  readonly because: string;
  /** 卷–页 of the figure's source, or empty. */
  readonly source: string;
}

export interface ReportEvidence {
  readonly evidenceId: EvidenceId;
  readonly title: string;
  readonly documentNumber: string;
  /** Year it proves, empty for the whole period. */
  readonly year: string;
  /** 卷–页 of its first page; empty where it is not bound. */
  readonly citation: string;
}

export interface DeclarationRow {
  readonly number: number;
  readonly situation: string;
  readonly answer: 'yes' | 'no' | '';
  readonly signedBy: string;
  readonly certificate: string;
}

export interface NotApplicableRow {
  readonly code: IndicatorCode;
  readonly name: string;
  readonly units: readonly string[];
  readonly certificates: readonly string[];
}

export interface ReportInput {
  readonly catalog: Catalog;
  readonly snapshot: Snapshot;
  readonly plan: VolumePlan;
  readonly judgements: ReadonlyMap<IndicatorCode, Judgement>;
  readonly office: PaperOffice;
  readonly draft: boolean;
}

/** Gathers what the report says. Page numbers are the plan's, so that the report cites what the stamps show. */
export function buildReportModel(input: ReportInput): ReportModel {
  const { catalog, snapshot, plan, office } = input;
  const bound = indexPlacements(plan);
  const sources: Sources = { ...input, bound, factsOf: requireFacts(snapshot) };
  const all = catalog.groups.flatMap(({ indicators }) => indicators);
  const assessed = all.filter(({ kind }) => kind === 'assessed');
  const verdictOf = (code: IndicatorCode): Verdict => input.judgements.get(code)?.overall ?? 'missing';
  const count = (verdict: Verdict): number => assessed.filter(({ code }) => verdictOf(code) === verdict).length;
  return {
    planTitle: catalog.title,
    projectTitle: projectName(catalog.title),
    region: catalog.region,
    planNumber: catalog.documentNumber,
    applicant: office.applicant,
    date: office.date,
    years: catalog.years,
    counts: {
      assessed: assessed.length,
      verdicts: { met: count('met'), unmet: count('unmet'), missing: count('missing'), judge: count('judge') },
      declarations: all.filter(({ kind }) => kind === 'declarations').length,
      notApplicable: all.filter(({ kind }) => kind === 'not-applicable').length,
    },
    groups: catalog.groups.flatMap((group) => {
      const indicators = group.indicators.filter(({ kind }) => kind === 'assessed');
      return indicators.length === 0 ? [] : [{ name: group.name, indicators: indicators.map((indicator) => reportIndicator(indicator, sources)) }];
    }),
    declarations: all.filter(({ kind }) => kind === 'declarations').flatMap((indicator) => reportDeclarations(indicator, sources)),
    notApplicable: all
      .filter(({ kind }) => kind === 'not-applicable')
      .map(({ code, name, lead }) => ({
        code,
        name,
        units: lead,
        certificates: linkedEvidence(snapshot, code).flatMap((id) => cite(bound, id, 1)),
      })),
    volumes: plan.volumes.map(({ no, title, archivalCode, totals }) => ({ no, title, archivalCode, items: totals.items, pages: totals.pages })),
    draft: input.draft,
  };
}

type Bound = ReadonlyMap<EvidenceId, Placement>;

/** What every part of the report looks up. */
interface Sources extends ReportInput {
  readonly bound: Bound;
  readonly factsOf: ReturnType<typeof requireFacts>;
}

/** 卷–页 of a page of an item, or nothing where the item is not bound or has no such page. */
function cite(bound: Bound, evidence: EvidenceId, page: number): readonly string[] {
  const placement = bound.get(evidence);
  if (placement === undefined || page > countPages(placement)) return [];
  return [formatCitation(placement.volume, placement, page - 1)];
}

const linkedEvidence = (snapshot: Snapshot, code: IndicatorCode): readonly EvidenceId[] => [
  ...new Set(
    snapshot.links
      .filter(({ indicator }) => indicator === code)
      .toSorted((a, b) => a.order - b.order)
      .map(({ evidenceId }) => evidenceId),
  ),
];

function reportIndicator(indicator: Indicator, { catalog, snapshot, bound, factsOf, judgements }: Sources): ReportIndicator {
  const judgement = judgements.get(indicator.code);
  const report = snapshot.reports.find((each) => each.indicator === indicator.code);
  const links = snapshot.links.filter((link) => link.indicator === indicator.code);
  const yearOf = (id: EvidenceId): string =>
    [...new Set(links.filter((link) => link.evidenceId === id).flatMap(({ year }) => year ?? []))]
      .toSorted()
      .join('、');
  return {
    code: indicator.code,
    name: indicator.name,
    target: indicator.target.text,
    lead: indicator.lead,
    assist: indicator.assist,
    note: indicator.note,
    years: catalog.years.map((year) => reportYear(indicator, year, judgement, snapshot, bound)),
    unit: snapshot.values.find((each) => each.indicator === indicator.code)?.unit ?? '',
    threshold: thresholdOf(indicator.target),
    overall: judgement?.overall ?? 'missing',
    because: judgement?.because ?? '',
    text: report?.text ?? '',
    citations: (report?.citations ?? []).flatMap(({ evidenceId, page }) => cite(bound, evidenceId, page)),
    evidence: linkedEvidence(snapshot, indicator.code).map((id) => ({
      evidenceId: id,
      title: catalogTitle(factsOf(id)),
      documentNumber: factsOf(id).documentNumber,
      year: yearOf(id),
      citation: cite(bound, id, 1)[0] ?? '',
    })),
  };
}

/** Signs stand at their figure, words apart from it (GB/T 15835, GB 3100). */
const withUnit = (figure: string, unit: string): string => (/^[%％‰]/u.test(unit) ? `${figure}${unit}` : `${figure} ${unit}`.trim());

function thresholdOf(target: Target): number | null {
  if (target.kind === 'value') return target.value;
  return target.kind === 'conditional' ? target.threshold : null;
}

function reportYear(indicator: Indicator, year: number, judgement: Judgement | undefined, snapshot: Snapshot, bound: Bound): ReportYear {
  const value = snapshot.values.find((each) => each.indicator === indicator.code && each.year === year);
  const verdict = judgement?.years.find((each) => each.year === year);
  const source = value === undefined || value.sourceEvidence === null ? [] : cite(bound, value.sourceEvidence, value.sourcePage ?? 1);
  return {
    year,
    value: value === undefined ? '' : withUnit(formatFigure(value.value), value.unit),
    figure: value?.value ?? null,
    ratio: value === undefined || value.numerator === null || value.denominator === null ? '' : `${formatFigure(value.numerator)} / ${formatFigure(value.denominator)}`,
    verdict: verdict?.verdict ?? 'missing',
    because: verdict?.because ?? '',
    source: source[0] ?? '',
  };
}

function reportDeclarations(indicator: Indicator, { snapshot, bound }: Sources): readonly DeclarationRow[] {
  return indicator.declarations.map((situation, index) => {
    const answer = snapshot.declarations.find((each) => each.indicator === indicator.code && each.number === index + 1);
    return {
      number: index + 1,
      situation,
      answer: answer?.answer ?? '',
      signedBy: answer?.signedBy ?? '',
      certificate: answer?.certificate === undefined || answer.certificate === null ? '' : (cite(bound, answer.certificate, 1)[0] ?? ''),
    };
  });
}
