import { fail, ok, type Result } from '../../domain/result.ts';
import { childOf, childrenOf, readXmlTree, type XmlElement } from '../ofd/xml-tree.ts';
import { normalisePartName, withPackage, type Package } from '../package-reader.ts';
import { ListCounter, readNumbering } from '../plan-reader/docx-numbering.ts';
import { trouble, type IntakeTrouble } from '../trouble.ts';
import { DocxStyles, points, valOf, type RunLook } from './docx-styles.ts';
import type { FlowBlock, FlowCell, FlowDocument, FlowParagraph, FlowPicture, FlowRun, FlowSection, FlowTable } from './flow-model.ts';

const emu = 12_700;

/** Body of a DOCX as it reads today: what change tracking struck out is left out, pictures that lie outside the file are never fetched. */
export async function readDocxFlow(path: string): Promise<Result<FlowDocument, IntakeTrouble>> {
  return withPackage(path, async (parts) => {
    const xml = await parts.xml('word/document.xml');
    if (xml === undefined) return fail(trouble('file-damaged', 'DOCX 缺少正文，请重新导出后再导入。'));
    const reader = await DocxReader.open(parts);
    return ok(await reader.read(readXmlTree(xml)));
  });
}

const usualSection = { width: 595.3, height: 841.9, margins: { top: 72, right: 90, bottom: 72, left: 90 } } as const;

class DocxReader {
  readonly #parts: Package;
  readonly #styles: DocxStyles;
  readonly #lists: ListCounter;
  readonly #targets: ReadonlyMap<string, string>;
  readonly #losses = new Set<string>();

  private constructor(parts: Package, styles: DocxStyles, lists: ListCounter, targets: ReadonlyMap<string, string>) {
    this.#parts = parts;
    this.#styles = styles;
    this.#lists = lists;
    this.#targets = targets;
  }

  static async open(parts: Package): Promise<DocxReader> {
    const [styles = '', numbering = '', relations = ''] = await Promise.all(['word/styles.xml', 'word/numbering.xml', 'word/_rels/document.xml.rels'].map((name) => parts.xml(name)));
    const targets = new Map<string, string>();
    for (const relation of relations === '' ? [] : readXmlTree(relations).children) {
      // What lies outside the package is no part of the evidence.
      if (relation.attributes.get('TargetMode') === 'External') continue;
      const target = relation.attributes.get('Target') ?? '';
      targets.set(relation.attributes.get('Id') ?? '', normalisePartName(target.startsWith('/') ? target : `word/${target}`));
    }
    return new DocxReader(parts, new DocxStyles(styles === '' ? undefined : readXmlTree(styles)), new ListCounter(readNumbering(numbering, styles)), targets);
  }

