import type { Block } from './block.ts';
import { halfWidth, tidyLine } from './block.ts';
import type { Draft, Question } from './draft.ts';
import { writeNumeral } from './marker.ts';
import { add, looksLikeUnit, readResponsibility, splitUnits } from './responsibility.ts';
import type { Legend, Responsibility } from './responsibility.ts';
import { findBounds, findTrend } from './target-phrase.ts';

type Column = 'situation' | 'number' | 'group' | 'measure' | 'name' | 'target' | 'lead' | 'assist' | 'responsible' | 'kind' | 'note' | 'other';

const COLUMNS: readonly (readonly [Column, RegExp])[] = [
  ['situation', /(?:否决|禁止|负面|不得申报|限制)(?:情形|情况|事项|清单|内容)|^情形$/u],
  ['number', /^(?:序号|编号|指标序号|指标编号|代码)$/u],
  ['measure', /^(?:计量|度量|指标)单位$/u],
  ['other', /现状|基期|基准|基础值|完成情况|完成值|实际值|得分|分值|权重/u],
  ['assist', /(?:配合|协办|协助|协同|参与|参加)(?:单位|部门)?/u],
  ['lead', /牵头|主责|主办/u],
  ['responsible', /责任(?:单位|部门|主体|分工)|负责(?:单位|部门)|落实单位|(?:核查|核实|认定|出具|证明)单位|承办|完成单位|实施单位|单位名称|^部门$|^单位$/u],
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
export const draftsOfTable = (table: Extract<Block, { readonly kind: 'table' }>, section: Draft['section'], legend: Legend): TableReading => {
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
  const below = rows.slice(at + (isDouble ? 2 : 1));
  const columns = settleColumns(titles.map((title, nth) => (isMeasureColumn(title, below.map((row) => row[nth] ?? '')) ? 'measure' : columnOf(title))));
  const has = (column: Column): boolean => columns.includes(column);
  const answers = has('lead') || has('responsible') || has('assist');
  if (has('situation') && !has('name')) return situationsOf(below, columns, titles, legend);
  if (!has('name') && !answers) return NOTHING;
  // A list of persons names units too.
  if (!has('name') && titles.some((title) => /姓\s*名|职\s*务|电\s*话|联系人/u.test(title))) return NOTHING;
  if (!answers && !has('target')) return NOTHING;
  if (!has('name')) return { ...NOTHING, refusal: `表格有责任单位列而没有指标名称列（表头：${header.join(' | ')}）` };
  const body = rows.slice(at + (isDouble ? 2 : 1)).filter((row) => row.some((cell) => cell !== '') && row.join() !== header.join() && row.join() !== titles.join());
  const ragged = body.filter((row) => row.length !== header.length && new Set(row).size > 1).length;
  if (ragged > body.length / 2) return { ...NOTHING, refusal: `表格各行列数与表头（${header.length}列）不一致，有${ragged}行对不上` };
  return readRows(body, columns, titles, section, legend, table.guessed);
};

const MEASURE = /^(?:%|‰|[-—–/]|[\u4e00-\u9fff㎡]{1,4}|(?:[a-zA-Zμ㎡]+|[\u4e00-\u9fff㎡]{1,4})\d?\/[\u4e00-\u9fffa-zA-Z]{1,4}\d?)?$/u;

/** A column 单位 of measures, not of departments: most of its cells are signs or single words of measure. */
const isMeasureColumn = (title: string, cells: readonly string[]): boolean =>
  /^(?:计量)?单位$/u.test(title.replace(/\s/gu, '')) && cells.filter((cell) => MEASURE.test(halfWidth(cell)) && !looksLikeUnit(cell)).length * 2 > cells.length;

/** A table of situations that forbid an application: all of them one list of declarations, all its units answer for it. */
function situationsOf(rows: readonly (readonly string[])[], columns: readonly Column[], titles: readonly string[], legend: Legend): TableReading {
  const cell = (row: readonly string[], column: Column): string => row[columns.indexOf(column)]?.replace(/\n/gu, '') ?? '';
  const declarations = rows.map((row) => cell(row, 'situation').replace(/[;\uff1b。]$/u, '')).filter((text) => text !== '');
  if (declarations.length === 0) return NOTHING;
  const responsibility = rows.map((row) => responsibilityOf(cell(row, 'lead'), cell(row, 'responsible'), cell(row, 'assist'), legend)).filter((read) => read !== null);
  const name = titles[columns.indexOf('situation')] ?? '';
  return {
    drafts: [{
      section: 'assessed', group: { code: '一', name }, number: null, part: null, decimal: '', kind: 'declarations', heading: name, text: name, targetText: '', declarations,
      responsibility: responsibility.length === 0 ? null : responsibility.reduce(add), responsibilityWords: rows.map((row) => row.join(' | ')).join('\n'),
      doubts: responsibility.length > 1 ? ['各情形由不同单位核查，现都记为这一组声明的牵头单位，请确认。'] : [],
    }],
    questions: [], refusal: '',
  };
}

/** Of several columns that could be names the last is the indicator, those before it are its group. */
function settleColumns(columns: readonly Column[]): readonly Column[] {
  const names = columns.flatMap((column, at) => (column === 'name' ? [at] : []));
  const last = names.at(-1);
  const settled = columns.map((column, at): Column => (column === 'name' && at !== last ? 'group' : column));
  if (last !== undefined) return settled;
  const group = settled.lastIndexOf('group');
  return settled.map((column, at) => (at === group ? 'name' : column));
}

function readRows(body: readonly (readonly string[])[], columns: readonly Column[], titles: readonly string[], section: Draft['section'], legend: Legend, guessed: boolean): TableReading {
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
    const written = cell(row, 'name');
    if (written === '') {
      if (row.some((text) => text !== '')) questions.push({ where: '表格', sentence: row.join(' | '), asks: '这一行没有指标名称，请核对。' });
      continue;
    }
    const named = cell(row, 'group').split('\n')[0]?.split('、').at(-1)?.replace(/^[(\uff08]?[一二三四五六七八九十]+[)\uff09、.]\s*/u, '') ?? '';
    const within = named !== '' ? named : group !== '' ? group : '指标';
    if (!groups.includes(within)) groups.push(within);
    const stated = chooseTarget(row, columns, titles);
    const number = Number(/^\d{1,3}$/u.exec(cell(row, 'number'))?.[0] ?? Number.NaN);
    const decimal = /^\d{1,2}[-\uff0d.]\d{1,2}$/u.exec(cell(row, 'number'))?.[0].replace(/[-\uff0d]/u, '.') ?? '';
    const absent = section === 'not-applicable' || /不涉及|不适用|缺项/u.test(row.join(''));
    const tasks = splitTasks(written);
    for (const [nth, task] of tasks.entries()) {
      const unit = /[(\uff08](%|‰|％|\u03bcg\/m³|微克\/立方米|平方米|公顷|吨)[)\uff09]$/u.exec(task)?.[1] ?? measureOf(cell(row, 'measure'));
      // 覆盖率(%) | ≥60: the unit stands with the name, or in a column of its own.
      const target = unit !== '' && /\d$/u.test(stated.text) ? `${stated.text}${unit}` : stated.text;
      const flat = task.replace(/[(\uff08](?:%|‰|％)[)\uff09]$/u, '').replace(/\n/gu, '').trim();
      const bare = bareFigure(target);
      drafts.push({
        section: absent ? 'not-applicable' : 'assessed',
        group: absent ? { code: 'N', name: '不涉及' } : { code: writeNumeral(groups.indexOf(within) + 1), name: within },
        number: Number.isFinite(number) && !absent ? number : null, part: tasks.length > 1 && Number.isFinite(number) ? nth + 1 : null, decimal: absent || tasks.length > 1 ? '' : decimal,
        kind: absent ? 'not-applicable' : 'assessed',
        heading: flat, text: target === '' ? flat : `${flat}\n${target}`, targetText: bare === null ? (target === '' || findBounds(target).length + findBounds(flat).length > 0 && findBounds(target).length === 0 ? flat : target) : bare.text, declarations: [],
        responsibility: responsibilityOf(cell(row, 'lead'), cell(row, 'responsible'), cell(row, 'assist'), legend),
        responsibilityWords: row.join(' | '),
        doubts: [
          ...(guessed ? ['表格的列是按页面位置还原的，请对照原文核对这一行。'] : []),
          ...(stated.doubt === '' ? [] : [stated.doubt]),
          ...(bare === null || bare.text.startsWith('=') ? [] : [`目标只写了${target}，没有写不低于还是不高于；现按不低于，请确认。`]),
          ...(tasks.length > 1 && nth === 0 ? [`这一格里写了${tasks.length}项任务，已拆成${tasks.length}条，请核对。`] : []),
        ],
      });
    }
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

/** `1.…；2.…` in one cell are several tasks; anything else is one. */
function splitTasks(written: string): readonly string[] {
  const plain = halfWidth(written);
  const cuts: number[] = [];
  for (const found of plain.matchAll(/(?<=^|[;。\n]\s*)[(]?(\d{1,2}|[①-⑳])[)]?[.、]?\s*(?=[^\d\s.])/gu)) {
    const number = /\d/u.test(found[1] ?? '') ? Number(found[1]) : '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'.indexOf(found[1] ?? '') + 1;
    if (number === cuts.length + 1) cuts.push(found.index);
  }
  const pieces = cuts.length < 2 ? [written] : cuts.map((from, at) => written.slice(from, cuts[at + 1] ?? written.length));
  return pieces.map((piece) => piece.trim().replace(/^[(\uff08]?(?:\d{1,2}[)\uff09、.\uff0e]|[①-⑳])\s*(?=\D)/u, '').replace(/[;\uff1b。]$/u, '').trim()).filter((piece) => piece !== '');
}

const measureOf = (cell: string): string => (/^[-—–/]?$/u.test(cell.trim()) ? '' : halfWidth(cell.trim()));
const isBlankMark = (text: string): boolean => /^[-—–/无]*$/u.test(text.trim());

/** What a row's target is: of several target columns, one for each year, the last; and asked. */
function chooseTarget(row: readonly string[], columns: readonly Column[], titles: readonly string[]): { readonly text: string; readonly doubt: string } {
  const cells = columns.flatMap((column, at) => (column === 'target' && !isBlankMark(row[at] ?? '') ? [{ title: (titles[at] ?? '').replace(/\n/gu, ''), text: (row[at] ?? '').replace(/\n/gu, '') }] : []));
  const distinct = cells.filter((cell, at) => cells.findIndex((other) => other.text === cell.text) === at);
  const last = distinct.at(-1);
  if (last === undefined) return { text: '', doubt: '' };
  if (distinct.length === 1) return { text: last.text, doubt: '' };
  if (!distinct.every(({ title }) => /20\d{2}|年/u.test(title))) return { text: distinct.map(({ text }) => text).join('；'), doubt: `表中有几列都像目标（${distinct.map(({ title, text }) => `${title}：${text}`).join('；')}），请确认以哪一列为准。` };
  return { text: last.text, doubt: `表中逐年写了目标（${distinct.map(({ title, text }) => `${title}：${text}`).join('；')}），现取最后一列，请确认。` };
}

/** A bare figure in a target column as its bound: `95%` is ≥95%, `100%` all of it; null where the words say more. */
function bareFigure(target: string): { readonly text: string } | null {
  const found = /^\s*(\d+(?:\.\d+)?)\s*([^\d\s≥≤<>=以]{1,8})\s*$/u.exec(halfWidth(target));
  if (found === null || findBounds(target).length > 0 || findTrend(target, '') !== null) return null;
  return { text: found[1] === '100' && found[2] === '%' ? '=100%' : `≥${found[1] ?? ''}${found[2] ?? ''}` };
}

function responsibilityOf(lead: string, responsible: string, assist: string, legend: Legend): Responsibility | null {
  const list = (text: string): ReturnType<typeof splitUnits> => splitUnits(text.replace(/\n/gu, '、').replace(/、{2,}/gu, '、'));
  const dash = (text: string): string => (/^[-—–/无]+$/u.test(text.trim()) ? '' : text);
  const parts: Responsibility[] = [];
  if (dash(lead) !== '') {
    const { names, note, doubts } = list(lead);
    parts.push({ lead: names, assist: [], note, doubts });
  }
  if (dash(responsible) !== '') {
    const spoken = /牵头|配合|协办/u.test(responsible) ? readResponsibility(responsible.replace(/\n/gu, ''), legend) : null;
    const assists = lead !== '';
    const read = spoken ?? (assists ? null : readResponsibility(`责任单位:${responsible.replace(/\n/gu, '、')}`, { ...legend, firstLeads: legend.firstLeads || assist !== '' }));
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
