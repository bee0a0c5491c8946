import { formatItemCode, type ArchivalNumbering } from '../domain/archival-code.ts';
import { countPages, formatCatalogDate, formatPage } from '../domain/page-number.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { VolumePlan } from '../domain/volume-plan.ts';
import { cell, text, type Paper } from './paper.ts';
import type { PaperProfile } from './profile.ts';
import { requireFacts } from './volume-index.ts';
import { catalogNote, catalogTitle } from './wording.ts';

/** 归档文件目录 (DA/T 22-2015 §6.4): every item of the archive with its 档号, in binding order. */
export interface ItemCatalogModel {
  readonly heading: string;
  readonly rows: readonly ItemCatalogRow[];
  readonly draft: boolean;
}

export interface ItemCatalogRow {
  readonly evidenceId: string;
  /** From 1 over the whole archive. */
  readonly order: number;
  readonly archivalCode: string;
  readonly documentNumber: string;
  readonly issuer: string;
  readonly title: string;
  readonly date: string;
  readonly secrecy: string;
  readonly pages: number;
  readonly volume: number;
  /** As it is stamped. */
  readonly firstPage: string;
  readonly note: string;
}

export function buildItemCatalogModel(snapshot: Pick<Snapshot, 'evidence'>, plan: VolumePlan, { digits }: Pick<ArchivalNumbering, 'digits'>, heading: string, draft: boolean): ItemCatalogModel {
  const factsOf = requireFacts(snapshot);
  const items = plan.volumes.flatMap((volume) => volume.items.map((item) => ({ item, volume })));
  return {
    heading,
    rows: items.map(({ item, volume }, index): ItemCatalogRow => {
      const facts = factsOf(item.evidenceId);
      return {
        evidenceId: item.evidenceId,
        order: index + 1,
        archivalCode: formatItemCode(volume.archivalCode, item, digits),
        documentNumber: facts.documentNumber,
        issuer: facts.issuer,
        title: catalogTitle(facts),
        date: formatCatalogDate(facts.date),
        secrecy: facts.secrecy,
        pages: countPages(item),
        volume: volume.no,
        firstPage: formatPage(item),
        note: catalogNote(facts, item),
      };
    }),
    draft,
  };
}

export function describeItemCatalog(model: ItemCatalogModel, profile: PaperProfile): Paper {
  const { title, columns, rowHeight, leastRows } = profile.itemCatalog;
  return {
    title: `${model.heading} ${title}`,
    draft: model.draft,
    sections: [
      {
        page: 'landscape',
        numbering: 'restart',
        blocks: [
          text('formTitle', title),
          ...(model.heading === '' ? [] : [text('formNote', model.heading)]),
          {
            kind: 'table',
            table: {
              columns: columns.map(({ width, align }) => ({ width, align })),
              headers: columns.map(({ header }) => header),
              rowHeight,
              leastRows,
              rows: model.rows.map((row) => ({ toItem: row.evidenceId, cells: columns.map(({ field }) => cell(String(row[field]))) })),
            },
          },
        ],
      },
    ],
  };
}
