import type { Indicator } from './catalog.ts';
import { groupBy } from './group-by.ts';
import type { IndicatorCode } from './ids.ts';
import { afterNameInRow, isPlainHead, onlyFigureOfRow, partsAfter, plainScope, yearsIn } from './plain-statement.ts';
import { agreesWhenRounded, normalizeUnit } from './quantity.ts';
import { quantityOf } from './rules/value-rules.ts';
import type { FigureFacts, UndatedFigure, ValueFacts } from './snapshot.ts';

/** A quantity to look for: every way in which a text may name it, and the unit in which it is counted, in its one spelling; empty where it has none. */
export interface SoughtQuantity {
  readonly indicator: IndicatorCode;
  readonly names: readonly string[];
  readonly unit: string;
}

/** What a page states: with a year, and without one. */
export interface ReadFigures {
  readonly dated: readonly FigureFacts[];
  readonly undated: readonly UndatedFigure[];
}

/** What to look for on behalf of an indicator; null where it asks for no figures. */
export const soughtQuantity = ({ code, name, kind, target }: Pick<Indicator, 'code' | 'name' | 'kind' | 'target'>): SoughtQuantity | null => {
  const quantity = kind === 'assessed' ? quantityOf(target) : null;
  if (quantity === null) return null;
  return { indicator: code, names: /[△Δ∆]/u.test(target.text) ? changeNames(name) : quantityNames(name), unit: normalizeUnit(quantity.unit) };
};

/** Names under which a text may speak of an indicator: as the plan has it, without what stands in brackets, and the bracket alone. */
export const quantityNames = (name: string): readonly string[] => {
  const plain = name.normalize('NFKC');
  const bracket = /\(([A-Za-z△0-9.]+)\)/u.exec(plain)?.[1];
  return [...new Set([plain, plain.replace(/\([^)]*\)/gu, ''), ...(bracket === undefined ? [] : [bracket])])].filter((text) => text.length >= 2);
};

/** Where the target bounds a change (△EQI>-1), what bears the name alone is the level and not the value. */
const changeNames = (name: string): readonly string[] =>
  quantityNames(name).flatMap((text) => {
    if (/^[△Δ∆]/u.test(text)) return [text];
    return [...['△', 'Δ', '∆'].map((sign) => `${sign}${text}`), ...(/^[\u4e00-\u9fff]/u.test(text) ? ['变化', '变化值', '变化量', '变化幅度'].map((word) => `${text}${word}`) : [])];
  });

const FIGURE = /(?<number>[-+−]?\d+(?:\.\d+)?)\s*(?<unit>%|‰|μg\/m3|ug\/m3|µg\/m3|微克\/立方米|毫克\/立方米)?/gu;
const YEAR = /(?<!\d)(20\d{2})\s*年?度?/gu;
const SCOPE = /全(?:省|市|区|县|国|州|镇)|(?:(?:(?!年)[\u4e00-\u9fff]){2,4}?(?:省|市|区|县))(?=[^\u4e00-\u9fff]|的|$)/u;

/** Before the figure: a bound, a change, or another thing's count is not the quantity's value. */
const NOT_A_VALUE = /(?:≥|≤|>|<|不低于|不高于|不少于|目标值?[为是]?|要求|达到.{0,4}以上|提高了?|增长了?|下降了?|上升了?|同比|较上年|比上年|高于|低于|超过)\s*$/u;

/** Words of a goal: `2023年目标:…控制在95%以上` says what was wanted, not what was reached. */
const GOAL = /目标[::]|目标(?:任务|值)?[为是]|控制在|力争|预计|确保|拟/u;

/** `1,234` is one number. Between half-width digits a full-width comma parts clauses. */
const joinThousands = (text: string): string =>
  text.replace(/(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])|(?<![０-９．，,])[０-９]{1,3}(?:[，,][０-９]{3})+(?![０-９，,])/gu, (digits) => digits.replace(/[，,]/gu, ''));

/**
 * Figures that a text or a table states for the sought quantities, each with its year, unit, scope and sentence. A figure without a
 * year of `years` in its sentence, or that is a bound, a goal or a change (≥95%, 目标为95%, 提高了1.2%), is left out rather than guessed.
 */
export const findFigures = (text: string, sought: readonly SoughtQuantity[], years: readonly number[], place: Place): readonly FigureFacts[] => readFigures(text, sought, years, place).dated;

type Place = Pick<FigureFacts, 'evidenceId' | 'page'>;
type Found = FigureFacts | UndatedFigure;

