/** What an office document says, apart from its file format: paragraphs, tables and pictures in reading order. Lengths in points. */
export interface FlowRun {
  readonly kind: 'run';
  readonly text: string;
  /** Name of the font as the document has it; the nearest bundled one is drawn. */
  readonly font: string;
  readonly size: number;
  readonly bold: boolean;
  readonly underline: boolean;
  /** `#rrggbb`. */
  readonly colour: string;
}

export interface FlowPicture {
  readonly kind: 'picture';
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface FlowParagraph {
  readonly kind: 'paragraph';
  readonly pieces: readonly (FlowRun | FlowPicture)[];
  readonly align: 'left' | 'center' | 'right' | 'both';
  readonly left: number;
  readonly right: number;
  /** Of the first line, beyond `left`; negative where it hangs. */
  readonly first: number;
  readonly before: number;
  readonly after: number;
  /** `times` the font's own height, exactly `points`, or at least so many. */
  readonly line: { readonly rule: 'times' | 'exactly' | 'least'; readonly value: number };
  readonly breakBefore: boolean;
}

export interface FlowCell {
  /** Column that it begins at, from 0, and how many it covers. */
  readonly column: number;
  readonly span: number;
  /** Rows it covers, 1 or more. */
  readonly rows: number;
  readonly paragraphs: readonly FlowParagraph[];
  readonly bordered: boolean;
  /** `#rrggbb`, or empty. */
  readonly ground: string;
  readonly vertical: 'top' | 'middle' | 'bottom';
  /** False: a text too long for its cell runs on over the next ones, as spreadsheets show it. */
  readonly wraps: boolean;
}

export interface FlowTable {
  readonly kind: 'table';
  readonly columns: readonly number[];
  readonly rows: readonly { readonly height: number; readonly cells: readonly FlowCell[]; readonly repeats: boolean }[];
  readonly align: 'left' | 'center' | 'right';
  /** Too wide a table is made smaller with its writing, as when a sheet is fitted to a page; else its columns alone get narrower. */
  readonly shrinks: boolean;
}

export type FlowBlock = FlowParagraph | FlowTable;

export interface FlowSection {
  readonly width: number;
  readonly height: number;
  readonly margins: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  readonly blocks: readonly FlowBlock[];
}

export interface FlowDocument {
  readonly sections: readonly FlowSection[];
  /** What the format holds and this model does not, in Chinese. */
  readonly losses: readonly string[];
}

export const plainParagraph: FlowParagraph = { kind: 'paragraph', pieces: [], align: 'left', left: 0, right: 0, first: 0, before: 0, after: 0, line: { rule: 'times', value: 1.3 }, breakBefore: false };
