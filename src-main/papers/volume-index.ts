import { formatCatalogDate, formatIndexPage, formatOrder } from '../domain/page-number.ts';
import type { EvidenceFacts, Snapshot } from '../domain/snapshot.ts';
import type { PlannedItem, PlannedVolume } from '../domain/volume-plan.ts';
import { cell, text, type Paper } from './paper.ts';
import type { PaperProfile } from './profile.ts';
import { catalogNote, catalogTitle } from './wording.ts';

/** 卷内目录: one row for each item, in the order and at the pages of the plan. */
export interface VolumeIndexModel {
  readonly volume: number;
  readonly volumeTitle: string;
  readonly archivalCode: string;
  readonly rows: readonly VolumeIndexRow[];
  readonly draft: boolean;
}

export interface VolumeIndexRow {
  readonly item: PlannedItem;
  readonly documentNumber: string;
  readonly issuer: string;
  readonly title: string;
  /** 8 digits, 4 for a year alone. */
  readonly date: string;
  readonly note: string;
}

/** One snapshot serves many papers. */
const known = new WeakMap<Snapshot['evidence'], ReadonlyMap<EvidenceFacts['id'], EvidenceFacts>>();

/** Facts of the plan's items by identity; an item without facts is a broken plan and an exception. */
export function requireFacts({ evidence }: Pick<Snapshot, 'evidence'>): (id: EvidenceFacts['id']) => EvidenceFacts {
  const byId = known.get(evidence) ?? new Map(evidence.map((facts) => [facts.id, facts]));
  known.set(evidence, byId);
  return (id) => {
    const facts = byId.get(id);
    if (facts === undefined) throw new Error(`the volume plan names evidence ${id}, which the snapshot does not hold`);
    return facts;
  };
}

export function buildVolumeIndexModel(snapshot: Pick<Snapshot, 'evidence'>, volume: PlannedVolume, draft: boolean): VolumeIndexModel {
  const factsOf = requireFacts(snapshot);
  return {
    volume: volume.no,
    volumeTitle: volume.title,
    archivalCode: volume.archivalCode,
    rows: volume.items.map((item): VolumeIndexRow => {
      const facts = factsOf(item.evidenceId);
      return {
        item,
        documentNumber: facts.documentNumber,
        issuer: facts.issuer,
        title: catalogTitle(facts),
        date: formatCatalogDate(facts.date),
        note: catalogNote(facts, item),
      };
    }),
    draft,
  };
}

/** Columns that every row fills in a finished index (GB/T 11822: 责任者, 日期), and what is said of a row that does not. */
const FILLED = [['date', '日期'], ['issuer', '责任者']] as const;

/** Cells that the profile prints and nobody has filled, in words; what only stands for a missing item has none to fill. */
export function gapsOfVolumeIndex({ rows }: VolumeIndexModel, { volumeIndex }: PaperProfile): readonly string[] {
  const there = rows.filter(({ item }) => !item.placeholder);
  return FILLED.flatMap(([field, name]) => {
    const empty = volumeIndex.columns.some((column) => column.field === field) ? there.filter((row) => row[field] === '') : [];
    return empty.length === 0 ? [] : [`${empty.length > 5 ? `第${empty.slice(0, 5).map(({ item }) => formatOrder(item)).join('、')}件等 ${empty.length} 件` : `第${empty.map(({ item }) => formatOrder(item)).join('、')}件`}没有${name}，目录的${name}栏空着：在著录里填写`];
  });
}

export function describeVolumeIndex(model: VolumeIndexModel, profile: PaperProfile): Paper {
  const { title, columns, pageColumn, rowHeight, leastRows } = profile.volumeIndex;
  const valueOf = (row: VolumeIndexRow, field: (typeof columns)[number]['field'], isLast: boolean): string => {
    switch (field) {
      case 'order':
        return formatOrder(row.item);
      case 'page':
        return formatIndexPage(row.item, isLast, pageColumn);
      default:
        return row[field];
    }
  };
  return {
    title: `${model.volumeTitle} ${title}`,
    draft: model.draft,
    sections: [
      {
        page: 'form',
        numbering: 'none',
        blocks: [
          text('formTitle', title),
          text('formNote', `案卷题名：第${model.volume}卷 ${model.volumeTitle}${model.archivalCode === '' ? '' : `    档号：${model.archivalCode}`}`),
          {
            kind: 'table',
            table: {
              columns: columns.map(({ width, align }) => ({ width, align })),
              headers: columns.map(({ header }) => header),
              rowHeight,
              leastRows,
              rows: model.rows.map((row, index) => ({
                toItem: row.item.evidenceId,
                cells: columns.map(({ field }) => cell(valueOf(row, field, index === model.rows.length - 1))),
              })),
            },
          },
        ],
      },
    ],
  };
}