/** The same, and beside them the figures that are stated plainly but without a year: for who knows the year under which the paper is filed. */
export const readFigures = (text: string, sought: readonly SoughtQuantity[], years: readonly number[], place: Place): ReadFigures => {
  const plain = joinThousands(text).normalize('NFKC').replace(/〔见[^〕]*〕/gu, '');
  const lines = plain.split('\n');
  const besideLine = (at: number): readonly number[] => [...new Set([...yearsIn(lines[at] ?? ''), ...(lines.slice(0, at).map(yearsIn).findLast((named) => named.length > 0) ?? [])])];
  const tables = lines.flatMap((line, at) => figuresOfRow(line, lines.slice(Math.max(0, at - 8), at), sought, years, place, () => besideLine(at)));
  const sentences = lines.flatMap((line, at) =>
    line.split(/[。;；!！]/u).filter((sentence) => !GOAL.test(sentence)).flatMap((sentence) => figuresOfSentence(sentence.trim(), sought, years, place, () => besideLine(at))),
  );
  const all = [...sentences, ...tables];
  return { dated: all.filter((figure) => 'year' in figure), undated: all.filter((figure) => 'beside' in figure) };
};

const figurePatterns = new Map<string, RegExp>();

/** Numbers with the unit that is sought, besides those that are known everywhere. */
function figurePattern(unit: string): RegExp {
  if (unit === '' || /^(?:%|‰|μg\/m3|mg\/m3)$/u.test(unit)) return FIGURE;
  const known = figurePatterns.get(unit) ?? new RegExp(`(?<number>[-+−]?\\d+(?:\\.\\d+)?)\\s*(?<unit>%|‰|${unit.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')}(?![\\p{L}\\/]))?`, 'gu');
  figurePatterns.set(unit, known);
  return known;
}

function figuresOfSentence(sentence: string, sought: readonly SoughtQuantity[], years: readonly number[], place: Place, beside: () => readonly number[]): readonly Found[] {
  return sought.flatMap(({ indicator, names, unit: wanted }) => {
    const name = longestName(sentence, names);
    if (name === undefined) return [];
    const start = sentence.indexOf(name);
    const marks = [...sentence.matchAll(YEAR)].filter((mark) => years.includes(Number(mark[1])) && /年/u.test(mark[0]));
    const taken = new Set(marks.map((mark) => mark.index));
    const found = [...sentence.matchAll(figurePattern(wanted))].filter(
      (figure) =>
        figure.index > start + name.length - 1 &&
        (figure.groups?.['unit'] !== undefined || (wanted === '' && !/^20\d{2}$/u.test(figure.groups?.['number'] ?? ''))) &&
        ![...taken].some((at) => at === figure.index) &&
        !NOT_A_VALUE.test(sentence.slice(0, figure.index)) &&
        !/^\s*(?:及|或|含)?(?:以上|以下|以内)/u.test(sentence.slice(figure.index + figure[0].length)),
    );
    const listed = respectively(sentence, start, marks, found);
    const read = found.flatMap((figure, at): readonly Found[] => {
      const year = listed === null ? nearestYear(marks, figure.index) : listed[at];
      const number = Number(figure.groups?.['number']?.replace('−', '-'));
      if (!Number.isFinite(number)) return [];
      const unit = figure.groups?.['unit'] ?? '';
      const to = figure.index + figure[0].trimEnd().length;
      const scope = plainScope({ sentence, start, name, from: figure.index, to, year: year ?? null }, listed !== null);
      // Units that only this quantity asks for, and none at all, are read where nothing else can be meant.
      if (scope === null && (year === undefined || !COMMON_UNIT.test(unit))) return [];
      const parts = scope === null ? null : partsAfter(sentence.slice(to));
      const facts = {
        indicator, value: number, unit, scope: scope === null || scope === '' ? (SCOPE.exec(sentence.slice(0, start))?.[0] ?? '') : scope, ...place, sentence: sentence.slice(0, 80),
        ...(scope === null ? {} : { plain: true as const }), ...(parts === null ? {} : { parts }),
      };
      return [year === undefined ? { ...facts, beside: beside() } : { ...facts, year }];
    });
    return read.filter((figure, at) => listed !== null || read.findIndex((other) => yearOf(other) === yearOf(figure)) === at);
  });
}

const COMMON_UNIT = /^(?:%|‰|[μuµ]g\/m3|[微毫]克\/立方米)$/u;
const yearOf = (figure: Found): number | null => ('year' in figure ? figure.year : null);

const longestName = (text: string, names: readonly string[]): string | undefined => names.filter((name) => text.includes(name)).toSorted((a, b) => b.length - a.length)[0];

/** `2021—2023年…分别为95%、96%、97%`: years and figures in step. Null where the sentence is not of that shape. */
function respectively(sentence: string, start: number, marks: readonly RegExpExecArray[], found: readonly RegExpExecArray[]): readonly number[] | null {
  if (!/分别/u.test(sentence)) return null;
  const span = /(20\d{2})\s*年?\s*[-—–~至到]+\s*(20\d{2})\s*年/u.exec(sentence);
  const years = span === null ? listedYears(sentence, marks) : Array.from({ length: Math.max(0, Math.min(20, Number(span[2]) - Number(span[1]) + 1)) }, (_, at) => Number(span[1]) + at);
  return start >= 0 && years.length === found.length && years.length > 1 ? years : null;
}

