import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { WorkerPool } from '../../src-main/intake/index.ts';
import { makeDocx, makeXlsx } from '../fixtures/mixed-folder.ts';
import { makeFolder, writeScratch } from './scratch.ts';

const font = (name: string): string => join(resolve(import.meta.dirname, '../..'), 'resources/fonts', `${name}.ttf`);
const fonts = { song: font('song'), hei: font('hei'), kai: font('kai'), xiaobiaosong: font('xiaobiaosong') };
const pool = new WorkerPool();
afterAll(() => pool.close());

async function convert(kind: 'docx' | 'xlsx', bytes: Uint8Array) {
  const out = join(makeFolder(), 'f.pdf');
  const made = await pool.convert(writeScratch(`a.${kind}`, bytes), kind, { out, fonts });
  const pages = made.ok ? execFileSync('pdftotext', ['-layout', out, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1) : [];
  return { made, out, pages: pages.map((page) => page.normalize('NFKC').split('\n').map((line) => line.replace(/\s+/gu, ' ').trim()).filter((line) => line !== '')) };
}

const picture = (): Uint8Array => {
  const canvas = createCanvas(40, 20);
  canvas.getContext('2d').fillStyle = '#ff0000';
  canvas.getContext('2d').fillRect(0, 0, 40, 20);
  return canvas.toBuffer('image/png');
};
const names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"';
const docxOf = (body: string, more: Record<string, Uint8Array> = {}): Uint8Array =>
  zipSync({ ...unzipSync(makeDocx([])), 'word/document.xml': strToU8(`<w:document ${names}><w:body>${body}</w:body></w:document>`), ...more });
const paragraph = (text: string, look = ''): string => `<w:p>${look}<w:r><w:t>${text}</w:t></w:r></w:p>`;
const drawing = (id: string): string => `<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1270000" cy="635000"/><a:graphic><a:blip ${id}/></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
const relations = (body: string): Uint8Array => strToU8(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${body}</Relationships>`);

describe('DOCX without an office program', () => {
  it('sets paragraphs, lists and tables with merged cells, and leaves out what was struck', async () => {
    const cell = (text: string, look = ''): string => `<w:tc><w:tcPr>${look}</w:tcPr>${paragraph(text)}</w:tc>`;
    const list = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>';
    const { made, pages } = await convert('docx', docxOf(
      [
        paragraph('关于报送数据的函', '<w:pPr><w:jc w:val="center"/></w:pPr>'),
        paragraph('基本情况', list), paragraph('主要做法', list),
        '<w:p><w:r><w:t>保留</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>',
        `<w:tbl><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="3000"/></w:tblGrid><w:tr>${cell('合并标题', '<w:gridSpan w:val="2"/>')}</w:tr><w:tr>${cell('上下', '<w:vMerge w:val="restart"/>')}${cell('甲')}</w:tr><w:tr>${cell('', '<w:vMerge/>')}${cell('乙')}</w:tr></w:tbl>`,
      ].join(''),
      { 'word/numbering.xml': strToU8(`<w:numbering ${names}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`) },
    ));
    expect(made).toMatchObject({ ok: true, value: { pages: 1, approximate: true, losses: [] } });
    // Which of the merged cell and its neighbours comes first on a line is the extractor's.
    expect(pages[0]?.slice(0, 5)).toEqual(['关于报送数据的函', '一、基本情况', '二、主要做法', '保留', '合并标题']);
    expect(pages[0]?.slice(5).join('').replace(/\s/gu, '').split('').toSorted()).toEqual([...'上下甲乙'].toSorted());
  });

  it('turns the page for a section across and shows a picture of its own, never one from outside', async () => {
    const section = (body: string): string => `<w:sectPr>${body}</w:sectPr>`;
    const { made, out, pages } = await convert('docx', docxOf(
      `${paragraph('竖页', `<w:pPr>${section('<w:pgSz w:w="11906" w:h="16838"/>')}</w:pPr>`)}${drawing('r:embed="r1"')}${drawing('r:link="r2"')}${paragraph('横页')}${section('<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>')}`,
      {
        'word/media/a.png': picture(),
        'word/_rels/document.xml.rels': relations('<Relationship Id="r1" Type="image" Target="media/a.png"/><Relationship Id="r2" Type="image" Target="file:///etc/passwd" TargetMode="External"/>'),
      },
    ));
    expect(pages).toEqual([['竖页'], ['横页']]);
    expect(made.ok && made.value.losses).toEqual(['图形没有画出']);
    expect(execFileSync('pdfinfo', ['-l', '2', out], { encoding: 'utf8' })).toMatch(/Page\s+1 size:\s+595[^\n]*\n[\s\S]*Page\s+2 size:\s+842/u);
    expect(execFileSync('pdfimages', ['-list', out], { encoding: 'utf8' }).trim().split('\n')).toHaveLength(3);
  });

  it('loses no character of a long text and a row taller than a page', async () => {
    const text = '生态文明建设是关系中华民族永续发展的根本大计，'.repeat(120);
    const { made, pages } = await convert('docx', docxOf(`${paragraph(text)}<w:tbl><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc>${paragraph(text)}</w:tc></w:tr></w:tbl>`));
    expect(made.ok && made.value.pages).toBeGreaterThan(2);
    expect(pages.flat().join('').replace(/\s/gu, '')).toBe((text + text).normalize('NFKC'));
  });

  it('refuses entities and what would fill more pages than anyone reads', async () => {
    const refuse = async (bytes: Uint8Array): Promise<string> => {
      const { made } = await convert('docx', bytes);
      return made.ok ? 'taken' : made.error.error;
    };
    expect(await refuse(makeDocx(['&a;'], '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'))).toBe('file-damaged');
    expect(await refuse(docxOf('<w:p><w:pPr><w:pageBreakBefore/></w:pPr></w:p>'.repeat(2100)))).toBe('file-too-large');
  });
});

