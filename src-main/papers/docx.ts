import {
  AlignmentType, Bookmark, Document, Footer, Header, InternalHyperlink, LeaderType, LineRuleType, Packer, PageNumber, PageOrientation,
  Paragraph, SectionType, SimpleField, Tab, TabStopType, TextRun, type ISectionOptions,
} from 'docx';
import { MM_PER_POINT } from '../domain/page-drawing.ts';
import { finish } from '../domain/steps.ts';
import { renderChart } from './docx-chart.ts';
import { renderTable } from './docx-table.ts';
import { DocxBody, type BodyPart } from './docx-body.ts';
import { documentStyles, latinFont, lineBreaks, paragraphLook, runLook, textRun, twips } from './docx-text.ts';
import { settlePackage } from './docx-package.ts';
import { estimateMeasure } from './latin-widths.ts';
import { indentOf, layoutSettledSteps, settlePaperSteps, type AnchorPlace } from './layout.ts';
import { countBlankRows, layoutTable } from './layout-table.ts';
import { cleanText } from './line-breaking.ts';
import { hasContents, type Block, type ContentsEntry, type Paper, type PaperSection } from './paper.ts';
import { textWidth, type PageSetup, type PaperProfile } from './profile.ts';
import { Sheet, dashAboveBaseline, draftNotice } from './sheet.ts';

/**
 * Writes a paper as DOCX for Word, WPS and LibreOffice. Page numbers of a contents list are filled in by laying the document out
 * here, so that no program asks to update fields. Equal papers give equal bytes. Takes some 100 ms for long tables: never call it
 * where a window waits.
 */
export async function renderPaperDocx(given: Paper, profile: PaperProfile): Promise<Uint8Array> {
  const paper = finish(settlePaperSteps(given, profile));
  // Only where page numbers are printed in it.
  const anchors = hasContents(paper) ? finish(layoutSettledSteps(paper, profile, likelyMeasure)).anchors : new Map<string, AnchorPlace>();
  const body = new DocxBody();
  const document = new Document({
    title: cleanText(paper.title),
    creator: '创档',
    lastModifiedBy: '创档',
    styles: {
      paragraphStyles: documentStyles(profile),
      default: {
        // An empty paragraph, as one must follow a table or end a section, takes no room.
        document: { run: runLook(profile, 'fill'), paragraph: { spacing: { line: 20, lineRule: LineRuleType.EXACT, before: 0, after: 0 } } },
      },
    },
    evenAndOddHeaderAndFooters: paper.sections.some(({ page, numbering }) => numbering !== 'none' && profile.pages[page].pageNumber.duplex),
    sections: paper.sections.map((section) => renderSection(section, paper, profile, anchors, body)),
  });
  return settlePackage(await Packer.pack(document, 'uint8array'), (name, xml) => (name === 'word/document.xml' ? body.fill(xml) : setSolid(name, xml)));
}

/** As LibreOffice measures: it sets a fifth of an em between Chinese and Latin whatever the file says. */
const likelyMeasure = estimateMeasure(0.2);

/**
 * Word processors set room between Chinese and Latin, and let stops hang over the edge, unless told otherwise: lines would then not
 * hold the standard's 28 characters, nor break where the contents list was reckoned. The library writes one of the three only.
 */
const setSolid = (name: string, xml: string): string =>
  name === 'word/styles.xml' ? xml.replace('<w:pPrDefault><w:pPr>', '<w:pPrDefault><w:pPr><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>') : xml;

type Anchors = ReadonlyMap<string, AnchorPlace>;

