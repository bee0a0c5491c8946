import { join } from 'node:path';
import {
  addReviewFinding, assignReviewFinding, changeEvidence, linkEvidence, listDeclarations, listEvidence, listLinks, listSignOffs, listValues, openReviewRound, readCatalog, removeDeclaration, removeReport, removeSignOff,
  removeValue, setDeclaration, setReport, setSetting, setUnitTask, setValue, unlinkEvidence, writeCatalog,
} from '../archive/index.ts';
import type { EvidenceChange, Tx } from '../archive/index.ts';
import { planBinding, writeVolume } from '../binder/index.ts';
import type { Fonts } from '../binder/index.ts';
import { changeIndicator } from '../domain/catalog-edit.ts';
import { indicatorCode } from '../domain/ids.ts';
import type { EvidenceId } from '../domain/ids.ts';
import type { RuleId } from '../domain/rules/rule-table.ts';
import { faultScans } from '../sample/fault-scan-names.ts';
import type { DeclarationFacts, LinkFacts, ValueFacts } from '../domain/snapshot.ts';
import { readOffice, settingNames } from './binding/office.ts';

/** A fault put in on purpose: the rule that has to find it, and where. `indicator` is null where a finding is about none. */
export interface PlantedFault {
  readonly rule: RuleId;
  readonly indicator: string | null;
  readonly text: string;
}

type Plant = (tx: Tx) => void;
type Fault = PlantedFault & { readonly plant: Plant };

const fault = (rule: RuleId, indicator: string | null, text: string, plant: Plant): Fault => ({ rule, indicator, text, plant });

/** The one link of the small sample that fills a requirement (or, by `kind`, none) of a year. */
function findLink(tx: Tx, code: string, requirement: string, year: number | null): LinkFacts {
  const link = listLinks(tx).find((item) => item.indicator === code && item.requirement === requirement && item.year === year);
  if (link === undefined) throw new Error(`the sample files nothing as ${requirement} of ${code} in ${year ?? 'the period'}`);
  return link;
}

const change = (code: string, requirement: string, year: number | null, facts: EvidenceChange): Plant => (tx) => void changeEvidence(tx, findLink(tx, code, requirement, year).evidenceId, facts);
const unlink = (code: string, requirement: string, year: number | null): Plant => (tx) => void unlinkEvidence(tx, findLink(tx, code, requirement, year));

function findPhoto(tx: Tx, code: string): EvidenceId {
  const linked = new Set(listLinks(tx).filter((link) => link.indicator === code).map((link) => link.evidenceId));
  const photo = listEvidence(tx).find((item) => item.kind === 'photo' && linked.has(item.id));
  if (photo === undefined) throw new Error(`the sample has no photo of ${code}`);
  return photo.id;
}

const changePhoto = (code: string, facts: EvidenceChange): Plant => (tx) => void changeEvidence(tx, findPhoto(tx, code), facts);

const enter = (code: string, year: number, facts: Partial<ValueFacts>): Plant => (tx) => {
  const value = listValues(tx).find((item) => item.indicator === code && item.year === year);
  if (value === undefined) throw new Error(`the sample states no value of ${code} in ${year}`);
  setValue(tx, { ...value, ...facts });
};

const FORBIDDEN = indicatorCode('23');
const answer = (number: number, facts: Partial<DeclarationFacts>): Plant => (tx) => {
  const given = listDeclarations(tx).find((item) => item.number === number);
  if (given === undefined) throw new Error(`the sample does not answer situation ${number}`);
  setDeclaration(tx, { ...given, ...facts });
};

/** Signatures for an indicator of the units that `chosen` picks are withdrawn. */
const unsign = (code: string, chosen: (unit: string) => boolean): Plant => (tx) => {
  const signed = listSignOffs(tx).filter((item) => item.indicator === code && chosen(item.unit));
  if (signed.length === 0) throw new Error(`nobody of those signed for ${code} in the sample`);
  for (const { indicator, unit } of signed) removeSignOff(tx, indicator, unit);
};

/** Files one of the careless scanner's pictures for an indicator, described as the office would. */
const fileScan = (fileName: string, code: string, facts: EvidenceChange): Plant => (tx) => {
  const item = listEvidence(tx).find((candidate) => candidate.fileName === fileName);
  if (item === undefined) throw new Error(`${fileName} was not imported`);
  changeEvidence(tx, item.id, { issuer: LAZY_UNIT, date: '2023-06-20', retention: '30年', original: 'original', confirmed: true, ...facts });
  linkEvidence(tx, { evidenceId: item.id, indicator: indicatorCode(code), year: 2023, requirement: '' });
};

/** The long document that `makeLongDocument` adds. */
const LONG_DOCUMENT = '生物多样性调查记录汇编.pdf';
const LONG_PAGES = 20;
const LAZY_UNIT = '区城市管理局';

