import type { Block } from './block.ts';
import { halfWidth, tidyLine } from './block.ts';
import type { Draft, Question } from './draft.ts';
import { writeNumeral } from './marker.ts';
import { add, readResponsibility, splitUnits } from './responsibility.ts';
import type { Responsibility } from './responsibility.ts';
import { findBounds, findTrend } from './target-phrase.ts';

type Column = 'number' | 'group' | 'name' | 'target' | 'lead' | 'assist' | 'responsible' | 'kind' | 'note' | 'other';

const COLUMNS: readonly (readonly [Column, RegExp])[] = [
  ['number', /^(?:序号|编号|指标序号|指标编号|代码)$/u],
  ['assist', /(?:配合|协办|协助|协同|参与|参加)(?:单位|部门)?/u],
  ['lead', /牵头|主责|主办/u],
  ['responsible', /责任(?:单位|部门|主体|分工)|负责(?:单位|部门)|落实单位|承办|完成单位|实施单位|单位名称|^部门$|^单位$/u],
  ['kind', /指标属性|^属性$|是否涉及|约束性|^性质$/u],
  ['target', /目标|标准|要求|指标值|考核值|创建值|达标值|限值|^数值$/u],
  ['group', /类别|领域|分类|方面|一级指标|任务类别|^任务$|体系|板块/u],
  ['name', /指标|名称|内容|工作任务|重点任务|项目|事项|任务/u],
  ['note', /备注|说明|时限|时间|进度|联系人|电话/u],
];

const columnOf = (title: string): Column => {
  const plain = halfWidth(title).replace(/\s/gu, '').replace(/\([^)]*\)/gu, '');
  return COLUMNS.find(([, words]) => words.test(plain))?.[0] ?? 'other';
};

export interface TableReading {
  readonly drafts: readonly Draft[];
  readonly questions: readonly Question[];
  /** Why this table could not be read although it seems to hold indicators; empty where it was read, or holds none. */
  readonly refusal: string;
}

const NOTHING: TableReading = { drafts: [], questions: [], refusal: '' };

/** Indicators in a table: its header row tells the columns, cells merged down repeat group and number. */
export const draftsOfTable = (table: Extract<Block, { readonly kind: 'table' }>, section: Draft['section'], firstLeads: boolean): TableReading => {
  const rows = table.rows.map((row) => row.map((cell) => cell.split('\n').map(tidyLine).join('\n').trim()));
  const at = rows.findIndex((row) => new Set(row.map(columnOf).filter((column) => column !== 'other')).size >= 2 && row.every((cell) => cell.length <= 20));
  const header = rows[at];
  if (header === undefined) {
    const units = rows.flat().filter((cell) => /[\u4e00-\u9fff]{2,}(?:局|委|办事处|办)$/u.test(cell)).length;
    return units >= 3 ? { ...NOTHING, refusal: `表格没有可认的表头（第一行是“${(rows[0] ?? []).join(' | ').slice(0, 60)}”），看不出哪一列是指标、哪一列是责任单位` } : NOTHING;
  }
  // A header of two rows: 责任单位 over 牵头 and 配合. The lower row says more.
  const lower = rows[at + 1];
  const isDouble = lower !== undefined && lower.some((cell, nth) => cell !== '' && cell === header[nth]) && lower.every((cell, nth) => cell === '' || cell === header[nth] || (cell.length <= 8 && columnOf(cell) !== 'other'));
  const titles = isDouble ? header.map((cell, nth) => lower[nth] || cell) : header;
  const columns = settleColumns(titles.map(columnOf));
  const has = (column: Column): boolean => columns.includes(column);
  const answers = has('lead') || has('responsible') || has('assist');
  if (!has('name') && !answers) return NOTHING;
  if (!answers && !has('target')) return NOTHING;
  if (!has('name')) return { ...NOTHING, refusal: `表格有责任单位列而没有指标名称列（表头：${header.join(' | ')}）` };
  const body = rows.slice(at + (isDouble ? 2 : 1)).filter((row) => row.some((cell) => cell !== '') && row.join() !== header.join() && row.join() !== titles.join());
  const ragged = body.filter((row) => row.length !== header.length && new Set(row).size > 1).length;
  if (ragged > body.length / 2) return { ...NOTHING, refusal: `表格各行列数与表头（${header.length}列）不一致，有${ragged}行对不上` };
  return readRows(body, columns, section, firstLeads, table.guessed);
};

/** Of several columns that could be names the last is the indicator, those before it are its group. */
function settleColumns(columns: readonly Column[]): readonly Column[] {
  const names = columns.flatMap((column, at) => (column === 'name' ? [at] : []));
  const last = names.at(-1);
  const settled = columns.map((column, at): Column => (column === 'name' && at !== last ? 'group' : column));
  if (last !== undefined) return settled;
  const group = settled.lastIndexOf('group');
  return settled.map((column, at) => (at === group ? 'name' : column));
}

