import { readCatalog } from '../../domain/catalog-file.ts';
import type { Catalog, Indicator, IndicatorGroup } from '../../domain/catalog.ts';
import { indicatorCode } from '../../domain/ids.ts';
import { requirementsFor } from '../../domain/requirements.ts';
import type { Draft, Question } from './draft.ts';
import { nameOfHeading } from './item-drafts.ts';
import type { PlanHead } from './plan-head.ts';
import { collectUnits } from './plan-units.ts';
import { findTarget, sentenceAround } from './target-phrase.ts';

/** Where a field of the catalog comes from, and how sure the reader is of it, from 0 to 1. */
export interface PlanField {
  /** `5.1 target`, `title`. */
  readonly field: string;
  readonly sentence: string;
  readonly confidence: number;
}

export interface PlanReading {
  readonly catalog: Catalog;
  readonly fields: readonly PlanField[];
  readonly questions: readonly Question[];
}

/** Settles codes, units and targets of the drafts and puts the catalog together. */
export const assemble = (head: PlanHead, drafts: readonly Draft[], id: string): PlanReading => {
  const { units, canonical, questions: unitQuestions } = collectUnits(drafts);
  const codes = settleCodes(drafts);
  const read = drafts.map((draft, at) => readIndicator(draft, codes.codes[at] ?? String(at + 1), canonical));
  const groups: { code: string; name: string; indicators: Indicator[] }[] = [];
  drafts.forEach((draft, at) => {
    const indicator = read[at]?.indicator;
    if (indicator === undefined) return;
    const known = groups.find((group) => group.name === draft.group.name);
    if (known !== undefined) known.indicators.push(indicator);
    else groups.push({ code: draft.group.code, name: draft.group.name, indicators: [indicator] });
  });
  const catalog: Catalog = {
    schema: 1, id, title: head.title, region: head.region, documentNumber: head.documentNumber, years: head.years, deadline: head.deadline, milestones: head.milestones,
    groups: withUniqueCodes(groups), units,
  };
  const checked = readCatalog(catalog);
  const faults = checked.ok ? [] : checked.error.map(({ path, message }): Question => ({ where: path, sentence: '', asks: message }));
  const headFields = Object.entries(head.sentences).map(([field, sentence]): PlanField => ({ field, sentence, confidence: head.questions.some((question) => question.sentence === sentence) || sentence === '' ? 0.4 : 0.9 }));
  return { catalog, fields: [...headFields, ...read.flatMap((item) => item.fields)], questions: [...head.questions, ...codes.questions, ...read.flatMap((item) => item.questions), ...unitQuestions, ...faults] };
};

function withUniqueCodes(groups: readonly IndicatorGroup[]): readonly IndicatorGroup[] {
  const unique = new Set(groups.map((group) => group.code)).size === groups.length;
  const numerals = '一二三四五六七八九十';
  return unique ? groups : groups.map((group, at) => (group.code === 'N' ? group : { ...group, code: numerals[at] ?? String(at + 1) }));
}

/** The plan's own numbers where each occurs once; a count from 1 where it starts anew in every group. */
function settleCodes(drafts: readonly Draft[]): { readonly codes: readonly string[]; readonly questions: readonly Question[] } {
  const questions: Question[] = [];
  const codes = drafts.map((): string => '');
  for (const section of ['assessed', 'not-applicable'] as const) {
    const members = drafts.flatMap((draft, at) => (draft.section === section ? [{ draft, at }] : []));
    const prefix = section === 'not-applicable' ? 'N.' : '';
    const written = members.map(({ draft }) => (draft.decimal !== '' ? draft.decimal : draft.number === null ? '' : draft.part === null ? String(draft.number) : `${draft.number}.${draft.part}`));
    const numbered = written.filter((code) => code !== '');
    if (new Set(numbered).size === numbered.length) {
      let next = Math.max(0, ...numbered.map((code) => Number.parseInt(code, 10)));
      members.forEach(({ at }, nth) => {
        const own = written[nth] ?? '';
        codes[at] = `${prefix}${own === '' ? (next += 1) : own}`;
      });
    }
    else {
      let count = 0;
      let before = '';
      members.forEach(({ draft, at }) => {
        const item = `${draft.group.name} ${draft.number ?? `-${at}`}`;
        if (draft.part === null || item !== before) count += 1;
        before = item;
        codes[at] = `${prefix}${count}${draft.part === null ? '' : `.${draft.part}`}`;
      });
      questions.push({ where: '编号', sentence: members.slice(0, 3).map(({ draft }) => draft.heading).join('；').slice(0, 120), asks: '原文编号有重复（各组各自从1起），现从1起连续编号，请确认。' });
    }
  }
  return { codes, questions };
}

