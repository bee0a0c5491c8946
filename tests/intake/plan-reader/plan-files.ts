import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Document, LevelFormat, Packer, Paragraph, SectionType, Table, TableCell, TableRow, TextRun, VerticalMergeType, WidthType } from 'docx';

const lines = (text: string): Paragraph[] => text.split('\n').filter((line) => line.trim() !== '').map((line) => new Paragraph({ children: [new TextRun({ text: line, font: 'Noto Serif CJK SC' })] }));

/** A plan's text as DOCX, in one column or two. */
export const docxOfText = async (text: string, columns: 1 | 2 = 1): Promise<Uint8Array> => {
  const [title = '', ...rest] = text.split('\n');
  const body = { properties: { type: SectionType.CONTINUOUS, column: { count: columns, space: 700 } }, children: lines(rest.join('\n')) };
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children: lines(title) }, body] })));
};

/** A title and a table; columns in `merged` join equal neighbours downwards. */
export const docxOfTable = async ({ title, header, rows, merged }: { readonly title: string; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly merged: readonly number[] }): Promise<Uint8Array> => {
  const widths = header.map(() => Math.floor(9000 / header.length));
  const cell = (text: string, column: number, merge?: (typeof VerticalMergeType)[keyof typeof VerticalMergeType]): TableCell =>
    new TableCell({ width: { size: widths[column] ?? 1000, type: WidthType.DXA }, children: [new Paragraph({ children: [new TextRun({ text, font: 'Noto Serif CJK SC', size: 18 })] })], ...(merge === undefined ? {} : { verticalMerge: merge }) });
  const table = new Table({
    columnWidths: widths,
    rows: [
      new TableRow({ tableHeader: true, children: header.map((text, at) => cell(text, at)) }),
      ...rows.map((row, at) => new TableRow({
        children: row.map((text, column) => {
          if (!merged.includes(column)) return cell(text, column);
          return rows[at - 1]?.[column] === text ? cell('', column, VerticalMergeType.CONTINUE) : cell(text, column, VerticalMergeType.RESTART);
        }),
      })),
    ],
  });
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children: [...lines(title), table] }] })));
};

/** Numbers that Word counts itself: they are nowhere in the text. */
export const docxOfLists = async (sections: readonly { readonly heading: string; readonly items: readonly string[] }[], title: string): Promise<Uint8Array> => {
  const numbering = { config: [{ reference: 'plan', levels: [
    { level: 0, format: LevelFormat.CHINESE_COUNTING, text: '%1、' },
    { level: 1, format: LevelFormat.DECIMAL, text: '%2.' },
  ] }] };
  const children = [...lines(title), ...sections.flatMap(({ heading, items }) => [
    new Paragraph({ text: heading, numbering: { reference: 'plan', level: 0 } }),
    ...items.map((text) => new Paragraph({ text, numbering: { reference: 'plan', level: 1 } })),
  ])];
  return new Uint8Array(await Packer.toBuffer(new Document({ numbering, sections: [{ children }] })));
};

/** Whether an office program that writes PDF is here. */
export const canMakePdf = (): boolean => {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore', timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
};

/** DOCX files as PDF by LibreOffice, in one run. */
export const pdfsOf = (documents: Readonly<Record<string, Uint8Array>>): ReadonlyMap<string, Uint8Array> => {
  const folder = mkdtempSync(join(tmpdir(), 'plan-pdf-'));
  try {
    const names = Object.keys(documents);
    for (const name of names) writeFileSync(join(folder, `${name}.docx`), documents[name] ?? new Uint8Array());
    execFileSync('soffice', ['--headless', `-env:UserInstallation=file://${folder}/profile`, '--convert-to', 'pdf', '--outdir', folder, ...names.map((name) => join(folder, `${name}.docx`))], { stdio: 'ignore', timeout: 180_000 });
    return new Map(names.map((name) => [name, new Uint8Array(readFileSync(join(folder, `${name}.pdf`)))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