/** One fault for each rule that can be broken by what is entered, each in a place of its own. The sample's three gaps come on top, and what only files can have: `sample-paper-faults.ts`. */
const faults: readonly Fault[] = [
  fault('evidence.date', '2', '2022年材料的日期是2020年', change('2', 'practice', 2022, { date: '2020-03-01' })),
  fault('evidence.draft', '2', '2021年材料是草稿', change('2', 'practice', 2021, { draft: true })),
  fault('document.facts', '3', '制度文件没有文号', change('3', 'document', null, { documentNumber: '' })),
  fault('value.missing', '1', '没有填2021年数值', (tx) => void removeValue(tx, indicatorCode('1'), 2021)),
  fault('value.source', '15', '2022年数值没有出处', enter('15', 2022, { sourceEvidence: null, sourcePage: null })),
  fault('value.source-page', '16', '2022年数值的出处页码超出材料页数', enter('16', 2022, { sourcePage: 40 })),
  fault('value.unit', '5.1', '2022年数值的单位填成吨', enter('5.1', 2022, { unit: '吨' })),
  fault('value.doubtful', '5.2', '2022年的分母是0', enter('5.2', 2022, { numerator: 0, denominator: 0 })),
  fault('value.parts-missing', '13', '2023年没有分子和分母', enter('13', 2023, { numerator: null, denominator: null })),
  fault('verdict.unmet', '6.1', '2023年数值没有达到目标', enter('6.1', 2023, { value: -50 })),
  fault('verdict.judge', '12', '考核结果的标题说没有完成任务', change('12', 'result', 2022, { title: '关于2022年度用水考核未完成情况的通报' })),
  fault('superior.documents', '21', '缺2022年上级下达任务的文件', unlink('21', 'task', 2022)),
  fault('certificate.missing', 'N.4', '不涉及证明没有归入', unlink('N.4', 'certificate', null)),
  fault('certificate.unit', 'N.3', '证明由别的单位出具', change('N.3', 'certificate', null, { issuer: '区统计局' })),
  fault('declaration.unsigned', '23', '第1种情形的回答没有签字人', answer(1, { signedBy: '' })),
  fault('declaration.yes', '23', '第2种情形回答为有', answer(2, { answer: 'yes' })),
  fault('declaration.unanswered', '23', '第3种情形没有回答', (tx) => void removeDeclaration(tx, FORBIDDEN, 3)),
  fault('declaration.certificate', '23', '第4种情形没有证明', (tx) => {
    // A certificate filed for the whole indicator would serve for every situation.
    for (const link of listLinks(tx).filter((item) => item.indicator === FORBIDDEN)) unlinkEvidence(tx, link);
    answer(4, { certificate: null })(tx);
  }),
  fault('plan.validity', '19', '规划的有效期已过', change('19', 'document', null, { validUntil: '2023-12-31' })),
  fault('plan.approval', '19', '没有批准实施文件', unlink('19', 'approval', null)),
  fault('sign-off.lead', '7', '牵头单位没有签认', unsign('7', (unit) => unit === LAZY_UNIT)),
  fault('sign-off.assist', '18', '协办单位没有回音', unsign('18', (unit) => unit !== '市生态环境局市南分局')),
  fault('unit.overdue', null, `${LAZY_UNIT}的期限已过`, (tx) => setUnitTask(tx, { unit: LAZY_UNIT, indicator: '', contact: '', phone: '', due: '2024-03-15', note: '' })),
  fault('file.encrypted', '8', '2023年材料加了密码', change('8', 'practice', 2023, { integrity: 'encrypted' })),
  fault('secrecy.marked', '20', '2021年材料标有密级', change('20', 'practice', 2021, { secrecy: '秘密★1年' })),
  fault('privacy.personal-id', '20', '2022年材料有身份证号码', change('20', 'practice', 2022, { hasPersonalId: true })),
  fault('review.unanswered', '22', '上一轮审核意见没有答复', (tx) => {
    const round = openReviewRound(tx, '市级预审');
    assignReviewFinding(tx, addReviewFinding(tx, { round, indicator: indicatorCode('22'), text: '缺赔偿案例清单', raisedBy: '专家组' }), '市生态环境局市南分局', '');
  }),
  fault('evidence.reused', '10', '同一件材料用于两项指标', (tx) => linkEvidence(tx, { evidenceId: findLink(tx, '10', 'practice', 2022).evidenceId, indicator: indicatorCode('22'), year: null, requirement: '' })),
  fault('photo.facts', '1', '照片没有写事由', changePhoto('1', { photoFacts: { time: '2023-05-10', place: '市南区', people: '考核组', subject: '考核', background: '年度考核', occasion: '' } })),
  fault('photo.resolution', '6.3', '照片像素不足', changePhoto('6.3', { imagePixels: 1200 })),
  fault('meeting.incomplete', '10', '会议只有照片', changePhoto('10', { title: '突发环境事件应急管理推进会现场照片' })),
  fault('report.missing', '12', '没有达标情况说明', (tx) => void removeReport(tx, indicatorCode('12'))),
  fault('report.no-figures', '14', '达标情况说明没有数据', (tx) => {
    const { evidenceId } = findLink(tx, '14', 'data', 2023);
    setReport(tx, { indicator: indicatorCode('14'), text: `满意度逐年提高〔见 ${evidenceId}:1〕。`, citations: [{ evidenceId, page: 1 }] });
  }),
  fault('report.no-citations', '3', '达标情况说明没有引用佐证页', (tx) => setReport(tx, { indicator: indicatorCode('3'), text: '三年均已开展。', citations: [] })),
  fault('proof.unmarked', '6.3', '长文件没有划印证标识', (tx) => {
    const long = listEvidence(tx).find((item) => item.fileName === LONG_DOCUMENT);
    if (long === undefined) throw new Error('the long document was not imported');
    changeEvidence(tx, long.id, { kind: 'report', title: '生物多样性调查记录汇编', issuer: LAZY_UNIT, date: '2023-11-20', retention: '30年', original: 'original', confirmed: true });
    linkEvidence(tx, { evidenceId: long.id, indicator: indicatorCode('6.3'), year: 2023, requirement: '' });
  }),
  fault('scan.blank', '22', '扫描件第2页是空白', fileScan(faultScans.scan, '22', { kind: 'report', title: '环境巡查记录' })),
  fault('scan.upside-down', '22', '扫描件第3页颠倒', () => undefined),
  fault('scan.duplicate', '22', '扫描件第1页与另一件图片相同', fileScan(faultScans.copy, '3', { kind: 'report', title: '环境巡查记录（一）' })),
  fault('photo.blurred', '2', '照片模糊', fileScan(faultScans.blurred, '2', { kind: 'photo', title: '制度宣讲现场照', photoFacts: { time: '2023-06-20', place: '市南区', people: '宣讲员和社区居民', subject: '制度宣讲', background: '年度宣传', occasion: '宣传周' } })),
  fault('unit.spelling', null, '同一单位有两种写法', change('5.2', 'data', 2021, { issuer: '城市管理局' })),
  fault('figures.contradict', '18', '2021年填报的数值与材料不一致', enter('18', 2021, { value: 12.4, numerator: 124, denominator: 1000 })),
  fault('verdict.missing', '4', '编辑目录时删去了“上级考核结果”一项要求，材料也没有归入', (tx) => {
    const catalog = readCatalog(tx);
    const requirements = catalog.groups.flatMap(({ indicators }) => indicators).find(({ code }) => code === '4')?.requirements ?? [];
    const edited = changeIndicator(catalog, indicatorCode('4'), { requirements: requirements.filter(({ id }) => id !== 'result') });
    if (!edited.ok) throw new Error('the requirement cannot be taken out of the catalog');
    for (const year of catalog.years) unlink('4', 'result', year)(tx);
    writeCatalog(tx, edited.value);
  }),
  fault('retention.unlisted', '10', '2021年材料的保管期限不在本单位保管期限表中', (tx) => {
    setSetting(tx, settingNames.office, { ...readOffice(tx, ''), retentions: ['永久', '30年'] });
    change('10', 'practice', 2021, { retention: '10年' })(tx);
  }),
  fault('certificate.issuer-unstated', 'N.5', '证明没有填写责任者', change('N.5', 'certificate', null, { issuer: '' })),
  fault('certificate.seal-unstated', 'N.9', '没有人说过证明上有没有章', change('N.9', 'certificate', null, { sealed: false })),
  fault('retention.unset', null, '一件材料没有选保管期限', change('7', 'data', 2021, { retention: '' })),
];

