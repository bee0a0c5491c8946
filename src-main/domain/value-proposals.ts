import type { Catalog, Indicator } from './catalog.ts';
import { agree, isOwnScope } from './figures.ts';
import { groupBy } from './group-by.ts';
import type { EvidenceId, IndicatorCode } from './ids.ts';
import { agreesWhenRounded, figureOfYear, normalizeUnit, recompute } from './quantity.ts';
import { quantityOf } from './rules/value-rules.ts';
import type { EvidenceFacts, FigureFacts, LinkFacts, Snapshot, UndatedFigure } from './snapshot.ts';

/** A value that a filed document states for a year that has none yet. */
export interface ValueProposal {
  readonly value: number;
  /** As the target spells it. */
  readonly unit: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly evidence: EvidenceId;
  /** Page of the document, from 1. */
  readonly page: number;
  readonly sentence: string;
}

/** What may be entered for one indicator and year: one value, or the few between which a person must choose. */
export interface YearProposal {
  readonly code: IndicatorCode;
  readonly year: number;
  readonly choices: readonly ValueProposal[];
}

/** Values that differ, beyond which a choice helps nobody. */
const MOST_CHOICES = 3;

/**
 * Values that the evidence filed for an indicator and year states plainly, for each year that has none. Only what is stated in the
 * target's unit, for the region itself, and would be judged without doubt; a 数据表 or 统计 counts before reports and letters. Where
 * documents differ, each value with its source; where a figure stands there that may mean another value, none.
 */
export const proposeValues = ({ groups, years, region }: Pick<Catalog, 'groups' | 'years' | 'region'>, snapshot: Snapshot): readonly YearProposal[] => {
  const evidence = new Map(snapshot.evidence.map((facts) => [facts.id, facts]));
  const links = groupBy(snapshot.links, (link) => link.indicator);
  const dated = groupBy(snapshot.figures ?? [], (figure) => figure.indicator);
  const undated = groupBy(snapshot.undatedFigures ?? [], (figure) => figure.indicator);
  const entered = groupBy(snapshot.values, (value) => value.indicator);
  return groups.flatMap((group) => group.indicators).filter((indicator) => indicator.kind === 'assessed' && indicator.retired !== true).flatMap((indicator) => {
    const { code } = indicator;
    const open = years.filter((year) => !(entered.get(code) ?? []).some((value) => value.year === year));
    const found = { dated: dated.get(code) ?? [], undated: undated.get(code) ?? [] };
    if (open.length === 0 || found.dated.length + found.undated.length === 0) return [];
    const papers = papersOf(links.get(code) ?? [], evidence);
    return open.flatMap((year) => {
      const choices = choicesOf(indicator, year, region, found, papers);
      return choices.length === 0 ? [] : [{ code, year, choices }];
    });
  });
};

/** A filed document and the years under which it is filed for the indicator; null stands for the whole period. */
interface FiledPaper {
  readonly facts: EvidenceFacts;
  readonly years: readonly (number | null)[];
}

const papersOf = (links: readonly LinkFacts[], evidence: ReadonlyMap<EvidenceId, EvidenceFacts>): ReadonlyMap<EvidenceId, FiledPaper> =>
  new Map([...groupBy(links.filter((link) => link.requirement !== 'task'), (link) => link.evidenceId)].flatMap(([id, own]) => {
    const facts = evidence.get(id);
    return facts === undefined || facts.draft || facts.integrity !== 'ok' ? [] : [[id, { facts, years: own.map((link) => link.year) }]];
  }));

/** Tables and statistics first, then reports, then the rest; each before what is filed for the whole period. */
function rankOf({ facts, years }: FiledPaper, year: number): number {
  const kind = facts.kind === 'data-table' || /数据表|统计|年报|年鉴/u.test(facts.title) ? 0 : facts.kind === 'report' ? 2 : 4;
  return kind + (years.includes(year) ? 0 : 1);
}

