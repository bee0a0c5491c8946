import type { EvidenceRecord } from '../archive/index.ts';
import type { EvidenceView } from '../contract/index.ts';
import { shownAs } from './bound-file.ts';
import type { Catalog, Indicator, IndicatorGroup } from '../domain/catalog.ts';
import type { IndicatorCode } from '../domain/ids.ts';
import type { LinkFacts } from '../domain/snapshot.ts';

/** An item as lists and pages show it. */
export function viewEvidence(record: EvidenceRecord, links: readonly LinkFacts[]): EvidenceView {
  return {
    id: record.id,
    sha256: record.sha256,
    fileName: record.fileName,
    fileKind: record.fileKind,
    bytes: record.bytes,
    pages: record.pages,
    kind: record.kind,
    title: record.title,
    titleMade: record.titleMade,
    documentNumber: record.documentNumber,
    issuer: record.issuer,
    date: record.date,
    secrecy: record.secrecy,
    retention: record.retention,
    original: record.original,
    originalPlace: record.originalPlace,
    draft: record.draft,
    sealed: record.sealed,
    confirmed: record.confirmed,
    validUntil: record.validUntil,
    integrity: record.integrity,
    shownAs: shownAs(record),
    conversionNote: record.boundNote,
    photoFacts: record.photoFacts,
    links: links.map(({ indicator, year, requirement, order, note }) => ({ indicator, year, requirement, order, note })),
  };
}

/** An indicator with the group it stands in; undefined where the catalog has no such code. */
export function findIndicator(catalog: Catalog, code: IndicatorCode): { readonly group: IndicatorGroup; readonly indicator: Indicator } | undefined {
  for (const group of catalog.groups) {
    const indicator = group.indicators.find((candidate) => candidate.code === code);
    if (indicator !== undefined) return { group, indicator };
  }
  return undefined;
}