describe('XLSX without an office program', () => {
  it('shows cells as their formats say, merged titles and wide sheets across', async () => {
    const cell = (place: string, value: string, style: number, type = ''): string => `<c r="${place}" s="${style}"${type}>${value}</c>`;
    const bytes = zipSync({
      ...unzipSync(makeXlsx([])),
      'xl/_rels/workbook.xml.rels': relations('<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'),
      'xl/sharedStrings.xml': strToU8('<sst><si><t>处理率</t></si><si><r><t>分</t></r><r><t>段</t></r><rPh><t>读音</t></rPh></si></sst>'),
      'xl/styles.xml': strToU8('<styleSheet><numFmts><numFmt numFmtId="170" formatCode="#,##0.00"/></numFmts><fonts><font><sz val="11"/></font></fonts><borders><border/><border><left style="thin"/></border></borders><cellXfs><xf/><xf numFmtId="10"/><xf numFmtId="31"/><xf numFmtId="170" borderId="1"/></cellXfs></styleSheet>'),
      'xl/worksheets/sheet1.xml': strToU8(`<worksheet><cols><col min="1" max="6" width="30"/></cols><sheetData><row r="1">${cell('A1', '<is><t>2023年度统计表</t></is>', 0, ' t="inlineStr"')}</row><row r="2">${cell('A2', '<v>0</v>', 0, ' t="s"')}${cell('B2', '<v>0.9634</v>', 1)}${cell('C2', '<v>45200</v>', 2)}</row><row r="4">${cell('A4', '<v>1</v>', 0, ' t="s"')}${cell('B4', '<f>A1*2</f><v>12345.678</v>', 3)}${cell('F4', '<v>7</v>', 0)}</row></sheetData><mergeCells><mergeCell ref="A1:F1"/></mergeCells></worksheet>`),
    });
    const { made, out, pages } = await convert('xlsx', bytes);
    expect(made).toMatchObject({ ok: true, value: { pages: 1, approximate: true, losses: [] } });
    expect(pages[0]).toEqual(['2023年度统计表', '处理率 96.34% 2023年10月1日', '分段 12,345.68 7']);
    expect(execFileSync('pdfinfo', [out], { encoding: 'utf8' })).toMatch(/Page size:\s+842/u);
  });

  it('does not follow a sheet that claims millions of rows', async () => {
    const sheet = '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>';
    const { made } = await convert('xlsx', zipSync({ ...unzipSync(makeXlsx([])), 'xl/worksheets/sheet1.xml': strToU8(sheet) }));
    expect(made).toMatchObject({ ok: true, value: { pages: 1, losses: ['表格过大，超出的行列没有画出'] } });
  });
});
