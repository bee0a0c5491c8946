import type { Color, DrawnPage, FontRole } from '../domain/page-drawing.ts';
import type { BindError } from './bind-error.ts';
import type { Fonts } from './fonts.ts';
import type { PictureStore } from './parted-picture.ts';
import type { SourceIndex } from './source-index.ts';

/**
 * What one volume consists of, described before anything is written. All lengths are millimetres on the page as a reader sees it
 * (rotation and crop applied), from its top left corner unless stated; text sizes are points.
 *
 * @example
 * const plan: BindPlan = {
 *   info: { title: '第1卷', created: '2024-04-30T09:00:00+08:00' }, fonts, onMissing: 'stop',
 *   numbering: { perVolume: UPPER_DUPLEX_NUMBERS },
 *   sections: [
 *     { kind: 'drawn', key: 'cover', title: '封面', labelPrefix: '封', pages: [cover] },
 *     { kind: 'source', key: 'e1', path: 'a.pdf', title: '通知', outlinePath: ['目标责任体系', '1 规划'], numbering: { kind: 'continue' } },
 *   ],
 * };
 */
export interface BindPlan {
  readonly info: VolumeInfo;
  readonly fonts: Fonts;
  readonly numbering: NumberingProfile;
  readonly sections: readonly (Section | LaidOutSection)[];
  /** A source that cannot be bound: stop with its error, bind the pages that `placeholder` draws (default: a plain notice), or leave it out. */
  readonly onMissing: 'stop' | 'placeholder-page' | 'leave-out';
  readonly placeholder?: (item: SourceItem, error: BindError) => readonly DrawnPage[];
  /** Drawn over every page, e.g. 草稿. */
  readonly watermark?: Watermark;
  /** One line at the top of every source page. */
  readonly header?: HeaderLine;
}

export interface VolumeInfo {
  readonly title: string;
  readonly author?: string;
  readonly subject?: string;
  readonly keywords?: readonly string[];
  /** Name and version of the program; default 创档. */
  readonly creator?: string;
  /** ISO 8601 with offset. Given by the caller so that the same plan makes the same bytes. */
  readonly created: string;
  readonly language?: string;
}

export type Section = DrawnSection | SourceItem;

/** Pages that the program authors: cover, index, separators, closing note. They bear no 页号 (DA/T 22) unless `numbering` says so. */
export interface DrawnSection {
  readonly kind: 'drawn';
  /** Unique in the plan; links may point to it. */
  readonly key: string;
  /** Outline entry; none without it. */
  readonly title?: string;
  readonly outlinePath?: readonly string[];
  /** Page labels are prefix + 1, 2, …; a single page bears the prefix alone. */
  readonly labelPrefix: string;
  /** Number of its first page's label, where its pages print numbers of their own. */
  readonly labelFrom?: number;
  readonly pages: readonly DrawnPage[];
  /** Default: none. */
  readonly numbering?: ItemNumbering;
}

/** Pages that cannot be drawn before the sources are counted: an index. */
export interface LaidOutSection extends Omit<DrawnSection, 'kind' | 'pages'> {
  readonly kind: 'laid-out';
  /** Called first to count its pages, with every number 0, then to draw them: as many pages must come both times. */
  readonly layOut: (sources: readonly PlacedSource[]) => readonly DrawnPage[];
}

/** A source that will be bound, as an index lists it. */
export interface PlacedSource {
  readonly item: SourceItem;
  readonly pages: number;
  /** Physical page in the volume, from 1. */
  readonly firstPage: number;
  readonly numbers: PageNumbers | null;
}

