import type { Catalog, EvidenceKind, Indicator } from '../domain/catalog.ts';
import { figureSentence, writeApproval, writeCertificate, writeDataTable, writeInstitution, writeNotice, writeSuperior, writeYearReport, type Writing } from './documents.ts';
import type { Block } from './page-writer.ts';
import type { Scene } from './photo.ts';
import { openRandom } from './random.ts';
import type { SampleFile } from './sample-set.ts';
import { fullUnitName } from './seal.ts';
import { notApplicableReasons, people } from './texts/phrases.ts';
import type { Topic } from './topic.ts';
import type { WebPage } from './web-capture.ts';

/** What is drawn into a file. A scan is the same document, printed and scanned. */
export type Drawing =
  | { readonly as: 'pdf' | 'scan-pdf' | 'scan-jpeg'; readonly blocks: readonly Block[] }
  | { readonly as: 'photo'; readonly scene: Scene }
  | { readonly as: 'web'; readonly page: WebPage };

/** A file that is to be made; its pages are counted when it is drawn. */
export interface PlannedFile {
  readonly facts: Omit<SampleFile, 'pages'>;
  readonly drawing: Drawing;
}

export interface PlanOptions {
  readonly years: readonly number[];
  readonly full: boolean;
  /** 不涉及 certificate that lacks its seal; none where no gap is planted. */
  readonly unsealed: string | null;
}

interface Draft {
  readonly requirement: string;
  readonly year: number | null;
  readonly kind: EvidenceKind;
  readonly title: string;
  readonly number?: string;
  readonly issuer: string;
  readonly date: string;
  readonly sealed?: boolean;
  readonly validUntil?: string;
  readonly photo?: SampleFile['photoFacts'];
  readonly drawing: Drawing;
}

