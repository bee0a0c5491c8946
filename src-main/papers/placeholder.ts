import { formatOrder } from '../domain/page-number.ts';
import type { EvidenceFacts } from '../domain/snapshot.ts';
import type { PlannedItem } from '../domain/volume-plan.ts';
import { cell, label, space, text, type Paper } from './paper.ts';
import { textWidth, type PaperProfile } from './profile.ts';
import { catalogTitle } from './wording.ts';

/** The one page that stands where a file could not be bound, so that numbers stay continuous and the gap is plain to see. */
export interface PlaceholderModel {
  readonly order: string;
  readonly title: string;
  readonly fileName: string;
  readonly documentNumber: string;
  readonly issuer: string;
  readonly reason: string;
  readonly draft: boolean;
}

const reasons: Readonly<Record<EvidenceFacts['integrity'], string>> = {
  ok: '文件没有可装订的页，请转换成 PDF 后重新挂接。',
  changed: '文件在挂接之后被改动，与登记的内容不一致，请核对后重新导入。',
  unreadable: '文件已损坏或格式无法识别，请向提供单位重新索取。',
  encrypted: '文件设有密码，请取得密码或无密码的版本后重新导入。',
};

export const buildPlaceholderModel = (facts: EvidenceFacts, item: PlannedItem, draft: boolean): PlaceholderModel => ({
  order: formatOrder(item),
  title: catalogTitle(facts),
  fileName: facts.fileName,
  documentNumber: facts.documentNumber,
  issuer: facts.issuer,
  reason: reasons[facts.integrity],
  draft,
});

export function describePlaceholder(model: PlaceholderModel, profile: PaperProfile): Paper {
  const width = textWidth(profile.pages.form);
  const row = (name: string, value: string) => ({ cells: [label(name), cell(value)] });
  return {
    title: `缺件说明 ${model.title}`,
    draft: model.draft,
    sections: [
      {
        page: 'form',
        numbering: 'none',
        blocks: [
          space(50),
          text('formTitle', '缺 件 说 明'),
          space(6),
          {
            kind: 'table',
            table: {
              columns: [
                { width: 32, align: 'center' },
                { width: width - 32, align: 'left' },
              ],
              headers: [],
              rowHeight: 12,
              leastRows: 0,
              rows: [
                row('顺序号', model.order),
                row('题名', model.title),
                row('文件名', model.fileName),
                row('文号', model.documentNumber),
                row('责任者', model.issuer),
                row('未装入的原因', model.reason),
              ],
            },
          },
        ],
      },
    ],
  };
}
