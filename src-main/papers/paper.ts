/**
 * What a paper says, in the order in which it stands: the one description from which both the DOCX and the drawn pages are made, so
 * that both say the same. Lengths are millimetres. How each style looks is the profile's business.
 */
export interface Paper {
  /** Goes into the document's properties; never printed by itself. */
  readonly title: string;
  /** Marks every page 草稿. */
  readonly draft: boolean;
  /** Its page breaks keep the numbers that are printed in it: see `settlePaperSteps`. */
  readonly settled?: boolean;
  readonly sections: readonly PaperSection[];
}

/** A run of pages of one size; begins on a new page. */
export interface PaperSection {
  readonly page: PageSetupName;
  /** `none` prints no page number; `restart` begins at 1; `continue` goes on from the section before. */
  readonly numbering: 'none' | 'restart' | 'continue';
  readonly blocks: readonly Block[];
}

export type PageSetupName = 'official' | 'form' | 'landscape';

export type StyleName =
  | 'title'
  | 'subtitle'
  | 'heading1'
  | 'heading2'
  | 'heading3'
  | 'body'
  | 'addressee'
  | 'signature'
  | 'contents'
  | 'contentsTitle'
  | 'formTitle'
  | 'formNote'
  | 'formBody'
  | 'formSignature'
  | 'cell'
  | 'cellHeader'
  | 'coverFonds'
  | 'coverCategory'
  | 'coverTitle'
  | 'coverLine'
  | 'separatorCode'
  | 'separatorName'
  | 'caption'
  | 'fill';

export type Block =
  /** A paragraph; `\n` in the text begins a new line of it. */
  | { readonly kind: 'text'; readonly style: StyleName; readonly text: string; /** Listed in the contents under this key. */ readonly anchor?: string; /** Stands in the middle above this text, which follows in the same style. */ readonly over?: string; /** Goes on with a paragraph of the page before: no indent. */ readonly continues?: boolean }
  | { readonly kind: 'table'; readonly table: Table }
  /** Headings that have an anchor, each with its page number. */
  | { readonly kind: 'contents'; readonly entries: readonly ContentsEntry[] }
  | { readonly kind: 'chart'; readonly chart: Chart }
  | { readonly kind: 'space'; readonly height: number }
  /** Goes down to that distance from the page's top edge, or stays where it already is lower. */
  | { readonly kind: 'move-to'; readonly y: number }
  | { readonly kind: 'page-break' };

/** A line of one figure over the years. */
export interface Chart {
  /** Stands under the chart. */
  readonly caption: string;
  readonly unit: string;
  /** In order; null where a year has no figure. */
  readonly points: readonly { readonly label: string; readonly value: number | null }[];
  /** Drawn as a dashed line; null where the target is no number. */
  readonly threshold: number | null;
  /** Size of the chart without its caption. */
  readonly width: number;
  readonly height: number;
}

export interface ContentsEntry {
  readonly anchor: string;
  readonly text: string;
  /** 1 or 2. */
  readonly level: number;
}

export interface Table {
  readonly columns: readonly Column[];
  /** Printed at the top of each page the table goes on to; no headers, no header row. */
  readonly headers: readonly string[];
  readonly rows: readonly Row[];
  /** Least height of a row. */
  readonly rowHeight: number;
  /** Empty rows are added up to this number, as printed forms have them. */
  readonly leastRows: number;
  /** `below` draws only a line under each row, to be written on. Default: every cell is framed. */
  readonly ruled?: 'all' | 'below';
  /** Where a table narrower than the text area stands. Default: in its middle. */
  readonly place?: 'center' | 'right';
}

/** Tables of at most so many rows are kept on one page. */
export const wholeRows = 4;

export interface Column {
  readonly width: number;
  readonly align: 'left' | 'center' | 'right';
}

export interface Row {
  readonly cells: readonly Cell[];
  /** The row links to the first page of this item, where the pages are bound with it. */
  readonly toItem?: string;
  readonly height?: number;
}

export interface Cell {
  readonly text: string;
  /** Columns it spans, 1 where not given. */
  readonly span?: number;
  readonly align?: 'left' | 'center' | 'right';
  readonly header?: boolean;
  readonly vertical?: 'top' | 'middle' | 'bottom';
  /** Default: `cell`, or `cellHeader`. */
  readonly style?: StyleName;
}

/** Whether page numbers are printed in it. */
export const hasContents = ({ sections }: Paper): boolean => sections.some(listsHeadings);
export const listsHeadings = ({ blocks }: PaperSection): boolean => blocks.some(({ kind }) => kind === 'contents');

export const cell = (text: string): Cell => ({ text });
export const label = (text: string): Cell => ({ text, header: true, align: 'center' });
export const text = (style: StyleName, content: string): Block => ({ kind: 'text', style, text: content });
/** Who signs, in the middle above the day, which ends four characters from the right edge (GB/T 9704-2012 §7.3.5). */
export const signature = (who: string, date: string): readonly Block[] => [{ kind: 'text', style: 'signature', text: who, over: date }, { kind: 'text', style: 'signature', text: date }];

export const space = (height: number): Block => ({ kind: 'space', height });
