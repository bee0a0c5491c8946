import type { EvidenceFacts } from '../domain/snapshot.ts';
import type { PlannedItem } from '../domain/volume-plan.ts';

/** `2023-05-06` → 2023年5月6日; a year or month alone stays so, empty leaves room to write. */
export function chineseDate(date: string): string {
  const [year, month, day] = date.split('-');
  if (year === undefined || year === '') return '　　　　年　　月　　日';
  return `${year}年${month === undefined ? '' : `${Number(month)}月`}${day === undefined ? '' : `${Number(day)}日`}`;
}

/** 2021年2月至2023年5月, or one of both where they are equal. */
export function chineseSpan(first: string, last: string): string {
  if (first === '') return '';
  const [from, to] = [chineseDate(first.slice(0, 7)), chineseDate(last.slice(0, 7))];
  return from === to ? from : `${from}至${to}`;
}

/** A title that the compiler made stands in [ ] (DA/T 22-2015 §7); it is never shortened. An item without one is named by its file. */
export function catalogTitle(facts: EvidenceFacts): string {
  if (facts.title === '') return `[${facts.fileName}]`;
  return facts.titleMade ? `[${facts.title}]` : facts.title;
}

/** What 备注 says of an item. */
export function catalogNote(facts: EvidenceFacts, { placeholder, after }: Pick<PlannedItem, 'placeholder' | 'after'>): string {
  const notes = [
    ...(after === undefined ? [] : ['插页']),
    ...(placeholder ? ['原件缺'] : []),
    ...(facts.original === 'copy' ? ['复制件'] : []),
    ...(facts.draft ? ['草稿'] : []),
  ];
  return notes.join('；');
}

/** Text that goes into a sentence: without a full stop of its own. */
export const withoutStop = (sentence: string): string => sentence.replace(/[。.;;]+$/u, '');

/** A figure as it was entered: without the digits that binary fractions add. */
export const formatFigure = (value: number): string => String(Number(value.toPrecision(12)));

/** What a plan's title calls the undertaking: the title without 实施方案 and the like. */
export const projectName = (planTitle: string): string => planTitle.replace(/(?:的?(?:实施|工作|建设)*方案|工作计划|行动计划)$/u, '');

/** What a cover calls the whole: the undertaking's name, and 档案 where it would break off in 创建. */
export const archiveName = (planTitle: string): string => projectName(planTitle).replace(/(?<=创建|建设|申报)$/u, '档案');
