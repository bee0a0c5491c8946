import type { EvidenceKind } from '../domain/catalog.ts';
import type { PhotoFacts } from '../domain/snapshot.ts';

/** One generated file and what a clerk would enter about it. */
export interface SampleFile {
  /** Relative to the folder that the sample was made in, with `/`. */
  readonly path: string;
  readonly pages: number;
  readonly indicator: string;
  /** Year it proves; null for the whole period. */
  readonly year: number | null;
  /** Requirement of the catalog it fills; empty for supporting material. */
  readonly requirement: string;
  readonly kind: EvidenceKind;
  readonly title: string;
  readonly documentNumber: string;
  readonly issuer: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly sealed: boolean;
  readonly draft: boolean;
  readonly retention: '永久' | '30年' | '10年';
  readonly original: 'original' | 'copy';
  readonly originalPlace: string;
  readonly validUntil: string;
  readonly photoFacts: PhotoFacts | null;
}

export interface SampleValue {
  readonly year: number;
  readonly value: number;
  readonly unit: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** Path of the file that states the figure; null in a planted gap only. */
  readonly source: string | null;
  readonly sourcePage: number | null;
}

export interface SampleIndicator {
  readonly code: string;
  readonly values: readonly SampleValue[];
  /** 达标情况说明; a citation stands in it as `〔见 @path:page〕`, see `fillCitations`. Empty where none is needed. */
  readonly report: string;
  readonly signOffs: readonly { readonly unit: string; readonly kind: 'signed' | 'declared-none'; readonly by: string }[];
  readonly declarations: readonly { readonly number: number; readonly answer: 'no'; readonly signedBy: string; readonly certificate: string }[];
}

/** A gap put in on purpose: what the checker has to find. */
export interface PlantedGap {
  readonly indicator: string;
  readonly text: string;
}

export interface SampleSet {
  readonly files: readonly SampleFile[];
  readonly indicators: readonly SampleIndicator[];
  readonly planted: readonly PlantedGap[];
  readonly pages: number;
}

/** The report's text with each `〔见 @path:page〕` naming the imported item's id; a citation whose file has none is left out. */
export function fillCitations(report: string, idOf: (path: string) => string | undefined): string {
  return report.replace(/〔见 @(?<path>[^〕]+?):(?<page>\d+)〕/gu, (_all, path: string, page: string) => {
    const id = idOf(path);
    return id === undefined ? '' : `〔见 ${id}:${page}〕`;
  });
}
