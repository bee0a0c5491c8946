import type { Catalog } from '../domain/catalog.ts';
import { formatCitation, formatOrder, formatPages } from '../domain/page-number.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { PlannedSection, PlannedVolume } from '../domain/volume-plan.ts';
import { cell, space, text, type Paper, type Row } from './paper.ts';
import { textWidth, type PaperProfile } from './profile.ts';
import { requireFacts } from './volume-index.ts';
import { catalogTitle } from './wording.ts';

/** The sheet before an indicator's evidence: what it proves, what follows, and what is bound elsewhere. */
export interface SeparatorModel {
  readonly code: string;
  readonly name: string;
  readonly target: string;
  readonly lead: readonly string[];
  readonly assist: readonly string[];
  readonly items: readonly { readonly evidenceId: string; readonly order: string; readonly title: string; readonly pages: string }[];
  readonly elsewhere: readonly { readonly title: string; readonly citation: string }[];
  readonly draft: boolean;
}

export function buildSeparatorModel(catalog: Catalog, snapshot: Pick<Snapshot, 'evidence'>, volume: PlannedVolume, section: PlannedSection, draft: boolean): SeparatorModel {
  const indicator = catalog.groups.flatMap(({ indicators }) => indicators).find(({ code }) => code === section.indicator);
  if (indicator === undefined) throw new Error(`the volume plan names indicator ${section.indicator}, which the catalog does not hold`);
  const factsOf = requireFacts(snapshot);
  return {
    code: indicator.code,
    name: indicator.name,
    target: indicator.target.text,
    lead: indicator.lead,
    assist: indicator.assist,
    items: volume.items
      .filter((item) => item.indicator === section.indicator)
      .map((item) => ({
        evidenceId: item.evidenceId,
        order: formatOrder(item),
        title: catalogTitle(factsOf(item.evidenceId)),
        pages: formatPages(item),
      })),
    elsewhere: section.crossReferences.map((reference) => ({
      title: catalogTitle(factsOf(reference.evidenceId)),
      citation: formatCitation(reference.volume, reference),
    })),
    draft,
  };
}

/** Rows from which the list begins higher and stands closer. */
const longList = 11;

export function describeSeparator(model: SeparatorModel, profile: PaperProfile): Paper {
  const width = textWidth(profile.pages.form);
  const rows: readonly Row[] = [
    ...model.items.map(({ evidenceId, order, title, pages }): Row => ({ toItem: evidenceId, cells: [cell(order), cell(title), cell(pages)] })),
    ...model.elsewhere.map(({ title, citation }): Row => ({ cells: [cell('互见'), cell(title), cell(`见 ${citation}`)] })),
  ];
  // One sheet for each indicator as long as its list has room on it.
  const isLong = rows.length > longList;
  return {
    title: `指标${model.code} ${model.name}`,
    draft: model.draft,
    sections: [
      {
        page: 'form',
        numbering: 'none',
        blocks: [
          space(isLong ? 2 : 26),
          text('separatorCode', `指标 ${model.code}`),
          text('separatorName', model.name),
          space(isLong ? 3 : 8),
          text('coverLine', `目标：${model.target}`),
          ...(model.lead.length === 0 ? [] : [text('coverLine', `牵头单位：${model.lead.join('、')}`)]),
          ...(model.assist.length === 0 ? [] : [text('coverLine', `协办单位：${model.assist.join('、')}`)]),
          space(isLong ? 5 : 12),
          {
            kind: 'table',
            table: {
              columns: [
                { width: 18, align: 'center' },
                { width: width - 18 - 26, align: 'left' },
                { width: 26, align: 'center' },
              ],
              headers: ['顺序号', '题名', '页号'],
              rows,
              rowHeight: isLong ? 7.7 : 9,
              leastRows: 0,
            },
          },
        ],
      },
    ],
  };
}
