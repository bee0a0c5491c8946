import { defaultProfile, renderPaperDocx } from '../papers/index.ts';
import type { Block, Cell, Column, Row } from '../papers/index.ts';
import { declarationHeads, formWords, tableHeads } from './form-sheet.ts';
import type { IndicatorForm } from './form-sheet.ts';

const cell = (text: string): Cell => ({ text, align: 'left' });
const head = (text: string): Cell => ({ text, header: true, align: 'center' });
const columnsOf = (widths: readonly number[]): readonly Column[] => widths.map((width) => ({ width, align: 'left' }));

const table = (widths: readonly number[], rows: readonly Row[]): readonly Block[] => [{ kind: 'table', table: { columns: columnsOf(widths), headers: [], rows, rowHeight: 8, leastRows: 0 } }, { kind: 'space', height: 4 }];

/** The form as a document, for an office that fills tables in Word: the same words in the same places as the workbook's. */
export const writeFormDocument = (form: IndicatorForm): Promise<Uint8Array> => {
  const pairs = (...given: readonly (readonly [name: string, value: string])[]): readonly Block[] => table([60, 180], given.map(([name, value]) => ({ cells: [head(name), cell(value)] })));
  const blocks: readonly Block[] = [
    { kind: 'text', style: 'formTitle', text: `${form.code} ${form.name}` },
    { kind: 'text', style: 'formNote', text: `目标：${form.target}` },
    ...pairs([formWords.code, form.code], [formWords.unit, form.unit], [formWords.person, form.person], [formWords.phone, form.phone]),
    ...(form.years.length === 0
      ? []
      : table(
          [20, 26, 24, 26, 26, 58, 22, 38],
          [{ cells: tableHeads.map(head) }, ...form.years.map((row) => ({ cells: [String(row.year), row.value, row.unit, row.numerator, row.denominator, row.source, row.page, row.note].map(cell) }))],
        )),
    ...(form.declarations.length === 0
      ? []
      : table([24, 126, 50, 40], [{ cells: declarationHeads.map(head) }, ...form.declarations.map((row) => ({ cells: [String(row.number), row.situation, row.answer, row.signedBy].map(cell) }))])),
    ...table([240], [{ cells: [head(formWords.textHead)] }, { cells: [{ ...cell(form.text), vertical: 'top' }], height: 60 }]),
    ...pairs([formWords.signer, form.signer], [formWords.none, form.none]),
  ];
  return renderPaperDocx({ title: `${form.code} ${form.name}`, draft: false, sections: [{ page: 'landscape', numbering: 'none', blocks }] }, defaultProfile);
};
