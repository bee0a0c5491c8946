import { describePlace } from '../../domain/page-number.ts';
import { indexPlacements } from '../../domain/volume-plan.ts';
import { buildCheckReportModel, buildRectificationModel, buildSiteVisitModel, describeCheckReport, describeEventLog, describeRectification, describeSiteVisit, eventLogSheet } from '../../papers/index.ts';
import { single } from './paper-kind.ts';
import type { PaperKind, PaperMaterial } from './paper-kind.ts';

/** The words of each answer, and where its proof is bound. */
function answersOf({ reviewFindings, plan }: PaperMaterial): ReadonlyMap<string, string> {
  const bound = indexPlacements(plan);
  return new Map(
    reviewFindings.map(({ id, answer, answerEvidence }) => {
      const places = answerEvidence.flatMap((evidence) => {
        const place = bound.get(evidence);
        return place === undefined ? [] : [describePlace(place.volume, place)];
      });
      return [id, places.length === 0 ? answer : `${answer}（佐证：${places.join('、')}）`];
    }),
  );
}

/** 核实整改: what the site visit and the review rounds need. */
export const reviewPapers: readonly PaperKind[] = [
  {
    kind: 'check-report',
    name: '核查报告',
    purpose: 'review',
    says: '核查出的错误、待补和提醒，依据和处理要求；已免提醒的理由和姓名',
    formats: ['pdf', 'docx', 'xlsx', 'csv'],
    scopeName: '',
    replaceable: false,
    scopes: () => single(true),
    make: ({ check, snapshot, office, profile }) => ({ kind: 'paper', paper: describeCheckReport(buildCheckReportModel(check.findings, snapshot.waivers, office), profile) }),
  },
  {
    kind: 'site-visit',
    name: '现场核实清单',
    purpose: 'review',
    says: '每件材料的原件放在哪里，现场逐件核对',
    formats: ['docx', 'pdf', 'xlsx', 'csv'],
    scopeName: '',
    replaceable: true,
    scopes: ({ plan }) => single(plan.volumes.length > 0),
    make: ({ catalog, snapshot, plan, office, profile }) => ({ kind: 'paper', paper: describeSiteVisit(buildSiteVisitModel(catalog, snapshot, plan, office), profile) }),
  },
  {
    kind: 'rectification',
    name: '整改台账',
    purpose: 'review',
    says: '审核问题、责任单位、整改情况和状态；附提醒豁免记录',
    formats: ['docx', 'pdf', 'xlsx', 'csv'],
    scopeName: '',
    replaceable: true,
    scopes: () => single(true),
    make: (material) => {
      const { catalog, snapshot, reviewFindings, reviewRounds, office, profile } = material;
      const rounds = new Map(reviewRounds.map(({ number, name }) => [number, name]));
      return { kind: 'paper', paper: describeRectification(buildRectificationModel(catalog, { reviewFindings, waivers: snapshot.waivers }, rounds, answersOf(material), office), profile) };
    },
  },
  {
    kind: 'event-log',
    name: '操作记录',
    purpose: 'review',
    says: '某一天谁做了什么：时间、人员、操作和所涉及的材料、单位、指标',
    formats: ['pdf', 'xlsx', 'csv'],
    scopeName: '日期',
    replaceable: false,
    scopes: ({ eventDays }) => eventDays().map((day) => ({ id: day, name: day })),
    make: ({ eventsOf, profile }, day) => {
      const model = eventsOf(day);
      return { kind: 'paper', paper: describeEventLog(model, profile), sheets: [eventLogSheet(model)] };
    },
  },
];