interface ReadIndicator {
  readonly indicator: Indicator;
  readonly fields: readonly PlanField[];
  readonly questions: readonly Question[];
}

function readIndicator(draft: Draft, code: string, canonical: ReadonlyMap<string, string>): ReadIndicator {
  const name = nameOfHeading(draft.heading, draft);
  const targetText = draft.targetText === '' ? draft.text : draft.targetText;
  const found = findTarget(draft.kind, name, targetText);
  const names = (list: readonly string[]): readonly string[] => [...new Set(list.map((unit) => canonical.get(unit) ?? unit))];
  const lead = names(draft.responsibility?.lead ?? []);
  const assist = names(draft.responsibility?.assist ?? []).filter((unit) => !lead.includes(unit));
  const sentence = decisiveSentence(draft, targetText, found.from, found.target.text);
  const ask = (field: string, said: string, asks: string): Question => ({ where: `${code} ${name} ${field}`.trim(), sentence: said, asks });
  const unitDoubts = [...(draft.responsibility?.doubts ?? []), ...(lead.length === 0 ? ['没有读到牵头（责任）单位，请填写。'] : [])];
  const questions = [
    ...draft.doubts.map((doubt) => ask('', draft.text.slice(0, 200), doubt)),
    ...(name.length > 45 ? [ask('名称', draft.heading, '名称很长，可能把正文当成了名称，请核对。')] : []),
    ...found.doubts.map((doubt) => ask('目标', sentence, doubt)),
    ...unitDoubts.map((doubt) => ask('单位', draft.responsibilityWords === '' ? sentence : draft.responsibilityWords, doubt)),
    ...(draft.kind === 'declarations' && draft.declarations.length === 0 ? [ask('情形', draft.text, '没有读到所列的各种情形，请填写。')] : []),
  ];
  const indicator: Indicator = {
    code: indicatorCode(code), name, kind: draft.kind, target: found.target,
    ...(found.basis === '' ? {} : { targetBasis: found.basis }),
    lead, assist, note: draft.responsibility?.note ?? '', declarations: draft.declarations.length === 0 && draft.kind === 'declarations' ? ['（未读到情形，请填写）'] : draft.declarations,
    sentence, requirements: requirementsFor(draft.kind, found.target), explanation: '',
  };
  const sure = (doubts: number): number => Math.max(0.3, 0.95 - 0.35 * doubts);
  return {
    indicator, questions,
    fields: [
      { field: `${code} name`, sentence: draft.heading, confidence: sure(name.length > 45 ? 1 : 0) },
      { field: `${code} target`, sentence, confidence: sure(found.doubts.length) },
      { field: `${code} lead`, sentence: draft.responsibilityWords, confidence: sure(unitDoubts.length) },
      { field: `${code} assist`, sentence: draft.responsibilityWords, confidence: sure(draft.responsibility?.doubts.length ?? 0) },
    ],
  };
}

/** The sentence in which the target stands; where it has no place of its own, the one that says most. */
function decisiveSentence(draft: Draft, text: string, from: number, target: string): string {
  const at = from >= 0 ? from : text.indexOf(target);
  if (at >= 0) return sentenceAround(text, at).replace(/[:\uff1a]$/u, '');
  const sentences = text.split(/[。\n]/u).map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
  return sentences[1] ?? sentences[0] ?? draft.heading;
}