interface Candidate extends ValueProposal {
  readonly rank: number;
  readonly plain: boolean;
}

function choicesOf(
  indicator: Indicator, year: number, region: string, found: { readonly dated: readonly FigureFacts[]; readonly undated: readonly UndatedFigure[] }, papers: ReadonlyMap<EvidenceId, FiledPaper>,
): readonly ValueProposal[] {
  const quantity = quantityOf(indicator.target);
  if (quantity === null) return [];
  const wanted = normalizeUnit(quantity.unit);
  const candidate = (figure: Omit<FigureFacts, 'year'>): readonly Candidate[] => {
    const paper = figure.evidenceId === null ? undefined : papers.get(figure.evidenceId);
    if (paper === undefined || figure.page === null || !isOwnScope(figure.scope, region) || (figure.unit !== wanted && normalizeUnit(figure.unit) !== wanted)) return [];
    const parts = partsOf(figure, quantity.unit, quantity.ratio);
    const value = { value: figure.value, unit: quantity.unit, ...parts };
    const judged = figureOfYear([{ ...value, indicator: indicator.code, year, sourceEvidence: null, sourcePage: null }], year, quantity);
    if (judged.state !== 'known') return [];
    return [{ ...value, evidence: paper.facts.id, page: figure.page, sentence: figure.sentence, rank: rankOf(paper, year), plain: figure.plain === true }];
  };
  const isFiledHere = (figure: Omit<FigureFacts, 'year'>): boolean => {
    const years = figure.evidenceId === null ? [] : (papers.get(figure.evidenceId)?.years ?? []);
    return years.includes(year) || years.includes(null);
  };
  // Without a year in its sentence, a figure is that of the one year under which its paper is filed, where no other is spoken of.
  const isOfYear = (figure: UndatedFigure): boolean => {
    const years = figure.evidenceId === null ? [] : (papers.get(figure.evidenceId)?.years ?? []);
    return years.length > 0 && years.every((filed) => filed === year) && (figure.beside.length === 0 ? figure.page === 1 : figure.beside.every((named) => named === year));
  };
  const all = [...found.dated.filter((figure) => figure.year === year && isFiledHere(figure)), ...found.undated.filter(isOfYear)].flatMap(candidate).toSorted((a, b) => a.rank - b.rank);
  const choices: Candidate[] = [];
  for (const one of all) if (one.plain && !choices.some((other) => agree(one.value, other.value))) choices.push(withParts(one, all));
  const [best] = choices;
  if (best === undefined || choices.length > MOST_CHOICES) return [];
  const isDoubted = all.some((one) => !one.plain && one.rank <= best.rank && !choices.some((other) => agree(one.value, other.value)));
  return isDoubted ? [] : choices.map(({ rank: _, plain: __, ...choice }) => choice);
}

/** The parts may stand elsewhere on the same page. */
function withParts(one: Candidate, all: readonly Candidate[]): Candidate {
  if (one.numerator !== null) return one;
  const other = all.find((candidate) => candidate.plain && candidate.numerator !== null && candidate.evidence === one.evidence && candidate.page === one.page && candidate.value === one.value);
  return other === undefined ? one : { ...one, numerator: other.numerator, denominator: other.denominator };
}

/** Which of two counts is the numerator, only their quotient tells: it must give the figure as it is stated. */
function partsOf({ parts, value }: Pick<FigureFacts, 'parts' | 'value'>, unit: string, ratio: boolean): Pick<ValueProposal, 'numerator' | 'denominator'> {
  const orders = parts === undefined || !(ratio || normalizeUnit(unit) === '%') ? [] : [parts, [parts[1], parts[0]] as const];
  const [fitting] = orders.filter(([numerator, denominator]) => denominator !== 0 && agreesWhenRounded(value, recompute(numerator, denominator, unit)));
  return fitting === undefined ? { numerator: null, denominator: null } : { numerator: fitting[0], denominator: fitting[1] };
}
