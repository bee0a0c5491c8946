import type { EvidenceKind } from './catalog.ts';
import type { EvidenceId, IndicatorCode, Sha256 } from './ids.ts';

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