function renderSection(section: PaperSection, paper: Paper, profile: PaperProfile, anchors: Anchors, body: DocxBody): ISectionOptions {
  const setup = profile.pages[section.page];
  const isLandscape = setup.width > setup.height;
  const footer = section.numbering === 'none' ? {} : renderFooters(setup, profile);
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      page: {
        size: {
          width: twips(Math.min(setup.width, setup.height)),
          height: twips(Math.max(setup.width, setup.height)),
          orientation: isLandscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: twips(setup.top),
          right: twips(setup.right),
          bottom: twips(setup.bottom),
          left: twips(setup.left),
          header: twips(5),
          footer: twips(Math.max(2, setup.bottom - setup.pageNumber.below - setup.pageNumber.size * MM_PER_POINT * (setup.pageNumber.form === 'dash' ? dashAboveBaseline + 0.22 : 1))),
        },
        ...(section.numbering === 'restart' ? { pageNumbers: { start: 1 } } : {}),
      },
    },
    ...(paper.draft ? { headers: { default: draftHeader(profile), even: draftHeader(profile) } } : {}),
    ...footer,
    children: body.section(renderBlocks(section, profile, anchors)),
  };
}

function renderBlocks(section: PaperSection, profile: PaperProfile, anchors: Anchors): readonly BodyPart[] {
  const setup = profile.pages[section.page];
  // Where the next line is likely to stand, for what goes to a fixed height.
  const cursor = new Sheet(profile, setup, likelyMeasure, null, false);
  const isMeasured = section.blocks.some((block) => block.kind === 'move-to' || (block.kind === 'table' && block.table.leastRows > 0));
  let breakBefore = false;
  const parts: BodyPart[] = [];
  for (const [index, block] of section.blocks.entries()) {
    if (block.kind === 'page-break') {
      breakBefore = true;
      continue;
    }
    const leadsToTable = section.blocks[index + 1]?.kind === 'table';
    parts.push(...renderBlock(block, profile, setup, cursor, isMeasured, anchors, breakBefore, leadsToTable));
    breakBefore = false;
  }
  return parts;
}

function renderBlock(block: Exclude<Block, { kind: 'page-break' }>, profile: PaperProfile, setup: PageSetup, cursor: Sheet, isMeasured: boolean, anchors: Anchors, breakBefore: boolean, leadsToTable: boolean): readonly BodyPart[] {
  switch (block.kind) {
    case 'text':
      return [renderText(block, profile, cursor, isMeasured, breakBefore)];
    case 'table': {
      const blanks = countBlankRows(block.table, cursor);
      // Long lists are not laid out twice: nothing stands at a fixed height after them.
      if (isMeasured && block.table.rows.length < 40) finish(layoutTable(block.table, cursor));
      return [...(breakBefore ? [gap(0.4, true)] : []), renderTable(block.table, profile, blanks, cursor), gap(0.4, false)];
    }
    case 'chart':
      cursor.advance(block.chart.height);
      return renderChart(block.chart, profile).map((child): BodyPart => ({ kind: 'once', child }));
    case 'contents':
      return block.entries.map((entry) => renderContentsEntry(entry, profile, setup, anchors.get(entry.anchor)));
    case 'space':
      cursor.advance(block.height);
      return [gap(block.height, breakBefore, leadsToTable)];
    case 'move-to': {
      const height = block.y - cursor.y;
      cursor.advance(Math.max(0, height));
      return height > 0.4 ? [gap(height, breakBefore)] : [];
    }
    default:
      return block satisfies never;
  }
}

function renderText(block: Extract<Block, { kind: 'text' }>, profile: PaperProfile, cursor: Sheet, isMeasured: boolean, breakBefore: boolean): BodyPart {
  const fromRight = cursor.fromRight(block.style, block.text, block.over);
  const isCentred = profile.styles[block.style].align === 'center';
  let wrapped: readonly string[] = [];
  if (isMeasured || isCentred) {
    const indent = indentOf(block, profile);
    wrapped = cursor.wrap(block.style, block.text, fromRight, indent);
    cursor.writeLines(block.style, wrapped, fromRight, indent);
  }
  // Centred titles break where their sense does, which a word processor would not find.
  const lines = isCentred ? wrapped : lineBreaks(block.text);
  const level = /^heading([123])$/u.exec(block.style)?.[1];
  const right = block.over === undefined ? null : twips(fromRight * profile.styles[block.style].size * MM_PER_POINT);
  const { anchor } = block;
  return {
    kind: 'paragraph',
    look: JSON.stringify(['text', block.style, block.continues === true, right, breakBefore, anchor !== undefined]),
    words: [...lines, ...(anchor === undefined ? [] : [bookmarkName(anchor)])],
    make: (words) => {
      const runs = words.slice(0, lines.length).map((line, index) => textRun(line, index > 0));
      return new Paragraph({
        ...paragraphLook(profile, block.style),
        ...(block.continues === true ? { indent: { firstLine: 0 } } : {}),
        ...(right === null ? {} : { indent: { right } }),
        // It would move lines away from the standard's 22 on a page.
        widowControl: false,
        keepNext: level !== undefined || block.style === 'formTitle',
        pageBreakBefore: breakBefore,
        ...(anchor === undefined || level === undefined ? {} : { outlineLevel: Number(level) - 1 }),
        children: anchor === undefined ? runs : [new Bookmark({ id: words[lines.length] ?? '', children: runs })],
      });
    },
  };
}