  async read(root: XmlElement): Promise<FlowDocument> {
    const sections: FlowSection[] = [];
    let blocks: FlowBlock[] = [];
    for (const element of unwrapped(childOf(root, 'body')?.children ?? [])) {
      if (element.name === 'sectPr') sections.push(this.#section(element, blocks));
      else if (element.name === 'tbl') blocks.push(await this.#table(element));
      else if (element.name === 'p') {
        blocks.push(await this.#paragraph(element));
        const last = childOf(childOf(element, 'pPr'), 'sectPr');
        if (last !== undefined) {
          sections.push(this.#section(last, blocks));
          blocks = [];
        }
      }
    }
    // A body without its closing section, as some writers leave it.
    if (blocks.length > 0 && sections.at(-1)?.blocks !== blocks) sections.push({ ...usualSection, blocks });
    if (this.#parts.names.some((name) => /^word\/(?:header|footer)\d*\.xml$/u.test(name))) this.#losses.add('页眉页脚没有画出');
    if (this.#parts.names.includes('word/footnotes.xml')) this.#losses.add('脚注没有画出');
    if (this.#parts.names.some((name) => name.startsWith('word/charts/'))) this.#losses.add('图表没有画出');
    return { sections, losses: [...this.#losses] };
  }

  #section(properties: XmlElement, blocks: readonly FlowBlock[]): FlowSection {
    const size = childOf(properties, 'pgSz')?.attributes;
    const margins = childOf(properties, 'pgMar')?.attributes;
    const within = (value: number | undefined, least: number, most: number, usual: number): number => (value !== undefined && value >= least && value <= most ? value : usual);
    const width = within(points(size?.get('w')), 72, 4000, usualSection.width);
    const height = within(points(size?.get('h')), 72, 4000, usualSection.height);
    const side = (name: 'top' | 'right' | 'bottom' | 'left', length: number): number => within(Math.abs(points(margins?.get(name)) ?? Number.NaN), 0, length * 0.4, usualSection.margins[name]);
    return { width, height, margins: { top: side('top', height), right: side('right', width), bottom: side('bottom', height), left: side('left', width) }, blocks };
  }

  async #paragraph(element: XmlElement): Promise<FlowParagraph> {
    const properties = childOf(element, 'pPr');
    const { paragraph, run } = this.#styles.look(properties);
    const pieces: (FlowRun | FlowPicture)[] = [];
    const breaks = { page: false };
    await this.#collect(element, run, pieces, breaks);
    const numbering = childOf(properties, 'numPr');
    const marker = this.#lists.markerFor({
      style: valOf(properties, 'pStyle') ?? '',
      list: valOf(numbering, 'numId') ?? '',
      level: Number(valOf(numbering, 'ilvl') ?? 0),
      listed: numbering !== undefined,
      text: pieces.map((piece) => (piece.kind === 'run' ? piece.text : '')).join(''),
    });
    if (marker !== '') pieces.unshift({ kind: 'run', text: marker, ...run });
    return { kind: 'paragraph', ...paragraph, breakBefore: paragraph.breakBefore || breaks.page, pieces: pieces.length === 0 ? [{ kind: 'run', text: '', ...run }] : pieces };
  }

  async #collect(element: XmlElement, look: RunLook, pieces: (FlowRun | FlowPicture)[], breaks: { page: boolean }): Promise<void> {
    for (const child of element.children) {
      switch (child.name) {
        case 'r':
          await this.#run(child, this.#styles.run(look, childOf(child, 'rPr')), pieces, breaks);
          break;
        case 'hyperlink':
        case 'ins':
        case 'moveTo':
        case 'smartTag':
        case 'sdt':
        case 'sdtContent':
        case 'fldSimple':
          await this.#collect(child, look, pieces, breaks);
          break;
      }
    }
  }

  async #run(element: XmlElement, look: RunLook, pieces: (FlowRun | FlowPicture)[], breaks: { page: boolean }): Promise<void> {
    if (childOf(childOf(element, 'rPr'), 'vanish') !== undefined) return;
    const say = (text: string): void => void pieces.push({ kind: 'run', text, ...look });
    for (const child of element.children) {
      switch (child.name) {
        case 't':
          say(child.text);
          break;
        case 'tab':
          say('\t');
          break;
        case 'noBreakHyphen':
          say('-');
          break;
        case 'br':
        case 'cr':
          if (child.attributes.get('type') !== 'page') say('\n');
          // A break at the head of a paragraph turns the page for it; one behind text is taken for the next line.
          else if (pieces.every((piece) => piece.kind === 'run' && piece.text.trim() === '')) breaks.page = true;
          else say('\n');
          break;
        case 'drawing':
        case 'pict':
        case 'AlternateContent':
          await this.#picture(child, pieces);
          break;
      }
    }
  }

  /** Pictures stand in the line, also those that float in the original. */
  async #picture(element: XmlElement, pieces: (FlowRun | FlowPicture)[]): Promise<void> {
    const chosen = element.name === 'AlternateContent' ? (childOf(element, 'Choice') ?? element) : element;
    const extent = findDeep(chosen, 'extent')?.attributes;
    const reference = findDeep(chosen, 'blip')?.attributes.get('embed') ?? findDeep(chosen, 'imagedata')?.attributes.get('id');
    if (reference === undefined) {
      if (findDeep(chosen, 'txbxContent') !== undefined) this.#losses.add('文本框没有画出');
      else if (chosen.name === 'drawing' || chosen.name === 'pict') this.#losses.add('图形没有画出');
      return;
    }
    const target = this.#targets.get(reference);
    const bytes = target === undefined ? undefined : await this.#parts.bytes(target);
    if (bytes === undefined) {
      this.#losses.add('有图片不在文件里，没有画出');
      return;
    }
    if (findDeep(chosen, 'anchor') !== undefined) this.#losses.add('浮动图片（如印章）的位置与原文不同');
    const style = findDeep(chosen, 'shape')?.attributes.get('style') ?? '';
    const length = (name: string): number => Number(new RegExp(`(?:^|;)${name}:([\\d.]+)pt`, 'u').exec(style)?.[1] ?? Number.NaN);
    const [width, height] = extent === undefined ? [length('width'), length('height')] : [Number(extent.get('cx')) / emu, Number(extent.get('cy')) / emu];
    if (width > 0 && height > 0 && width < 3000 && height < 3000) pieces.push({ kind: 'picture', bytes, width, height: Math.min(height, 680) });
  }

  async #table(element: XmlElement): Promise<FlowTable> {
    const grid = childrenOf(childOf(element, 'tblGrid'), 'gridCol').map((column) => Math.max(5, points(column.attributes.get('w')) ?? 60));
    const jc = valOf(childOf(element, 'tblPr'), 'jc');
    const rows: { readonly height: number; readonly cells: FlowCell[]; readonly repeats: boolean }[] = [];
    /** The cell that began a vertical merge, by column. */
    const open = new Map<number, { readonly row: number; readonly at: number }>();
    for (const row of unwrapped(element.children).filter(({ name }) => name === 'tr')) {
      const properties = childOf(row, 'trPr');
      const cells: FlowCell[] = [];
      let column = Number(valOf(properties, 'gridBefore') ?? 0) || 0;
      for (const cell of unwrapped(row.children).filter(({ name }) => name === 'tc')) {
        const look = childOf(cell, 'tcPr');
        const span = Math.max(1, Math.min(63, Number(valOf(look, 'gridSpan') ?? 1) || 1));
        const merge = childOf(look, 'vMerge');
        const begun = open.get(column);
        if (merge !== undefined && merge.attributes.get('val') !== 'restart' && begun !== undefined) {
          const known = rows[begun.row]?.cells[begun.at];
          if (known !== undefined) rows[begun.row]?.cells.splice(begun.at, 1, { ...known, rows: rows.length - begun.row + 1 });
        } else {
          if (merge === undefined) open.delete(column);
          else open.set(column, { row: rows.length, at: cells.length });
          cells.push(await this.#cell(cell, look, column, span));
        }
        column += span;
      }
      while (grid.length < column && grid.length < 63) grid.push(60);
      rows.push({ height: points(valOf(properties, 'trHeight')) ?? 0, cells, repeats: childOf(properties, 'tblHeader') !== undefined });
    }
    return { kind: 'table', columns: grid, rows, align: jc === 'center' ? 'center' : jc === 'right' || jc === 'end' ? 'right' : 'left', shrinks: false };
  }

  async #cell(cell: XmlElement, look: XmlElement | undefined, column: number, span: number): Promise<FlowCell> {
    const paragraphs: FlowParagraph[] = [];
    for (const child of unwrapped(cell.children)) {
      if (child.name === 'p') paragraphs.push(await this.#paragraph(child));
      // A table within a cell: its cells' paragraphs one after the other.
      else if (child.name === 'tbl') {
        this.#losses.add('单元格里的表格按段落画出');
        for (const row of (await this.#table(child)).rows) for (const inner of row.cells) paragraphs.push(...inner.paragraphs);
      }
    }
    const ground = childOf(look, 'shd')?.attributes.get('fill') ?? '';
    const align = valOf(look, 'vAlign');
    return { column, span, rows: 1, paragraphs, bordered: true, ground: /^[0-9a-f]{6}$/iu.test(ground) ? `#${ground}` : '', vertical: align === 'center' ? 'middle' : align === 'bottom' ? 'bottom' : 'top', wraps: true };
  }
}

/** Content controls and tracked insertions stand around blocks as if they were not there. */
function unwrapped(elements: readonly XmlElement[]): readonly XmlElement[] {
  return elements.flatMap((element) => {
    if (element.name === 'sdt') return unwrapped(childOf(element, 'sdtContent')?.children ?? []);
    return element.name === 'customXml' || element.name === 'ins' || element.name === 'smartTag' ? unwrapped(element.children) : [element];
  });
}

function findDeep(element: XmlElement, name: string): XmlElement | undefined {
  if (element.name === name) return element;
  for (const child of element.children) {
    const found = findDeep(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