function readRows(body: readonly (readonly string[])[], columns: readonly Column[], section: Draft['section'], firstLeads: boolean, guessed: boolean): TableReading {
  const cell = (row: readonly string[], column: Column): string => [...new Set(columns.flatMap((own, at) => (own === column && (row[at] ?? '') !== '' ? [row[at] ?? ''] : [])))].join('、');
  const drafts: Draft[] = [];
  const questions: Question[] = [];
  let group = '';
  const groups: string[] = [];
  for (const row of body) {
    const banner = new Set(row.filter((text) => text !== '')).size === 1 ? row.find((text) => text !== '') : undefined;
    if (banner !== undefined && row.length > 2 && (row.every((text) => text === banner || text === '') && cell(row, 'lead') === cell(row, 'name') || row.slice(1).every((text) => text === ''))) {
      group = banner.replace(/^[(\uff08]?[一二三四五六七八九十]+[)\uff09、.]\s*/u, '');
      continue;
    }
    const name = cell(row, 'name').replace(/^[(\uff08]?\d+[)\uff09、.\uff0e]\s*(?=\D)/u, '');
    if (name === '') {
      if (row.some((text) => text !== '')) questions.push({ where: '表格', sentence: row.join(' | '), asks: '这一行没有指标名称，请核对。' });
      continue;
    }
    const named = cell(row, 'group').split('\n')[0]?.split('、').at(-1)?.replace(/^[(\uff08]?[一二三四五六七八九十]+[)\uff09、.]\s*/u, '') ?? '';
    const within = named !== '' ? named : group !== '' ? group : '指标';
    if (!groups.includes(within)) groups.push(within);
    const unit = /[(\uff08](%|‰|％|\u03bcg\/m³|微克\/立方米|平方米|公顷|吨)[)\uff09]$/u.exec(name)?.[1] ?? '';
    const stated = cell(row, 'target').replace(/\n/gu, '');
    // 覆盖率(%) | ≥60: the unit stands with the name.
    const target = unit !== '' && /\d$/u.test(stated) ? `${stated}${unit}` : stated;
    const number = Number(/^\d{1,3}$/u.exec(cell(row, 'number'))?.[0] ?? Number.NaN);
    const decimal = /^\d{1,2}\.\d{1,2}$/u.exec(cell(row, 'number'))?.[0] ?? '';
    const absent = section === 'not-applicable' || /不涉及|不适用/u.test(row.join(''));
    const flat = (unit === '' ? name : name.slice(0, name.length - unit.length - 2)).replace(/\n/gu, '').trim();
    drafts.push({
      section: absent ? 'not-applicable' : 'assessed',
      group: absent ? { code: 'N', name: '不涉及' } : { code: writeNumeral(groups.indexOf(within) + 1), name: within },
      number: Number.isFinite(number) && !absent ? number : null, part: null, decimal: absent ? '' : decimal,
      kind: absent ? 'not-applicable' : 'assessed',
      heading: flat, text: target === '' ? flat : `${flat}\n${target}`, targetText: targetTextOf(flat, target), declarations: [],
      responsibility: responsibilityOf(cell(row, 'lead'), cell(row, 'responsible'), cell(row, 'assist'), firstLeads),
      responsibilityWords: row.join(' | '),
      doubts: guessed ? ['表格的列是按页面位置还原的，请对照原文核对这一行。'] : [],
    });
  }
  return { drafts: numberParts(drafts), questions, refusal: '' };
}

/** A number merged over several rows makes their indicators parts of one item. */
function numberParts(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.map((draft, at) => {
    if (draft.number === null) return draft;
    const run = drafts.filter((other, nth) => other.number === draft.number && other.section === draft.section && (nth <= at || true));
    return run.length > 1 ? { ...draft, part: run.indexOf(draft) + 1 } : draft;
  });
}

/** A bare figure in a target column is its bound: `95%` or `≥95`; words are left as they are. */
function targetTextOf(name: string, target: string): string {
  if (target === '') return name;
  if (findBounds(target).length > 0 || findTrend(target, name) !== null) return target;
  const bare = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/u.exec(halfWidth(target));
  return bare === null ? `${target}` : bare[1] === '100' ? '=100%' : `≥${bare[1]}%`;
}

function responsibilityOf(lead: string, responsible: string, assist: string, firstLeads: boolean): Responsibility | null {
  const list = (text: string): ReturnType<typeof splitUnits> => splitUnits(text.replace(/\n/gu, '、').replace(/、{2,}/gu, '、'));
  const dash = (text: string): string => (/^[-—–/无]+$/u.test(text.trim()) ? '' : text);
  const parts: Responsibility[] = [];
  if (dash(lead) !== '') {
    const { names, note, doubts } = list(lead);
    parts.push({ lead: names, assist: [], note, doubts });
  }
  if (dash(responsible) !== '') {
    const spoken = /牵头|配合|协办/u.test(responsible) ? readResponsibility(responsible.replace(/\n/gu, ''), firstLeads) : null;
    const assists = lead !== '';
    const read = spoken ?? (assists ? null : readResponsibility(`责任单位:${responsible.replace(/\n/gu, '、')}`, firstLeads || assist !== ''));
    const { names, note, doubts } = list(responsible);
    if (assists) parts.push({ lead: [], assist: names, note, doubts });
    else if (read !== null && spoken === null && assist !== '') parts.push({ lead: names, assist: [], note, doubts });
    else if (read !== null) parts.push(read);
  }
  if (dash(assist) !== '') {
    const { names, note, doubts } = list(assist);
    parts.push({ lead: [], assist: names, note, doubts });
  }
  return parts.length === 0 ? null : parts.reduce(add);
}
