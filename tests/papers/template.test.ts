import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Document, Header, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src-main/papers/template.ts';

/** A DOCX whose paragraphs are cut into runs as given: each run has another look, as Word leaves them after editing. */
const makeTemplate = (paragraphs: readonly (readonly string[])[], header = ''): Promise<Uint8Array> =>
  Packer.pack(
    new Document({
      sections: [
        {
          headers: { default: new Header({ children: [new Paragraph(header)] }) },
          children: [
            ...paragraphs.map((runs) => new Paragraph({ children: runs.map((text, index) => new TextRun({ text, bold: index % 2 === 0 })) })),
            new Table({ rows: [new TableRow({ children: [new TableCell({ children: [new Paragraph('编号：{{指标编号}}')] })] })] }),
          ],
        },
      ],
    }),
    'uint8array',
  );

const values = { 单位名称: '区<城>&管\n理局', 指标编号: 'N.1', 日期: '2024年4月12日', 附件: '1. {{日期}}' };

const textOf = (bytes: Uint8Array, part: string): string => [...strFromU8(unzipSync(bytes)[part] ?? new Uint8Array()).matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:br\/>/gu)].map((match) => match[1] ?? '\n').join('');

describe("the office's own template", () => {
  it('is filled wherever a field stands, also where Word has cut it into runs', async () => {
    const filled = await fillTemplate(await makeTemplate([['致{', '{单位', '名称', '}', '}：'], ['{{ 附件 }}']], '{{日期}}'), values);
    if (!filled.ok) throw new Error(filled.problems.join());
    expect(textOf(filled.bytes, 'word/document.xml')).toBe('致区&lt;城&gt;&amp;管\n理局：1. {{日期}}编号：N.1');
    expect(textOf(filled.bytes, 'word/header1.xml')).toBe('2024年4月12日');
    expect([...filled.used].toSorted()).toEqual(['单位名称', '指标编号', '日期', '附件'].toSorted());
    const again = await fillTemplate(await makeTemplate([['致{', '{单位', '名称', '}', '}：'], ['{{ 附件 }}']], '{{日期}}'), values);
    expect(again.ok && Buffer.from(again.bytes).equals(Buffer.from(filled.bytes))).toBe(true);
  });

  // Saved by LibreOffice 7.4 from a document with a field in each of these places, in runs of several looks.
  it('is filled in headers, footers, tables, text boxes, shapes, notes and comments as LibreOffice writes them', async () => {
    const template = readFileSync(path.join(import.meta.dirname, '../fixtures/office-template.docx'));
    const filled = await fillTemplate(template, { ...values, 地区: '市南区', 指标名称: '河湖岸线保护率' });
    if (!filled.ok) throw new Error(filled.problems.join());
    const parts = unzipSync(filled.bytes);
    for (const [name, content] of Object.entries(parts)) if (name.endsWith('.xml')) expect(strFromU8(content), name).not.toMatch(/\{\{|\}\}/u);
    expect(textOf(filled.bytes, 'word/header1.xml')).toBe('页眉 区&lt;城&gt;&amp;管\n理局');
    expect(textOf(filled.bytes, 'word/footer1.xml')).toBe('页脚 2024年4月12日');
    const body = textOf(filled.bytes, 'word/document.xml');
    for (const words of ['关于河湖岸线保护率不涉及的证明', 'N.1', '文本框 区&lt;城&gt;&amp;管\n理局', '形状 2024年4月12日']) expect(body).toContain(words);
    expect(textOf(filled.bytes, 'word/footnotes.xml')).toContain('脚注 2024年4月12日');
    expect(textOf(filled.bytes, 'word/comments.xml')).toContain('请核对 市南区');
    expect([...filled.used].toSorted()).toEqual(['单位名称', '地区', '指标名称', '指标编号', '日期'].toSorted());
  });

  it.each([
    [[['{{单位}}'], ['{{没有}}']], ['没有“单位”这个字段，可用的字段有：单位名称、指标编号、日期、附件', '没有“没有”这个字段，可用的字段有：单位名称、指标编号、日期、附件']],
    [[['{{单位名称 后面还有字']], ['字段“{{单位名称”没有写完，缺少后面的 }}']],
    [[['单位名称}}']], ['字段“单位名称}}”缺少前面的 {{']],
    [[['{{/日期}}']], ['字段“日期”以 # 或 / 开头，模板里不能用循环']],
    [[['{{__proto__}}'], ['{{constructor}}']], ['字段“__proto__”写法不对', '字段“constructor”写法不对']],
  ])('with a wrong field %j names it', async (paragraphs, problems) => {
    expect(await fillTemplate(await makeTemplate(paragraphs), values)).toEqual({ ok: false, problems });
  });

  it('without a field, with full-width braces, or no DOCX at all says so', async () => {
    const bare = await Packer.pack(new Document({ sections: [{ children: [new Paragraph('没有字段')] }] }), 'uint8array');
    expect(await fillTemplate(bare, values)).toEqual({ ok: false, problems: ['里面没有一个字段，请在要填写的地方写上字段名，例如 {{单位名称}}'] });
    const wide = await Packer.pack(new Document({ sections: [{ children: [new Paragraph('｛｛日期｝｝')] }] }), 'uint8array');
    expect(await fillTemplate(wide, values)).toEqual({ ok: false, problems: ['字段用了全角花括号，请改成半角，例如 {{单位名称}}'] });
    expect(await fillTemplate(new TextEncoder().encode('no zip'), values)).toEqual({ ok: false, problems: ['文件不是完好的 DOCX，请在 Word 中另存为 .docx 后再选'] });
  });
});
