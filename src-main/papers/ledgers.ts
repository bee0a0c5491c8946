import type { Catalog } from '../domain/catalog.ts';
import type { IndicatorCode } from '../domain/ids.ts';
import { notesOnNumbers } from '../domain/late-inserts.ts';
import { formatCitation, formatPageRange } from '../domain/page-number.ts';
import { reviewStateWords } from '../domain/review-words.ts';
import type { ReviewFindingFacts, Snapshot, WaiverFacts } from '../domain/snapshot.ts';
import type { PlannedVolume, VolumePlan } from '../domain/volume-plan.ts';
import type { PaperOffice } from './office.ts';
import { space, text, type Paper } from './paper.ts';
import { describeList } from './form-paper.ts';
import type { PaperProfile } from './profile.ts';
import { requireFacts } from './volume-index.ts';
import { catalogTitle, chineseDate } from './wording.ts';

const namesOf = (catalog: Catalog): ReadonlyMap<IndicatorCode, string> =>
  new Map(catalog.groups.flatMap(({ indicators }) => indicators.map(({ code, name }) => [code, name] as const)));

/** 现场核实清单: where each original lies, in the order in which the volumes are read. */
export interface SiteVisitModel {
  readonly rows: readonly SiteVisitRow[];
  readonly date: string;
}

export interface SiteVisitRow {
  readonly citation: string;
  readonly indicator: string;
  readonly title: string;
  readonly documentNumber: string;
  readonly original: '原件' | '复制件' | '';
  readonly originalPlace: string;
}

const originalWords = { original: '原件', copy: '复制件', '': '' } as const;

export function buildSiteVisitModel(catalog: Catalog, snapshot: Pick<Snapshot, 'evidence'>, plan: VolumePlan, office: PaperOffice): SiteVisitModel {
  const factsOf = requireFacts(snapshot);
  const names = namesOf(catalog);
  return {
    date: office.date,
    rows: plan.volumes.flatMap((volume) =>
      volume.items.map((item): SiteVisitRow => {
        const facts = factsOf(item.evidenceId);
        return {
          citation: formatCitation(volume.no, item),
          indicator: `${item.indicator} ${names.get(item.indicator) ?? ''}`,
          title: catalogTitle(facts),
          documentNumber: facts.documentNumber,
          original: originalWords[facts.original],
          originalPlace: facts.originalPlace,
        };
      }),
    ),
  };
}

export const describeSiteVisit = (model: SiteVisitModel, profile: PaperProfile): Paper =>
  describeList(
    {
      title: '现场核实清单',
      page: 'landscape',
      note: `制表日期：${chineseDate(model.date)}    核实日期：______________    核实人：____________    “卷–页”：如“1–52”是第1卷第52页`,
      columns: [['卷–页', 18, 'center'], ['指标', 46, 'left'], ['材料题名', 76, 'left'], ['文号', 42, 'left'], ['本卷所存', 18, 'center'], ['原件存放处', 38, 'left'], ['核实', 18, 'center']],
      rows: model.rows.map(({ citation, indicator, title, documentNumber, original, originalPlace }) => [citation, indicator, title, documentNumber, original, originalPlace, '']),
      empty: '没有装订的材料。',
      draft: false,
    },
    profile,
  );

/** 整改台账: what reviewers found, who answers, how far it is; and what was waived, by whom and why. */
export interface RectificationModel {
  readonly findings: readonly RectificationRow[];
  readonly waivers: readonly { readonly rule: string; readonly indicator: string; readonly reason: string; readonly by: string; readonly at: string }[];
  readonly date: string;
}

export interface RectificationRow {
  readonly round: string;
  readonly indicator: string;
  readonly problem: string;
  /** Name and day, as the two below. */
  readonly raised: string;
  readonly unit: string;
  readonly due: string;
  /** The answer and where its proof is bound. */
  readonly measure: string;
  readonly answered: string;
  readonly closed: string;
  readonly state: string;
}

/** A finding with who raised, answered and closed it and when; texts are empty where a step was not reached. Instants and days begin `YYYY-MM-DD`. */
export interface LedgerFinding extends ReviewFindingFacts {
  readonly raisedBy: string;
  readonly raisedAt: string;
  readonly due: string;
  readonly answeredBy: string;
  readonly answeredAt: string;
  readonly closedBy: string;
  readonly closedAt: string;
}

/** A name above its day; nothing where the step was not reached. */
const byWhen = (by: string, at: string): string => (at === '' ? by : `${by}\n${at.slice(0, 10)}`);

