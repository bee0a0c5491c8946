import type { EvidenceId, IndicatorCode } from './ids.ts';

/** How evidence is divided into 案卷, and which number each page bears. Described first; papers and binder render it. */
export interface VolumePlan {
  readonly volumes: readonly PlannedVolume[];
}

export interface PlannedVolume {
  /** From 1. */
  readonly no: number;
  readonly title: string;
  readonly archivalCode: string;
  readonly items: readonly PlannedItem[];
  /** Numbered pages: covers, indexes and closing notes bear no 页号 (DA/T 22). */
  readonly pages: number;
}

/** One 件 in a volume, at the page numbers that are stamped and printed in the index. */
export interface PlannedItem {
  readonly evidenceId: EvidenceId;
  /** 顺序号 within the volume, from 1. */
  readonly order: number;
  readonly indicator: IndicatorCode;
  readonly firstPage: number;
  readonly lastPage: number;
}