function listedYears(sentence: string, marks: readonly RegExpExecArray[]): readonly number[] {
  const list = /((?:20\d{2}\s*年?\s*[、,和及]\s*)+20\d{2})\s*年/u.exec(sentence);
  return list === null ? marks.map((mark) => Number(mark[1])) : [...(list[1] ?? '').matchAll(/20\d{2}/gu)].map(([year]) => Number(year));
}

function nearestYear(marks: readonly RegExpExecArray[], at: number): number | undefined {
  const before = marks.filter((mark) => mark.index < at).at(-1);
  return before === undefined ? undefined : Number(before[1]);
}

/** `县城污水处理率(%)  96.1  96.5  97.0` under a row of years; `县城污水处理率 98.4 %` under none. */
function figuresOfRow(line: string, above: readonly string[], sought: readonly SoughtQuantity[], years: readonly number[], place: Place, beside: () => readonly number[]): readonly Found[] {
  return sought.flatMap(({ indicator, names, unit: wanted }): readonly Found[] => {
    const name = longestName(line, names);
    if (name === undefined) return [];
    const own = afterNameInRow(line, name);
    const header = above.map(yearCells).findLast((row) => row.length > 0);
    const facts = { indicator, scope: '', ...place, sentence: line.trim().slice(0, 80) };
    if (header === undefined) {
      const value = own === null || !isPlainHead(above) ? null : onlyFigureOfRow(own, wanted);
      return value === null ? [] : [{ ...facts, value, unit: wanted, plain: true, beside: beside() }];
    }
    const rest = line.slice(line.indexOf(name) + name.length);
    const unit = /^\s*[(\uff08]?\s*(%|‰|μg\/m3|ug\/m3)/u.exec(rest)?.[1] ?? '';
    const cells = rest.replace(/^\s*\([^)]*\)/u, '').replace(/^\s*%/u, '').trim().split(/[\s|,]+/u).filter((cell) => cell !== '');
    if (cells.length !== header.length || !cells.every((cell) => /^-?\d+(?:\.\d+)?%?$/u.test(cell))) return [];
    const plain = own !== null && isPlainHead(above);
    return header.flatMap((year, at): readonly Found[] => {
      const cell = cells[at] ?? '';
      return years.includes(year) ? [{ ...facts, year, value: Number.parseFloat(cell), unit: cell.endsWith('%') ? '%' : unit, ...(plain ? { plain: true } : {}) }] : [];
    });
  });
}

const yearCells = (line: string): readonly number[] => {
  const cells = line.trim().split(/[\s|]+/u);
  const years = cells.flatMap((cell) => (/^20\d{2}年?$/u.test(cell) ? [Number.parseInt(cell, 10)] : []));
  return years.length >= 2 && years.length >= cells.length - 3 ? years : [];
};

/** Two figures for one quantity and year that do not agree. `one` is null where it is the declared value. */
export interface Contradiction {
  readonly year: number;
  readonly one: FigureFacts | null;
  readonly other: FigureFacts;
}

/**
 * Compares figures found with the declared values, or with one another where none is declared. Figures of another scope (全市, 全省,
 * unless the region is one) or another unit speak of something else and are passed over; rounding is no contradiction.
 */
export const contradictionsOf = (values: readonly ValueFacts[], found: readonly FigureFacts[], unit: string, region: string): readonly Contradiction[] => {
  const comparable = found.filter((figure) => (figure.unit === '' || normalizeUnit(figure.unit) === normalizeUnit(unit)) && isOwnScope(figure.scope, region));
  return [...groupBy(comparable, (figure) => figure.year)].flatMap(([year, figures]): readonly Contradiction[] => {
    const declared = values.find((value) => value.year === year);
    const first = figures[0];
    if (declared !== undefined) return figures.filter((figure) => !agree(declared.value, figure.value)).map((other) => ({ year, one: null, other }));
    return first === undefined ? [] : figures.filter((figure) => !agree(first.value, figure.value)).map((other) => ({ year, one: first, other }));
  });
};

/** Whether one figure is the other, rounded. */
export const agree = (a: number, b: number): boolean => agreesWhenRounded(a, b) || agreesWhenRounded(b, a);

/** Whether a figure speaks of the region itself; where no scope is said, it does. */
export const isOwnScope = (scope: string, region: string): boolean => scope === '' || region.endsWith(scope) || (scope.startsWith('全') && region.endsWith(scope.slice(1)));
