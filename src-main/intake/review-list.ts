import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { decodeText } from './decode-text.ts';
import { readDocxText, readXlsxText } from './office-text.ts';
import { findSpan } from './plan-reader/plan-dates.ts';
import { trouble } from './trouble.ts';
import type { IntakeTrouble } from './trouble.ts';

/** One finding of a reviewer as a list names it; what the list does not say is empty. */
export interface ListedFinding {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly text: string;
  /** Code or name of the indicator, as it is written. */
  readonly indicator: string;
  readonly unit: string;
  /** `YYYY-MM-DD`. */
  readonly due: string;
  readonly by: string;
}

const LARGEST = 20_000_000;
const MOST = 5000;

type Column = 'indicator' | 'text' | 'unit' | 'due' | 'by' | 'other';
const COLUMNS: readonly (readonly [Column, RegExp])[] = [
  ['due', /时限|期限|完成时间|截止/u],
  ['unit', /责任单位|整改单位|牵头单位|责任部门|承办/u],
  ['by', /提出人|专家|审核人|检查人|评审人/u],
  ['other', /序号|编号$|整改措施|整改情况|整改结果|备注|状态/u],
  ['text', /问题|意见|不足|建议|情况描述|整改事项/u],
  ['indicator', /指标|条目|项目/u],
];
const columnOf = (title: string): Column => {
  const plain = title.replace(/\s/gu, '');
  return /^指标(?:编号|代码|序号)$/u.test(plain) ? 'indicator' : (COLUMNS.find(([, words]) => words.test(plain))?.[0] ?? 'other');
};

/**
 * Reads a reviewers' list: XLSX, CSV, TXT or DOCX, told apart by content. A table needs a header that names the column of the findings
 * (问题、意见); a text has one finding a line, `指标5.1` at its beginning names its indicator. `year` completes dates that name none.
 */
export async function readReviewList(path: string, year: number): Promise<Result<readonly ListedFinding[], IntakeTrouble>> {
  const bytes = await readFile(path);
  if (bytes.length === 0) return fail(trouble('file-empty', '文件是空的，请换一份。'));
  if (bytes.length > LARGEST) return fail(trouble('file-too-large', '问题清单超过20MB，请只留清单本身。'));
  const rows = await readRows(path, bytes);
  if (!rows.ok) return rows;
  const found = findingsOf(rows.value, year);
  if (found.length === 0) return fail(trouble('file-damaged', '没有读到问题：表格要有“问题”或“意见”一列，文本要每行一条。'));
  return found.length > MOST ? fail(trouble('file-too-large', `清单有${found.length}条，超过${MOST}条，请拆成几份。`)) : ok(found);
}

async function readRows(path: string, bytes: Uint8Array): Promise<Result<readonly (readonly string[])[], IntakeTrouble>> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const text = /\.docx$/iu.test(basename(path)) ? await readDocxText(path) : await readXlsxText(path);
    return text.ok ? ok(text.value.split('\n').map((line) => line.split('\t').map((cell) => cell.trim()))) : text;
  }
  const decoded = decodeText(bytes);
  if (decoded === undefined) return fail(trouble('file-damaged', '不是表格也不是文本，请另存为 XLSX、CSV 或 TXT。'));
  return ok(/\.csv$/iu.test(basename(path)) ? readCsv(decoded.text) : decoded.text.split(/\r\n|\r|\n/u).map((line) => line.split('\t').map((cell) => cell.trim())));
}

/** Cells of a CSV (RFC 4180): quoted cells may hold commas, line ends and doubled quotes. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const found of text.replace(/^\ufeff/u, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\r|\n|$)/gu)) {
    row.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim());
    if (found[3] === ',') continue;
    rows.push(row);
    row = [];
    if (found[3] === '') break;
  }
  return rows;
}

function findingsOf(rows: readonly (readonly string[])[], year: number): readonly ListedFinding[] {
  const at = rows.findIndex((row) => row.length > 1 && row.some((cell) => columnOf(cell) === 'text' && cell.length <= 12));
  const columns = rows[at]?.map(columnOf);
  if (columns === undefined) return rows.flatMap((row, nth) => lineFinding(row.join(' ').trim(), nth + 1, year));
  return rows.slice(at + 1).flatMap((row, nth): readonly ListedFinding[] => {
    const cell = (column: Column): string => [...new Set(columns.flatMap((own, place) => (own === column && (row[place] ?? '') !== '' ? [row[place] ?? ''] : [])))].join(' ');
    const text = cell('text');
    return text === '' ? [] : [{ line: at + nth + 2, text, indicator: cell('indicator'), unit: cell('unit'), due: dayOf(cell('due'), year), by: cell('by') }];
  });
}

const dayOf = (words: string, year: number): string => (/^20\d{2}-\d{2}-\d{2}$/u.test(words) ? words : (findSpan(words, year)?.to ?? ''));

/** `3. 指标5.1：缺2021年数据表（责任单位：区城管局；5月20日前）` */
function lineFinding(line: string, number: number, year: number): readonly ListedFinding[] {
  const text = line.replace(/^[(\uff08]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)\uff09、.\uff0e]\s*(?!\d)/u, '').trim();
  if (text.length < 4 || /(?:问题|意见)(?:清单|汇总)(?:表)?$|[:\uff1a]$/u.test(text)) return [];
  const indicator = /^(?:关于)?指标\s*([0-9A-Z][0-9A-Za-z.]*)/u.exec(text)?.[1] ?? '';
  const unit = /责任单位\s*[:\uff1a]\s*([^;\uff1b)\uff09。,\uff0c]+)/u.exec(text)?.[1]?.trim() ?? '';
  return [{ line: number, text, indicator, unit, due: /前|时限|截止/u.test(text) ? dayOf(/[^;\uff1b。,\uff0c(\uff08]*(?:前|截止)/u.exec(text)?.[0] ?? '', year) : '', by: '' }];
}