/** One document or image among the sources. */
export interface SourceItem {
  readonly kind: 'source';
  readonly key: string;
  readonly path: string;
  /** What identifies the file's bytes, e.g. their SHA-256; without it path, size and time of change do. */
  readonly contentId?: string;
  readonly title: string;
  /** Outline levels above the item, e.g. group → indicator. */
  readonly outlinePath?: readonly string[];
  /** Pages from–to, counted from 1, both included; default all. */
  readonly pageRange?: { readonly first: number; readonly last: number };
  readonly password?: string;
  /** Default: continue. */
  readonly numbering?: ItemNumbering;
  /** Page count the caller's index was laid out with; another count is the error `page-count-changed`. */
  readonly expectedPages?: number;
  readonly filingStamp?: FilingStamp;
  readonly proofMarks?: readonly ProofMark[];
  /** null: none on this item; absent: the plan's. */
  readonly header?: HeaderLine | null;
  readonly watermark?: Watermark | null;
  /** For images only. Default: A4 with 20 mm margins. */
  readonly placement?: ImagePlacement;
}

export type ItemNumbering =
  /** The number after the last one. */
  | { readonly kind: 'continue' }
  | { readonly kind: 'from'; readonly first: number }
  /** 12-1, 12-2, …: a late insert that leaves the numbers behind it alone. */
  | { readonly kind: 'suffix'; readonly after: number; readonly first?: number }
  | { readonly kind: 'none' };

/** Where the two numbers of a page go: the running one of the volume (件 after 件), and the one within the item. */
export interface NumberingProfile {
  readonly perVolume?: NumberStamp;
  readonly perItem?: NumberStamp;
}

export interface NumberStamp {
  /**
   * duplex-upper: odd upper right, even upper left (DA/T 22); duplex-lower: odd lower right, even lower left (GB/T 11822);
   * the others: the same place on every page.
   */
  readonly place: 'duplex-upper' | 'duplex-lower' | 'upper-right' | 'upper-center' | 'lower-right' | 'lower-center';
  /** From the page's side edge to the number's outer end. */
  readonly offsetX: number;
  /** From the page's upper or lower edge to the number's nearer edge. */
  readonly offsetY: number;
  readonly font: FontRole;
  readonly size: number;
  /** `{n}` is the number, `{total}` the pages of the item (or of the volume); e.g. `— {n} —`. Default `{n}`. */
  readonly format?: string;
  readonly color?: Color;
  /** Move along the edge or towards it when something is already there and a free place is near. Default true. */
  readonly avoidContent?: boolean;
}

/** Corner numbers as DA/T 22-2015 asks: front upper right, back upper left. */
export const UPPER_DUPLEX_NUMBERS: NumberStamp = { place: 'duplex-upper', offsetX: 15, offsetY: 10, font: 'song', size: 12 };
/** Corner numbers as GB/T 11822-2008 asks: front lower right, back lower left. */
export const LOWER_DUPLEX_NUMBERS: NumberStamp = { place: 'duplex-lower', offsetX: 15, offsetY: 10, font: 'song', size: 12 };

/** 归档章, DA/T 22-2015: two rows of three cells, 45 × 16 mm, on the first page's upper blank space. */
export interface FilingStamp {
  readonly rows: readonly [readonly [string, string, string], readonly [string, string, string]];
  readonly position: 'top-center' | 'top-right' | 'top-left';
  /** Default 45 × 16. */
  readonly width?: number;
  readonly height?: number;
  /** From the page's top edge and, for left and right, from its side edge. Default 8 and 15. */
  readonly offsetY?: number;
  readonly offsetX?: number;
  readonly font?: FontRole;
  readonly size?: number;
  /** Default red. */
  readonly color?: Color;
}

/** 印证标识: a straight red line under a proving passage, drawn in the bound copy only. */
export interface ProofMark {
  /** Page of the item from 1 (of the source file, also where a range is bound). */
  readonly page: number;
  /**
   * The passage, or, where it has no height (or no width), the stroke itself. `mm`: from the visible page's top left corner; `user`: PDF user space, lower left corner and size, as pdf.js
   * reports text; `picture` (pictures that become a page): parts of its width and height, upright, from its upper left corner.
   */
  readonly rect: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly unit: 'mm' | 'user' | 'picture';
  readonly color?: Color;
  /** Line width, mm; default 0.5. */
  readonly width?: number;
}

