import type { ExportRecord, PackIn, PackOut, ReviewFinding, ReviewRound, UnitTask } from '../../archive/index.ts';
import type { Section } from '../../binder/index.ts';
import type { DrawnPage } from '../../domain/page-drawing.ts';
import type { CompletenessReport } from '../../domain/completeness.ts';
import type { DataSheet, EventLogModel, Paper, ReportModel } from '../../papers/index.ts';
import type { PlannedBox } from '../../domain/box-plan.ts';
import type { Comparison } from '../../exchange/index.ts';
import type { BindingMaterial } from '../binding/volume-sections.ts';

export type PaperFormat = 'pdf' | 'docx' | 'xlsx' | 'csv';
export type PaperPurpose = 'submit' | 'units' | 'binding' | 'review';

/** Everything that any paper is made from. */
export interface PaperMaterial extends BindingMaterial {
  readonly check: CompletenessReport;
  readonly unitTasks: readonly UnitTask[];
  readonly reviewFindings: readonly ReviewFinding[];
  readonly reviewRounds: readonly ReviewRound[];
  readonly lastExport: ExportRecord | null;
  /** The version with which 换页单 compares. */
  readonly printed: ExportRecord | null;
  readonly boxes: readonly PlannedBox[];
  /** Read at each use: the latest days on which anything was done, newest first, and what was done on one. */
  readonly eventDays: () => readonly string[];
  readonly eventsOf: (day: string) => EventLogModel;
  readonly packsOut: readonly PackOut[];
  readonly packsIn: readonly PackIn[];
  /** Numbers of the exports, oldest first. */
  readonly versions: readonly number[];
  /** Read at each use: what the archive said at two exports. Null where one of them is none. */
  compare(from: number, to: number): Comparison | null;
  /** Built at first use: it gathers the whole dossier. */
  report(): ReportModel;
}

/** One of several papers of a kind: a unit's, an indicator's, a volume's. */
export interface PaperScope {
  readonly id: string;
  readonly name: string;
  /** Beside the name in a list: `欠 12 项`. */
  readonly note?: string;
}

/** What a paper is, before it is a file. */
export type MadePaper =
  | { readonly kind: 'paper'; readonly paper: Paper; /** Instead of the lists that the paper prints. */ readonly sheets?: readonly DataSheet[] }
  /** Drawn at true size; there is no DOCX of it. */
  | { readonly kind: 'pages'; readonly title: string; readonly pages: readonly DrawnPage[] }
  /** Sources set on pages, such as photos. */
  | { readonly kind: 'sections'; readonly title: string; readonly sections: readonly Section[] };

export interface PaperKind {
  readonly kind: string;
  readonly name: string;
  readonly purpose: PaperPurpose;
  /** What it is for, in a line. */
  readonly says: string;
  readonly formats: readonly PaperFormat[];
  /** What tells its papers apart: 单位, 案卷; empty where there is only one, whose scope is the empty text. */
  readonly scopeName: string;
  scopes(material: PaperMaterial): readonly PaperScope[];
  /** Null where there is no such paper (any more). */
  make(material: PaperMaterial, scope: string): MadePaper | null;
  /** All of the kind on as few sheets as they need, where that is more than one after the other. */
  makeAll?(material: PaperMaterial): MadePaper;
  /** What a reader of it will find empty; absent where nothing can be. */
  gaps?(material: PaperMaterial, scope: string): readonly string[];
  /** An edited or sealed file may take its place. */
  readonly replaceable: boolean;
  /** Fields that the office's own template may use, with their values; absent where the kind takes no template. */
  fields?(material: PaperMaterial, scope: string): Readonly<Record<string, string>> | null;
}

/** For kinds of which there is one paper. */
export const single = (isThere: boolean): readonly PaperScope[] => (isThere ? [{ id: '', name: '' }] : []);
