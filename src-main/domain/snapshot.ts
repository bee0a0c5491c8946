import type { EvidenceKind } from './catalog.ts';
import type { EvidenceId, IndicatorCode, Sha256 } from './ids.ts';
import type { ItemOrder, NumberRun } from './page-number.ts';

/** Everything the rules and the papers need to know of an archive at one instant; plain data, no handles. */
export interface Snapshot {
  readonly evidence: readonly EvidenceFacts[];
  readonly links: readonly LinkFacts[];
  readonly values: readonly ValueFacts[];
  readonly reports: readonly ReportFacts[];
  readonly declarations: readonly DeclarationFacts[];
  readonly signOffs: readonly SignOffFacts[];
  readonly waivers: readonly WaiverFacts[];
  readonly reviewFindings: readonly ReviewFindingFacts[];
  /** `YYYY-MM-DD` on which the question is asked. */
  readonly today: string;
  // What an archive may not know yet: a list left out is not checked, an empty one is.
  /** What persons decided where the program could not. */
  readonly rulings?: readonly RulingFacts[];
  /** Due dates of units (任务分解表). */
  readonly unitTasks?: readonly UnitTaskFacts[];
  /** Units that were sent their task, or that sent something in. */
  readonly reached?: readonly string[];
  /** Figures found in texts and tables of the evidence. */
  readonly figures?: readonly FigureFacts[];
  /** Those that name no year, for who asks what a paper filed under one year may state. */
  readonly undatedFigures?: readonly UndatedFigure[];
  /** Pages that looking at the scans found fault with. */
  readonly pages?: readonly PageFacts[];
  /** The volumes and boxes as numbered, indexed and closed; absent before the first binding. */
  readonly bundle?: BundleFacts;
}

/** What the bytes turned out to be (by content, never by extension). */
export type FileKind = 'pdf' | 'jpeg' | 'png' | 'tiff' | 'webp' | 'bmp' | 'heic' | 'docx' | 'xlsx' | 'doc' | 'xls' | 'ppt' | 'ofd' | 'txt' | 'unknown';

/** One 件. Facts read from the page are guesses until `confirmed`; empty text means not known. */
export interface EvidenceFacts {
  readonly id: EvidenceId;
  readonly sha256: Sha256;
  /** Name of the file as it was handed in. */
  readonly fileName: string;
  readonly fileKind: FileKind;
  readonly bytes: number;
  /** Pages when bound; 0 where the file could not be opened. */
  readonly pages: number;
  readonly kind: EvidenceKind | null;
  readonly title: string;
  /** A title the compiler made stands in [ ] in catalogues (DA/T 22). */
  readonly titleMade: boolean;
  readonly documentNumber: string;
  readonly issuer: string;
  /** 成文日期 `YYYY-MM-DD`, or `YYYY` / empty where not known. */
  readonly date: string;
  /** 密级; empty means none stated. */
  readonly secrecy: string;
  /** 保管期限, chosen by a person, never guessed; empty until chosen. */
  readonly retention: '' | '永久' | '30年' | '10年';
  readonly original: 'original' | 'copy' | '';
  /** Where the original lies, for the site visit. */
  readonly originalPlace: string;
  readonly draft: boolean;
  readonly sealed: boolean;
  /** Whether a person has said that there is no seal; left out while nobody has looked, and where there is one. */
  readonly sealStated?: true;
  readonly confirmed: boolean;
  /** Last day of validity `YYYY-MM-DD`, for plans and approvals; empty where none. */
  readonly validUntil: string;
  readonly integrity: 'ok' | 'changed' | 'unreadable' | 'encrypted';
  /** Full text has an 18-digit personal ID number. */
  readonly hasPersonalId: boolean;
  /** 时间 地点 人物 主题 背景 事由; null unless a photo. */
  readonly photoFacts: PhotoFacts | null;
  /** Pixels across the longer side, null unless an image. */
  readonly imagePixels: number | null;
  readonly proofMarks: number;
  /** Sharpness measured too low to read; left out where nobody measured. */
  readonly blurred?: boolean;
  /** The meeting it belongs to and its part in it; left out where nobody said, then the title is read. */
  readonly meeting?: MeetingFacts;
}

export type MeetingPart = 'notice' | 'sign-in' | 'material' | 'photo' | 'minutes';

export interface MeetingFacts {
  readonly name: string;
  readonly part: MeetingPart;
}

export interface PhotoFacts {
  readonly time: string;
  readonly place: string;
  readonly people: string;
  readonly subject: string;
  readonly background: string;
  readonly occasion: string;
}

export interface LinkFacts {
  readonly evidenceId: EvidenceId;
  readonly indicator: IndicatorCode;
  /** Year it proves; null for the whole period. */
  readonly year: number | null;
  /** Requirement it fills; empty where none was chosen. */
  readonly requirement: string;
  /** Place within the indicator, from 0. */
  readonly order: number;
  readonly note: string;
}