export interface Watermark {
  readonly text: string;
  readonly font?: FontRole;
  /** Points; default: as large as fits the page's diagonal. */
  readonly size?: number;
  readonly color?: Color;
  /** 0–1, default 0.15. */
  readonly opacity?: number;
}

export interface HeaderLine {
  readonly text: string;
  readonly font?: FontRole;
  readonly size?: number;
  /** Baseline from the top edge; default 8. */
  readonly offsetY?: number;
  readonly color?: Color;
}

export type ImagePlacement =
  /** A4, turned to the image's shape, centred within the margins; never enlarged beyond its own size at its resolution. */
  | { readonly kind: 'a4'; readonly margin: number; readonly caption?: readonly string[] }
  /** The page is as large as the image at its resolution. */
  | { readonly kind: 'full' };

/** A plan whose sources were opened and counted: every page and its number is known, nothing is written yet. */
export interface BoundPlan {
  readonly plan: BindPlan;
  readonly sections: readonly BoundSection[];
  readonly pages: number;
  /** Sources replaced by a placeholder page or left out. */
  readonly missing: readonly BindError[];
}

export interface BoundSection {
  readonly section: Section;
  /** Physical page in the volume, from 1. */
  readonly firstPage: number;
  readonly pages: number;
  /** The stamped numbers in order; null where the section bears none. */
  readonly numbers: PageNumbers | null;
  readonly source: BoundSource | null;
}

/** Numbers first … first+pages−1; with `suffixOf` they read suffixOf-first, ….  */
export interface PageNumbers {
  readonly first: number;
  readonly suffixOf: number | null;
}

/** What was seen of the source when the plan was made: the write refuses a file that changed since. */
export interface BoundSource {
  readonly kind: SourceKind;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Page indexes (from 0) of the source that are bound. */
  readonly firstIndex: number;
  readonly repaired: boolean;
  /** Kept from counting, so that writing need not look again. */
  readonly index: SourceIndex | null;
  /** Set where placeholder pages stand for the source. */
  readonly placeholder: readonly DrawnPage[] | null;
  readonly notes: readonly string[];
}

export type SourceKind = 'pdf' | 'jpeg' | 'png' | 'tiff';

export interface WriteOptions {
  readonly signal?: AbortSignal;
  /** Called at most every 100 ms and at the end. */
  readonly onProgress?: (progress: BindProgress) => void;
  /** Default true. Without it `sha256` of the answer is null, and one pass over the volume's bytes less is needed. */
  readonly checksum?: boolean;
  /** Keeps what pictures with opacity become, from one binding to the next: taking them apart is most of the work of a volume that has any. */
  readonly pictures?: PictureStore;
}

export interface BindProgress {
  readonly pages: number;
  readonly totalPages: number;
  /** Source at work, as given. */
  readonly file: string;
}

export interface WrittenVolume {
  readonly pages: number;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly sources: readonly WrittenSource[];
}

export interface WrittenSource {
  readonly key: string;
  readonly path: string;
  readonly pages: number;
  /** Physical page in the volume, from 1. */
  readonly firstPage: number;
  readonly repaired: boolean;
  /** What could not be carried over or was changed: attachments left behind, signature bound as it looks, … */
  readonly notes: readonly SourceNote[];
}

export type SourceNote =
  | 'repaired'
  | 'decrypted'
  | 'signed'
  | 'forms-flattened'
  | 'attachments-left'
  | 'scripts-removed'
  | 'structure-left'
  | 'content-damaged'
  | 'objects-missing'
  | 'placeholder';

/** The number as it is stamped, labelled and printed in an index: `12` or `12-1`; null where the page bears none. */
export function pageNumberText(numbers: PageNumbers | null, index: number): string | null {
  if (numbers === null) return null;
  return numbers.suffixOf === null ? String(numbers.first + index) : `${numbers.suffixOf}-${numbers.first + index}`;
}
