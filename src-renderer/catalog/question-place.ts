import type { CallOutput } from '../../src-main/contract/index.ts';
import type { Place } from '../app/place.ts';

export type Question = CallOutput<'catalog.questions'>[number];

/** The group of units whose members a question asks for, or null. The plan reader names it so. */
export const groupOfQuestion = ({ where }: Pick<Question, 'where'>): string | null => /^单位组 (.+)$/u.exec(where)?.[1] ?? null;

/** The units that a question names. */
export function unitsOfQuestion(question: Question): readonly string[] {
  const group = groupOfQuestion(question);
  if (group !== null) return [group];
  return question.where === '单位' ? [...question.asks.matchAll(/“([^”]+)”/gu)].flatMap(([, name]) => (name === undefined ? [] : [name])) : [];
}

export type HeadField = 'title' | 'region' | 'years' | 'deadline' | 'phases';
const headFields: readonly { readonly begins: string; readonly field: HeadField }[] = [
  { begins: '标题', field: 'title' },
  { begins: '地区', field: 'region' },
  { begins: '年度', field: 'years' },
  { begins: '截止日期', field: 'deadline' },
  { begins: '工作安排', field: 'phases' },
];

/** The field of 创建信息 that a question is about, or null. */
export const headFieldOf = ({ where }: Pick<Question, 'where'>): HeadField | null => headFields.find(({ begins }) => where.startsWith(begins))?.field ?? null;

/** Where a question's field is edited. */
export function placeOfQuestion(question: Question): Place {
  const { code, where, number } = question;
  if (code !== null) return { page: 'catalog', tab: 'indicators', code, question: number };
  return { page: 'catalog', tab: /^单位/.test(where) ? 'units' : /编号|表格|长段落/.test(where) ? 'indicators' : 'head', code: null, question: number };
}

/** For the field that the clerk was led to: into the middle of what is seen. Its class makes it stand out for a while. */
export const showInMiddle = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'center' });
