import readSheets from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import type { CellObject, SheetData } from 'write-excel-file/node';
import { soundFonts } from '../papers/index.ts';
import { PackFault } from './pack-trouble.ts';
import { openZip } from './zip-reader.ts';

/** Files that a unit fills by hand, one or the other. Cells are found again by these words, wherever the clerk has moved them. */
export const FORM_FILE = '填报表.xlsx';
export const FORM_DOCUMENT = '填报表.docx';
const SHEET = '填报';
export const formWords = {
  code: '指标编号',
  unit: '填报单位',
  person: '填报人',
  phone: '联系电话',
  yearHead: '年份',
  textHead: '达标情况说明',
  declarationHead: '情形序号',
  signer: '单位负责人（签名）',
  none: '本单位无材料（填“是”）',
} as const;

export const tableHeads = [formWords.yearHead, '数值', '计量单位', '分子', '分母', '出处文件名', '出处页码', '备注'] as const;
export const declarationHeads = [formWords.declarationHead, '情形', '是否发生（是/否）', '签字人'] as const;

export interface FormYear {
  readonly year: number;
  readonly value: string;
  readonly unit: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly source: string;
  readonly page: string;
  readonly note: string;
}

export interface FormDeclaration {
  readonly number: number;
  readonly situation: string;
  readonly answer: string;
  readonly signedBy: string;
}

/** What one form says, every cell as the text that stands in it. */
export interface IndicatorForm {
  readonly code: string;
  readonly name: string;
  readonly target: string;
  readonly unit: string;
  readonly person: string;
  readonly phone: string;
  readonly years: readonly FormYear[];
  readonly text: string;
  readonly declarations: readonly FormDeclaration[];
  readonly signer: string;
  readonly none: string;
}

type Line = (CellObject | null)[];

const bordered = { borderStyle: 'thin', borderColor: '#808080', wrap: true, alignVertical: 'center' } as const;
/** Text format keeps what is typed as it was typed: `96.3%` stays 96.3, and no text becomes a formula. */
const entry = (value: string): CellObject => ({ value, type: String, format: '@', ...bordered });
const head = (value: string): CellObject => ({ value, type: String, fontWeight: 'bold', backgroundColor: '#E8EEF4', align: 'center', ...bordered });
const wide = (cell: CellObject, columnSpan: number): Line => [{ ...cell, columnSpan }, ...Array.from({ length: columnSpan - 1 }, () => null)];
const WIDTH = tableHeads.length;

/** The form as a workbook that Excel, WPS and LibreOffice fill in. */
export const writeForm = async (form: IndicatorForm): Promise<Uint8Array> => {
  const pair = (name: string, value: string): Line => [...wide(head(name), 2), ...wide(entry(value), WIDTH - 2)];
  const rows: SheetData = [
    wide({ value: `${form.code} ${form.name}`, type: String, fontWeight: 'bold', fontSize: 14, align: 'center', height: 30 }, WIDTH),
    wide({ value: `目标：${form.target}`, type: String, wrap: true }, WIDTH),
    pair(formWords.code, form.code),
    pair(formWords.unit, form.unit),
    pair(formWords.person, form.person),
    pair(formWords.phone, form.phone),
    [null],
    ...(form.years.length === 0
      ? []
      : [tableHeads.map(head), ...form.years.map((row) => [String(row.year), row.value, row.unit, row.numerator, row.denominator, row.source, row.page, row.note].map(entry)), [null]]),
    ...(form.declarations.length === 0
      ? []
      : [
          [head(declarationHeads[0]), ...wide(head(declarationHeads[1]), 4), ...wide(head(declarationHeads[2]), 2), head(declarationHeads[3])],
          ...form.declarations.map((row) => [entry(String(row.number)), ...wide(entry(row.situation), 4), ...wide(entry(row.answer), 2), entry(row.signedBy)]),
          [null],
        ]),
    wide(head(formWords.textHead), WIDTH),
    wide({ ...entry(form.text), height: 220, alignVertical: 'top' }, WIDTH),
    [null],
    pair(formWords.signer, form.signer),
    pair(formWords.none, form.none),
  ];
  return writeXlsxFile([{ data: rows, sheet: SHEET, columns: [14, 14, 14, 14, 14, 30, 12, 26].map((width) => ({ width })), orientation: 'landscape' }], { features: [soundFonts] }).toBuffer();
};