const EXTENSIONS: Readonly<Record<Drawing['as'], string>> = { pdf: 'pdf', 'scan-pdf': 'pdf', 'scan-jpeg': 'jpg', photo: 'jpg', web: 'png' };
const two = (value: number): string => String(value).padStart(2, '0');
const cleanName = (text: string): string => text.replace(/[\\/:*?"<>|（）()]/gu, '').slice(0, 50);
const prefixOf = (unit: string): string => `青南${/生态环境/u.test(unit) ? '环' : /自然资源/u.test(unit) ? '自然资' : /组织/u.test(unit) ? '组' : /城市管理/u.test(unit) ? '城管' : /城市建设/u.test(unit) ? '建' : /发展改革/u.test(unit) ? '发改' : '机管'}发`;

/** All files of one indicator, in filing order: by year, the required before the supporting. */
export function planIndicator(indicator: Indicator, topic: Topic | undefined, catalog: Catalog, options: PlanOptions): readonly PlannedFile[] {
  const drafts = indicator.kind === 'not-applicable' ? certificatesOf(indicator, options) : topic === undefined ? [] : indicator.kind === 'declarations' ? declarationPapers(indicator, topic, catalog) : assessedPapers(indicator, topic, options);
  const folder = `${indicator.code} ${cleanName(indicator.name)}`;
  return drafts.map((draft, at) => ({
    facts: {
      path: `${folder}/${two(at + 1)} ${cleanName(draft.title)}.${EXTENSIONS[draft.drawing.as]}`,
      indicator: indicator.code,
      year: draft.year,
      requirement: draft.requirement,
      kind: draft.kind,
      title: draft.title,
      documentNumber: draft.number ?? '',
      issuer: draft.issuer,
      date: draft.date,
      sealed: draft.sealed ?? (draft.kind !== 'photo' && draft.kind !== 'web-capture'),
      draft: false,
      retention: '永久',
      original: draft.drawing.as === 'scan-pdf' || draft.drawing.as === 'scan-jpeg' ? 'copy' : 'original',
      originalPlace: draft.kind === 'photo' || draft.kind === 'web-capture' ? `${draft.issuer}电子档案` : `${draft.issuer}档案室`,
      validUntil: draft.validUntil ?? '',
      photoFacts: draft.photo ?? null,
    },
    drawing: draft.drawing,
  }));
}

function assessedPapers(indicator: Indicator, topic: Topic, { years, full }: PlanOptions): readonly Draft[] {
  const lead = indicator.lead[0] ?? '';
  const random = openRandom(`numbers ${indicator.code}`);
  const has = (id: string): boolean => indicator.requirements.some((requirement) => requirement.id === id && requirement.optional !== true);
  const period = indicator.requirements.filter(({ per }) => per === 'period').map(({ id }) => periodPaper(id, indicator, topic, lead, random.whole(6, 39)));
  const perYear = years.flatMap((year, at): readonly Draft[] => {
    const writing = (date: string): Writing => ({ indicator, topic, year, at, unit: indicator.lead[at % indicator.lead.length] ?? lead, date });
    const number = (prefix: string): string => `${prefix}〔${year}〕${random.whole(3, 96)}号`;
    const papers: Draft[] = [];
    const report = (requirement: string): void => {
      const title = requirement === 'practice' ? `${year}年${topic.subject}工作开展情况报告` : `${year}年${topic.subject}工作总结`;
      const written = writing(`${year}-12-${two(random.whole(12, 28))}`);
      papers.push({ requirement, year, kind: 'report', title, issuer: written.unit, date: written.date, drawing: { as: 'pdf', blocks: writeYearReport(written, title) } });
    };
    if (has('data')) {
      const title = `${year}年${topic.subject}数据表`;
      const written = writing(`${year}-12-${two(random.whole(26, 31))}`);
      papers.push({ requirement: 'data', year, kind: 'data-table', title, issuer: written.unit, date: written.date, drawing: { as: 'pdf', blocks: writeDataTable(written, years, title) } });
    }
    const superior = topic.superior;
    if (superior !== undefined) {
      for (const isResult of [false, true]) {
        const title = isResult ? `关于${year}年${topic.subject}考核结果的通报` : `关于下达${year}年${topic.subject}目标任务的通知`;
        const written = writing(isResult ? `${year}-12-${two(random.whole(20, 30))}` : `${year}-03-${two(random.whole(5, 28))}`);
        const documentNumber = number(superior.prefix);
        papers.push({ requirement: isResult ? 'result' : 'task', year, kind: 'official-document', title, number: documentNumber, issuer: superior.name, date: written.date, drawing: { as: isResult && at === 1 ? 'scan-pdf' : 'pdf', blocks: writeSuperior(written, superior.name, title, documentNumber, isResult) } });
      }
    }
    if (has('practice')) report('practice');
    if (full) {
      const title = `关于做好${year}年${topic.subject}工作的通知`;
      const written = writing(`${year}-0${random.whole(2, 6)}-${two(random.whole(3, 27))}`);
      const documentNumber = number(prefixOf(written.unit));
      papers.push({ requirement: '', year, kind: 'official-document', title, number: documentNumber, issuer: written.unit, date: written.date, drawing: { as: at !== 1 ? 'scan-pdf' : 'pdf', blocks: writeNotice(written, title, documentNumber) } });
      if (!has('practice')) report('');
      papers.push(photoOf(indicator, topic, year, lead, at));
      if (at === 2) papers.push(photoOf(indicator, topic, year, lead, 3), webOf(indicator, topic, year, at, lead));
    } else if (at === 2 && ['1', '6.3', '7', '10'].includes(indicator.code)) papers.push(photoOf(indicator, topic, year, lead, at), ...(indicator.code === '7' ? [webOf(indicator, topic, year, at, lead)] : []));
    return papers;
  });
  return [...period, ...perYear];
}

function periodPaper(requirement: string, indicator: Indicator, topic: Topic, lead: string, number: number): Draft {
  const title = topic.document ?? `${topic.subject}材料`;
  if (requirement === 'approval') {
    const approval = `关于批准实施《${title}》的批复`;
    const superior = '青岛市市南区人民政府';
    const documentNumber = '青南政字〔2023〕96号';
    return { requirement, year: null, kind: 'official-document', title: approval, number: documentNumber, issuer: superior, date: '2023-12-28', drawing: { as: 'scan-pdf', blocks: writeApproval(title, approval, superior, documentNumber, '2023-12-28') } };
  }
  const isPlan = indicator.target.kind === 'institutional' && indicator.target.inForce;
  const date = isPlan ? '2023-12-29' : `2021-0${(number % 6) + 1}-${two((number % 20) + 5)}`;
  const documentNumber = isPlan ? '青南环发〔2023〕57号' : `${prefixOf(lead)}〔2021〕${number}号`;
  return { requirement, year: null, kind: 'official-document', title, number: documentNumber, issuer: lead, date, ...(isPlan ? { validUntil: '2030-12-31' } : {}), drawing: { as: number % 3 === 0 ? 'scan-pdf' : 'pdf', blocks: writeInstitution(topic, lead, title, documentNumber, date) } };
}

function photoOf(indicator: Indicator, topic: Topic, year: number, lead: string, at: number): Draft {
  const random = openRandom(`photo ${indicator.code} ${year} ${at}`);
  const date = `${year}-${two(random.whole(4, 10))}-${two(random.whole(2, 27))}`;
  const work = (topic.work[at % topic.work.length] ?? '').replace(/。$/u, '');
  const title = `${year}年${topic.subject}现场照片${at > 2 ? `之${at - 1}` : ''}`;
  const person = random.pick(people);
  const photo = { time: `${date} ${two(random.whole(9, 16))}:30`, place: topic.place, people: `${lead}${person}等`, subject: topic.subject, background: work, occasion: random.pick(['现场检查', '年度巡查', '工作调研', '成果核验']) };
  return { requirement: '', year, kind: 'photo', title, issuer: lead, date, photo, drawing: { as: 'photo', scene: topic.scene === 'meeting' || at !== 1 ? topic.scene : random.pick(['park', 'street', 'coast']) } };
}

function webOf(indicator: Indicator, topic: Topic, year: number, at: number, lead: string): Draft {
  const random = openRandom(`web ${indicator.code} ${year}`);
  const date = `${year}-11-${two(random.whole(2, 27))}`;
  const title = `${fullUnitName(lead)}公开${topic.subject}工作进展`;
  const site = '市南区政务网（示例）';
  const paragraphs = [`${year}年以来，${lead}扎实推进${topic.subject}工作。${topic.basis.join('')}`, topic.work.slice(at).join(''), `${topic.outcome.join('')}${figureSentence(indicator, topic, at, year)}`];
  return { requirement: '', year, kind: 'web-capture', title, issuer: lead, date, drawing: { as: 'web', page: { site, address: `https://www.example.gov.cn/zwgk/${year}11/t${year}11${date.slice(8)}_${random.whole(100_000, 999_999)}.html`, title, date, paragraphs } } };
}

function certificatesOf(indicator: Indicator, { unsealed, full }: PlanOptions): readonly Draft[] {
  const number = Number(indicator.code.slice(2));
  const reason = notApplicableReasons[indicator.code] ?? '市南区不涉及该项指标';
  const date = `2024-03-${two(5 + number)}`;
  return indicator.lead.map((unit, at): Draft => {
    const sealed = indicator.code !== unsealed;
    const title = `关于市南区不涉及“${indicator.name}”指标的证明${indicator.lead.length > 1 ? `（${at + 1}）` : ''}`;
    const statement = `经核查，${reason}。因此，国家生态文明建设示范区建设指标中的“${indicator.name}”不适用于市南区。`;
    const as = full ? (['scan-jpeg', 'scan-pdf', 'pdf'] as const)[(number + at) % 3] ?? 'pdf' : number % 4 === 0 ? 'scan-jpeg' : 'pdf';
    return { requirement: 'certificate', year: null, kind: 'certificate', title, issuer: unit, date, sealed, drawing: { as, blocks: writeCertificate(`不涉及${indicator.name}`, statement, [unit], date, sealed) } };
  });
}

function declarationPapers(indicator: Indicator, topic: Topic, catalog: Catalog): readonly Draft[] {
  const lead = indicator.lead[0] ?? '';
  const [first, last] = [catalog.years[0] ?? '', catalog.years.at(-1) ?? ''];
  return indicator.declarations.map((situation, at): Draft => {
    const title = `关于近三年不存在第${at + 1}种不得申报情形的证明`;
    const statement = `经核对${first}年至${last}年上级通报、督察反馈、执法和信访记录，市南区不存在“${situation.replace(/[;；。]$/u, '')}”的情形。${topic.work[at % topic.work.length] ?? ''}`;
    const date = `2024-04-${two(at + 8)}`;
    return { requirement: 'certificate', year: null, kind: 'certificate', title, issuer: lead, date, drawing: { as: at === 2 ? 'scan-jpeg' : 'pdf', blocks: writeCertificate(`第${at + 1}种情形`, statement, [lead], date, true) } };
  });
}