export interface ValueFacts {
  readonly indicator: IndicatorCode;
  readonly year: number;
  readonly value: number;
  readonly unit: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly sourceEvidence: EvidenceId | null;
  /** Page of the source, from 1. */
  readonly sourcePage: number | null;
}

/** 达标情况说明. */
export interface ReportFacts {
  readonly indicator: IndicatorCode;
  readonly text: string;
  /** Evidence pages the text cites. */
  readonly citations: readonly { readonly evidenceId: EvidenceId; readonly page: number }[];
}

export interface DeclarationFacts {
  readonly indicator: IndicatorCode;
  /** Number of the situation, from 1. */
  readonly number: number;
  readonly answer: 'yes' | 'no';
  readonly signedBy: string;
  readonly certificate: EvidenceId | null;
}

export interface SignOffFacts {
  readonly indicator: IndicatorCode;
  readonly unit: string;
  /** `declared-none`: an assisting unit states that it has nothing to submit. */
  readonly kind: 'signed' | 'declared-none';
  readonly by: string;
  readonly at: string;
}

export interface WaiverFacts {
  readonly rule: string;
  readonly indicator: IndicatorCode | null;
  readonly evidenceId: EvidenceId | null;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

export interface ReviewFindingFacts {
  readonly id: string;
  readonly round: number;
  readonly indicator: IndicatorCode | null;
  readonly text: string;
  readonly assignedTo: string;
  readonly state: 'open' | 'assigned' | 'answered' | 'closed';
}

/** A person's decision on a year, or (null) on all years, that the program left to a person. */
export interface RulingFacts {
  readonly indicator: IndicatorCode;
  readonly year: number | null;
  readonly verdict: 'met' | 'unmet';
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

export interface UnitTaskFacts {
  readonly unit: string;
  /** Empty for all that the unit owes. */
  readonly indicator: string;
  /** `YYYY-MM-DD` or empty. */
  readonly due: string;
}

/** A figure as it stands somewhere: for which quantity, year and scope (全区, 全市; empty where none is said), and where. */
export interface FigureFacts {
  readonly indicator: IndicatorCode;
  readonly year: number;
  readonly value: number;
  readonly unit: string;
  readonly scope: string;
  /** Null where it stands in the indicator's report. */
  readonly evidenceId: EvidenceId | null;
  /** Page from 1; null in a report. */
  readonly page: number | null;
  readonly sentence: string;
  /** Set where name, year and figure stand together so that nothing else can be meant. */
  readonly plain?: true;
  /** Two counts of one unit that the sentence names after the figure (其中甲231分,乙1000分), as they stand there. */
  readonly parts?: readonly [number, number];
}

/** A plain figure without a year of its own. */
export interface UndatedFigure extends Omit<FigureFacts, 'year'> {
  /** Years that stand in its paragraph, and in the last before it on the page that names any. */
  readonly beside: readonly number[];
}

/** What was seen on one page of a scan. */
export interface PageFacts {
  readonly evidenceId: EvidenceId;
  /** From 1. */
  readonly page: number;
  readonly blank: boolean;
  readonly upsideDown: boolean;
  /** Equal for pages that look alike; empty where it was not taken. */
  readonly likeness: string;
}

/** What was printed and stamped, to be checked against itself. */
export interface BundleFacts {
  readonly volumes: readonly BoundVolumeFacts[];
  readonly boxes: readonly BoxFacts[];
}

export interface BoundVolumeFacts {
  readonly no: number;
  /** 档号 of the volume; empty where none was given. */
  readonly archivalCode: string;
  /** 备考表: counts as written there, and the runs of 页号 and 顺序号 that it says are free; left out where it names none. */
  readonly closing: { readonly items: number; readonly pages: number; readonly freePages?: readonly NumberRun[]; readonly freeOrders?: readonly NumberRun[] };
  readonly items: readonly BoundItemFacts[];
  /** Rows of an office's own 卷内目录 that name no item of the volume; left out where there is none. */
  readonly strays?: readonly StrayRowFacts[];
  /** 页号 read from the sheets of a file that was changed after it was bound, in its order; left out where it lies as it was written. */
  readonly sheets?: readonly string[];
}

export interface StrayRowFacts {
  readonly order: number;
  readonly title: string;
  readonly page: number;
}

export interface BoundItemFacts extends ItemOrder {
  readonly evidenceId: EvidenceId;
  /** Page numbers printed in 卷内目录, first and last; 0 where no row names the item. With `indexedAfter` they are those of a late insert, 12-1. */
  readonly indexed: readonly [number, number];
  readonly indexedAfter?: number;
  /** Page numbers stamped on its sheets, first and last, of a late insert with `stampedAfter`. */
  readonly stamped: readonly [number, number];
  readonly stampedAfter?: number;
  /** Page of the volume's file where it begins, from 1, unnumbered papers counted; left out by exports of before. */
  readonly filePage?: number;
  /** 档号 of the item; empty where items bear none. */
  readonly archivalCode: string;
}

export interface BoxFacts {
  readonly no: number;
  readonly items: readonly { readonly itemNumber: number; readonly year: number; readonly organ: string; readonly retention: string }[];
}