/** What the sample's own gaps make the checker say. */
const gaps: readonly PlantedFault[] = [
  { rule: 'evidence.missing', indicator: '9', text: '缺2022年工作开展情况材料' },
  { rule: 'value.ratio', indicator: '11', text: '2023年填报的比率与分子分母不符' },
  { rule: 'certificate.seal', indicator: 'N.8', text: '不涉及证明没有盖章' },
];

/** Breaks a freshly filled small sample archive in one place for each rule, and answers all that its checker must find. */
export function plantFaults(tx: Tx): readonly PlantedFault[] {
  for (const { plant } of faults) plant(tx);
  return [...gaps, ...faults.map(({ rule, indicator, text }) => ({ rule, indicator, text }))];
}

/** Makes, beside the sample's files, the long document in which nothing is marked. Throws where it cannot be written. */
export async function makeLongDocument(folder: string, fonts: Fonts): Promise<void> {
  const pages = Array.from({ length: LONG_PAGES }, (_, at) => ({ width: 210, height: 297, ops: [{ op: 'text' as const, x: 30, y: 40, text: `生物多样性调查记录 样线${at + 1}`, font: 'song' as const, size: 16 }] }));
  const bound = planBinding({ info: { title: LONG_DOCUMENT, created: '2023-11-20T09:00:00+08:00' }, fonts, numbering: {}, onMissing: 'stop', sections: [{ kind: 'drawn', key: 'document', labelPrefix: '', pages }] });
  if (!bound.ok) throw new Error('the long document cannot be planned', { cause: bound.error });
  const written = await writeVolume(bound.value, join(folder, LONG_DOCUMENT));
  if (!written.ok) throw new Error('the long document cannot be written', { cause: written.error });
}