const MIB = 1_048_576;
const formLimits = { entries: 500, bytes: 64 * MIB };
const mostRows = 5000;

const textOf = (cell: unknown): string => (cell === null || cell === undefined ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)).trim();

/** Unpacks every part once: the sizes that a workbook states are then known to be true, and a bomb stops here. */
const checkWorkbook = async (path: string): Promise<void> => {
  const zip = await openZip(path, formLimits);
  try {
    for (const part of zip.entries.values()) for await (const _piece of await zip.read(part)) continue;
  } finally {
    zip.close();
  }
};

/** Cells of a form as the clerk left it, row by row. */
export type FormGrid = readonly (readonly string[])[];

/** Reads a filled workbook. Throws `PackFault` for what is no such workbook. */
export const readForm = async (path: string): Promise<IndicatorForm> => {
  let grid: FormGrid;
  try {
    await checkWorkbook(path);
    const sheets = await readSheets(path);
    const sheet = sheets.find((one) => one.sheet === SHEET) ?? sheets[0];
    grid = (sheet?.data ?? []).slice(0, mostRows).map((row) => row.map(textOf));
  } catch (error) {
    if (error instanceof PackFault) throw error;
    throw new PackFault({ code: 'pack-changed', path, detail: `填报表打不开（${error instanceof Error ? error.message : String(error)}），请用Excel或WPS另存为xlsx` }, { cause: error });
  }
  return readGrid(path, grid);
};

/** Cells stand where their words stand. Throws `PackFault` where there are none. */
export const readGrid = (path: string, grid: FormGrid): IndicatorForm => {
  const rowOf = (word: string): number => grid.findIndex((row) => row.some((cell) => cell === word));
  const beside = (word: string): string => {
    const row = grid[rowOf(word)] ?? [];
    return row.slice(row.indexOf(word) + 1).find((cell) => cell !== '') ?? '';
  };
  const code = beside(formWords.code);
  if (code === '') throw new PackFault({ code: 'pack-not-a-pack', path, detail: `填报表里找不到“${formWords.code}”` });
  /** Rows below a head until the first that has nothing in its first column. */
  const below = (word: string): { readonly columns: ReadonlyMap<string, number>; readonly rows: readonly (readonly string[])[] } => {
    const at = rowOf(word);
    if (at < 0) return { columns: new Map(), rows: [] };
    const heads = grid[at] ?? [];
    const first = heads.indexOf(word);
    const rows: (readonly string[])[] = [];
    for (const row of grid.slice(at + 1)) {
      if ((row[first] ?? '') === '') break;
      rows.push(row);
    }
    return { columns: new Map(heads.map((name, index) => [name, index])), rows };
  };
  const years = below(formWords.yearHead);
  const declarations = below(formWords.declarationHead);
  const cellIn = (columns: ReadonlyMap<string, number>, row: readonly string[], name: string): string => row[columns.get(name) ?? -1] ?? '';
  const textAt = rowOf(formWords.textHead);
  return {
    code,
    name: '',
    target: '',
    unit: beside(formWords.unit),
    person: beside(formWords.person),
    phone: beside(formWords.phone),
    years: years.rows.map((row) => {
      const cell = (name: (typeof tableHeads)[number]): string => cellIn(years.columns, row, name);
      return { year: Number(/\d{4}/u.exec(cell(formWords.yearHead).normalize('NFKC'))?.[0] ?? 0), value: cell('数值'), unit: cell('计量单位'), numerator: cell('分子'), denominator: cell('分母'), source: cell('出处文件名'), page: cell('出处页码'), note: cell('备注') };
    }),
    text: textAt < 0 ? '' : (grid[textAt + 1] ?? []).find((cell) => cell !== '') ?? '',
    declarations: declarations.rows.map((row) => {
      const cell = (name: (typeof declarationHeads)[number]): string => cellIn(declarations.columns, row, name);
      return { number: Number(cell(formWords.declarationHead)), situation: cell('情形'), answer: cell('是否发生（是/否）'), signedBy: cell('签字人') };
    }),
    signer: beside(formWords.signer),
    none: beside(formWords.none),
  };
};

/** A figure as a person types it: `９６．３％`, `1,024`, `约96` is none. Null where there is none. */
export const parseFigure = (text: string): number | null => {
  const plain = text.normalize('NFKC').replace(/[\s,]/gu, '').replace(/[%‰]$/u, '');
  return /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu.test(plain) ? Number(plain) : null;
};