/** An empty paragraph of that height in millimetres. */
const gap = (height: number, pageBreakBefore: boolean, keepNext = false): BodyPart => {
  const line = Math.max(20, twips(height));
  return {
    kind: 'paragraph',
    look: JSON.stringify(['gap', line, pageBreakBefore, keepNext]),
    words: [],
    make: () => new Paragraph({ keepNext, spacing: { line, lineRule: LineRuleType.EXACT, before: 0, after: 0 }, pageBreakBefore }),
  };
};

/** Word wants names of at most 40 letters, digits and underscores. */
const bookmarkName = (anchor: string): string => `ref_${[...anchor].map((c) => (/[A-Za-z0-9]/u.test(c) ? c : `_${(c.codePointAt(0) ?? 0).toString(16)}`)).join('')}`.slice(0, 40);

function renderContentsEntry(entry: ContentsEntry, profile: PaperProfile, setup: PageSetup, place: AnchorPlace | undefined): BodyPart {
  const style = profile.styles.contents;
  return {
    kind: 'paragraph',
    look: JSON.stringify(['contents', entry.level]),
    words: [bookmarkName(entry.anchor), cleanText(entry.text).replaceAll('\n', ' '), String(place?.number ?? '')],
    make: ([anchor = '', heading = '', number = '']) =>
      new Paragraph({
        ...paragraphLook(profile, 'contents'),
        alignment: AlignmentType.LEFT,
        indent: { left: twips((entry.level - 1) * 2 * style.size * MM_PER_POINT) },
        tabStops: [{ type: TabStopType.RIGHT, position: twips(textWidth(setup)), leader: LeaderType.DOT }],
        children: [new InternalHyperlink({ anchor, children: [textRun(heading)] }), new TextRun({ children: [new Tab()] }), new SimpleField(`PAGEREF ${anchor} \\h`, number)],
      }),
  };
}

function renderFooters(setup: PageSetup, profile: PaperProfile): Pick<ISectionOptions, 'footers'> {
  const { form, font, size, duplex } = setup.pageNumber;
  const family = profile.fontNames[font];
  const footer = (alignment: (typeof AlignmentType)[keyof typeof AlignmentType]): Footer =>
    new Footer({
      children: [
        new Paragraph({
          alignment,
          spacing: { line: Math.round(size * 20 * 1.2), lineRule: LineRuleType.EXACT },
          indent: { left: size * 20, right: size * 20 },
          children: [
            new TextRun({
              font: { ascii: latinFont, hAnsi: latinFont, eastAsia: family, cs: latinFont },
              size: size * 2,
              children: form === 'dash' ? ['— ', PageNumber.CURRENT, ' —'] : [PageNumber.CURRENT],
            }),
          ],
        }),
      ],
    });
  return duplex
    ? { footers: { default: footer(AlignmentType.RIGHT), even: footer(AlignmentType.LEFT) } }
    : { footers: { default: footer(AlignmentType.CENTER), even: footer(AlignmentType.CENTER) } };
}

const draftHeader = (profile: PaperProfile): Header =>
  new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: { line: 240, lineRule: LineRuleType.EXACT },
        children: [new TextRun({ ...runLook(profile, 'cellHeader'), size: 20, color: 'D90000', text: draftNotice(profile) })],
      }),
    ],
  });