/** `answers` by the finding's identity: the words of the answer and where its proof is bound. `rounds` are the names of the rounds by number. */
export function buildRectificationModel(catalog: Catalog, snapshot: { readonly reviewFindings: readonly LedgerFinding[] } & Pick<Snapshot, 'waivers'>, rounds: ReadonlyMap<number, string>, answers: ReadonlyMap<string, string>, office: PaperOffice): RectificationModel {
  const names = namesOf(catalog);
  const nameOf = (code: IndicatorCode | null): string => (code === null ? '全部' : `${code} ${names.get(code) ?? ''}`.trim());
  return {
    date: office.date,
    findings: snapshot.reviewFindings
      .toSorted((a, b) => a.round - b.round)
      .map((finding) => ({
        round: `第${finding.round}轮${rounds.get(finding.round) ?? ''}`,
        indicator: nameOf(finding.indicator),
        problem: finding.text,
        raised: byWhen(finding.raisedBy, finding.raisedAt),
        unit: finding.assignedTo,
        due: finding.due,
        measure: answers.get(finding.id) ?? '',
        answered: byWhen(finding.answeredBy, finding.answeredAt),
        closed: byWhen(finding.closedBy, finding.closedAt),
        state: reviewStateWords[finding.state],
      })),
    waivers: snapshot.waivers.map((waiver: WaiverFacts) => ({ rule: waiver.rule, indicator: nameOf(waiver.indicator), reason: waiver.reason, by: waiver.by, at: waiver.at.slice(0, 10) })),
  };
}

export function describeRectification(model: RectificationModel, profile: PaperProfile): Paper {
  const ledger = describeList(
    {
      title: '整 改 台 账',
      page: 'landscape',
      note: `填报日期：${chineseDate(model.date)}`,
      columns: [
        ['序号', 13, 'center'], ['轮次', 20, 'left'], ['指标', 33, 'left'], ['问题', 44, 'left'], ['提出人\n提出日期', 28, 'center'], ['责任单位', 25, 'left'], ['整改期限', 28, 'center'], ['整改情况及佐证', 44, 'left'],
        ['答复人\n答复日期', 28, 'center'], ['销号人\n销号日期', 28, 'center'], ['状态', 17, 'center'],
      ],
      rows: model.findings.map((row, index) => [`${index + 1}`, row.round, row.indicator, row.problem, row.raised, row.unit, row.due, row.measure, row.answered, row.closed, row.state]),
      empty: '没有审核问题。',
      draft: false,
    },
    profile,
  );
  if (model.waivers.length === 0) return ledger;
  const waived = describeList(
    {
      title: '提醒事项豁免记录',
      page: 'landscape',
      note: '下列提醒经人工确认不影响申报，理由和确认人如下。',
      columns: [['序号', 12, 'center'], ['规则', 40, 'left'], ['指标', 60, 'left'], ['理由', 90, 'left'], ['确认人', 28, 'center'], ['日期', 28, 'center']],
      rows: model.waivers.map((row, index) => [`${index + 1}`, row.rule, row.indicator, row.reason, row.by, row.at]),
      empty: '',
      draft: false,
    },
    profile,
  );
  return { ...ledger, sections: [...ledger.sections, ...waived.sections.map((section) => ({ ...section, numbering: 'continue' as const }))] };
}

/** 移交清单: the volumes that are handed over. */
export interface HandoverModel {
  readonly rows: readonly { readonly no: number; readonly title: string; readonly archivalCode: string; readonly items: number; readonly pages: string }[];
  readonly items: number;
  readonly pages: number;
  readonly date: string;
}

/** `1–40`, and how many pages lie between these. */
function pagesOfVolume(volume: PlannedVolume): string {
  const { inserts } = notesOnNumbers(volume);
  const last = volume.items.findLast(({ after }) => after === undefined)?.lastPage ?? 0;
  const inserted = inserts.reduce((sum, { pages }) => sum + pages, 0);
  return [...(last === 0 ? [] : [formatPageRange(1, last)]), ...(inserted === 0 ? [] : [`插页${inserted}页`])].join('，');
}

export const buildHandoverModel = (plan: VolumePlan, office: PaperOffice): HandoverModel => ({
  rows: plan.volumes.map((volume) => ({ no: volume.no, title: volume.title, archivalCode: volume.archivalCode, items: volume.totals.items, pages: pagesOfVolume(volume) })),
  items: plan.volumes.reduce((sum, { totals }) => sum + totals.items, 0),
  pages: plan.volumes.reduce((sum, { totals }) => sum + totals.pages, 0),
  date: office.date,
});

export const describeHandover = (model: HandoverModel, profile: PaperProfile): Paper =>
  describeList(
    {
      title: '档案移交清单',
      page: 'form',
      note: `共 ${model.rows.length} 卷、${model.items} 件、${model.pages} 页    ${chineseDate(model.date)}`,
      columns: [['卷号', 14, 'center'], ['案卷题名', 60, 'left'], ['档号', 56, 'left'], ['件数', 14, 'center'], ['页号', 18, 'center'], ['备注', 12, 'left']],
      rows: model.rows.map(({ no, title, archivalCode, items, pages }) => [`${no}`, title, archivalCode, `${items}`, pages, '']),
      empty: '没有案卷。',
      after: [space(6), text('formNote', '移交单位（盖章）：____________________    移交人：__________'), space(4), text('formNote', '接收单位（盖章）：____________________    接收人：__________'), space(4), text('formNote', '移交日期：______年____月____日')],
      draft: false,
    },
    profile,
  );
