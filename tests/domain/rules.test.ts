import { describe, expect, it } from 'vitest';
import { checkCompleteness } from '../../src-main/domain/completeness.ts';
import type { Finding } from '../../src-main/domain/finding.ts';
import { evidenceId, indicatorCode } from '../../src-main/domain/ids.ts';
import { isPending, ruleTable } from '../../src-main/domain/rules/rule-table.ts';
import type { RuleId } from '../../src-main/domain/rules/rule-table.ts';
import type { BundleFacts, EvidenceFacts, PageFacts, Snapshot, ValueFacts } from '../../src-main/domain/snapshot.ts';
import { evidence, link } from './facts.ts';
import { builtInCatalog, soundArchive } from './sound-archive.ts';

const catalog = builtInCatalog();
const sound = soundArchive(catalog);
const check = (snapshot: Snapshot): readonly Finding[] => checkCompleteness(catalog, snapshot).findings;

/** The first document filed for an indicator's requirement (and year). */
const filed = (code: string, requirement: string, year: number | null = null): EvidenceFacts => {
  const found = sound.links.find((item) => item.indicator === code && item.requirement === requirement && item.year === year);
  const facts = sound.evidence.find((item) => item.id === found?.evidenceId);
  if (facts === undefined) throw new Error(`nothing filed for ${code} ${requirement}`);
  return facts;
};

const withEvidence = (facts: EvidenceFacts, change: Partial<EvidenceFacts>): Snapshot => ({ ...sound, evidence: sound.evidence.map((item) => (item.id === facts.id ? { ...item, ...change } : item)) });
const unlinked = (facts: EvidenceFacts): Snapshot => ({ ...sound, links: sound.links.filter((item) => item.evidenceId !== facts.id) });
const withValue = (code: string, year: number, change: Partial<ValueFacts>): Snapshot => ({ ...sound, values: sound.values.map((item) => (item.indicator === code && item.year === year ? { ...item, ...change } : item)) });
const withReport = (code: string, change: object): Snapshot => ({ ...sound, reports: sound.reports.map((item) => (item.indicator === code ? { ...item, ...change } : item)) });
const withAnswer = (change: object): Snapshot => ({ ...sound, declarations: sound.declarations.map((item) => (item.number === 3 ? { ...item, ...change } : item)) });
/** One more document for an indicator, which needs it for nothing. */
const extra = (change: Partial<EvidenceFacts>): Snapshot => ({ ...sound, evidence: [...sound.evidence, evidence('extra', { date: '2022-05-01', issuer: '市生态环境局市南分局', ...change })], links: [...sound.links, link('extra', '10', { year: 2022, order: 9999 })] });
const bundled = (change: (bundle: BundleFacts) => BundleFacts): Snapshot => ({ ...sound, ...(sound.bundle === undefined ? {} : { bundle: change(sound.bundle) }) });
const inVolume = (change: (item: BundleFacts['volumes'][number]['items'][number]) => object): Snapshot =>
  bundled((bundle) => ({ ...bundle, volumes: bundle.volumes.map((volume) => (volume.no === 1 ? { ...volume, items: volume.items.map((item, at) => (at === 1 ? { ...item, ...change(item) } : item)) } : volume)) }));
const page = (number: number, change: Partial<PageFacts>): PageFacts => ({ evidenceId: sound.evidence[0]?.id ?? evidenceId(''), page: number, blank: false, upsideDown: false, likeness: '', ...change });
const photo: Partial<EvidenceFacts> = { kind: 'photo', fileKind: 'jpeg', imagePixels: 4000, photoFacts: { time: '2022-05-01', place: '甲地', people: '乙', subject: '丙', background: '丁', occasion: '戊' } };
const finding = (state: 'open' | 'assigned' | 'answered' | 'closed'): Snapshot => ({ ...sound, reviewFindings: [{ id: 'r1', round: 1, indicator: indicatorCode('5.1'), text: '数据出处不清', assignedTo: '', state }] });
const meeting = (titles: readonly string[]): Snapshot => ({
  ...sound,
  evidence: [...sound.evidence, ...titles.map((title, at) => evidence(`m${at}`, { title, date: '2022-05-01', issuer: '区城市管理局' }))],
  links: [...sound.links, ...titles.map((_, at) => link(`m${at}`, '9', { year: 2022, order: 9999 + at }))],
});

/** The second item of a volume, of three pages, as a late insert behind the first. */
const inserted = { order: 1, orderAfter: 1, indexed: [1, 3], indexedAfter: 3, stamped: [1, 3], stampedAfter: 3 } as const;
const onSheets = (snapshot: Snapshot, sheets: readonly string[]): Snapshot => ({
  ...snapshot,
  ...(snapshot.bundle === undefined ? {} : { bundle: { ...snapshot.bundle, volumes: snapshot.bundle.volumes.map((volume) => (volume.no === 1 ? { ...volume, sheets } : volume)) } }),
});

/** For each rule: an archive in which only that thing is broken, and what the findings must be. */
const broken: readonly (readonly [RuleId, Snapshot, number?])[] = [
  ['evidence.missing', unlinked(filed('2', 'practice', 2022))],
  ['evidence.date', withEvidence(filed('2', 'practice', 2022), { date: '2020-03-01' })],
  ['evidence.date', withEvidence(filed('2', 'practice', 2022), { date: '2023-03-01' })],
  ['evidence.draft', withEvidence(filed('2', 'practice', 2022), { draft: true })],
  ['document.facts', withEvidence(filed('12', 'task', 2022), { documentNumber: '' })],
  ['document.facts', withEvidence(filed('9', 'document'), { issuer: '' })],
  ['document.facts', withEvidence(filed('9', 'document'), { date: '' })],
  ['value.missing', { ...sound, values: sound.values.filter((item) => !(item.indicator === '5.1' && item.year === 2022)) }],
  ['value.source', withValue('5.1', 2022, { sourceEvidence: null, sourcePage: null })],
  ['value.source', withValue('5.1', 2022, { sourcePage: null })],
  ['value.source-page', withValue('5.1', 2022, { sourcePage: 4 })],
  ['value.unit', withValue('5.1', 2022, { unit: '吨' })],
  ['value.ratio', withValue('5.1', 2022, { numerator: 930 })],
  ['value.doubtful', withValue('5.1', 2022, { numerator: 0, denominator: 0 })],
  ['value.parts-missing', withValue('5.1', 2022, { numerator: null, denominator: null })],
  ['verdict.unmet', withValue('14', 2022, { value: 89 })],
  ['verdict.unmet', withValue('5.1', 2022, { value: 90, numerator: 900 })],
  ['verdict.judge', withEvidence(filed('12', 'result', 2022), { title: '关于未完成考核任务的通报' })],
  ['superior.documents', unlinked(filed('12', 'task', 2022))],
  ['superior.documents', unlinked(filed('21', 'result', 2023))],
  ['certificate.missing', unlinked(filed('N.4', 'certificate'))],
  ['certificate.unit', withEvidence(filed('N.4', 'certificate'), { issuer: '区统计局' })],
  ['certificate.issuer-unstated', withEvidence(filed('N.4', 'certificate'), { issuer: '' })],
  ['certificate.seal', withEvidence(filed('N.4', 'certificate'), { sealed: false, sealStated: true })],
  ['certificate.seal-unstated', withEvidence(filed('N.4', 'certificate'), { sealed: false })],
  ['declaration.unanswered', { ...sound, declarations: sound.declarations.filter((item) => item.number !== 3) }],
  ['declaration.yes', withAnswer({ answer: 'yes' })],
  ['declaration.unsigned', withAnswer({ signedBy: '' })],
  ['declaration.certificate', unlinked(filed('23', 'certificate'))],
  ['plan.validity', withEvidence(filed('19', 'document'), { validUntil: '2023-12-31' })],
  ['plan.validity', withEvidence(filed('19', 'document'), { validUntil: '' })],
  ['plan.approval', unlinked(filed('19', 'approval'))],
  ['sign-off.lead', { ...sound, signOffs: sound.signOffs.filter((item) => !(item.indicator === '11' && item.unit === '区机关事务服务中心')) }],
  ['sign-off.assist', { ...sound, signOffs: sound.signOffs.filter((item) => !(item.indicator === '12' && item.unit === '区统计局')) }],
  ['numbering.pages', inVolume(() => ({ indexed: [5, 7], stamped: [5, 7] }))],
  ['numbering.pages', bundled((bundle) => ({ ...bundle, volumes: bundle.volumes.map((volume) => ({ ...volume, closing: { items: 2, pages: volume.no === 1 ? 5 : 6 }, ...(volume.no === 1 ? { sheets: ['1', '2', '4', '5', '6'] } : {}) })) }))],
  ['numbering.index', bundled((bundle) => ({ ...bundle, volumes: bundle.volumes.map((volume) => (volume.no === 1 ? { ...volume, strays: [{ order: 3, title: '无此件', page: 7 }] } : volume)) }))],
  ['numbering.index', inVolume(() => ({ order: 9, indexed: [0, 0] }))],
  ['numbering.totals', bundled((bundle) => ({ ...bundle, volumes: bundle.volumes.map((volume) => (volume.no === 1 ? { ...volume, sheets: ['1', '2', '3', '4', '5'] } : volume)) }))],
  ['numbering.order', inVolume(() => ({ order: 3 }))],
  // A late insert that says to lie behind another page, or under another number, than it does; and one whose index row is of the volume's own pages.
  ['numbering.pages', inVolume(() => ({ ...inserted, indexedAfter: 2, stampedAfter: 2 }))],
  ['numbering.pages', inVolume(() => ({ ...inserted, indexed: [2, 4], stamped: [2, 4] }))],
  ['numbering.order', inVolume(() => ({ ...inserted, orderAfter: 2 }))],
  ['numbering.index', inVolume(() => ({ ...inserted, indexedAfter: undefined }))],
  ['numbering.pages', onSheets(inVolume(() => inserted), ['1', '2', '3', '3-1', '3-3', '4'])],
  ['numbering.index', inVolume(() => ({ indexed: [5, 6] }))],
  ['numbering.totals', bundled((bundle) => ({ ...bundle, volumes: bundle.volumes.map((volume) => ({ ...volume, closing: { items: 2, pages: volume.no === 1 ? 7 : 6 } })) }))],
  ['numbering.totals', bundled((bundle) => ({ ...bundle, volumes: bundle.volumes.map((volume) => ({ ...volume, closing: { items: volume.no === 1 ? 3 : 2, pages: 6 } })) }))],
  ['code.duplicate', bundled((bundle) => ({ ...bundle, volumes: bundle.volumes.map((volume) => ({ ...volume, archivalCode: 'X-1' })) }))],
  ['code.gap', bundled((bundle) => ({ ...bundle, volumes: bundle.volumes.map((volume) => ({ ...volume, items: volume.items.map((item) => ({ ...item, archivalCode: item.archivalCode.replace('0004', '0006') })) })) }))],
  ['box.mixed', bundled((bundle) => ({ ...bundle, boxes: bundle.boxes.map((box) => ({ ...box, items: box.items.map((item, at) => ({ ...item, year: at === 0 ? 2022 : 2023 })) })) }))],
  ['box.mixed', bundled((bundle) => ({ ...bundle, boxes: bundle.boxes.map((box) => ({ ...box, items: box.items.map((item, at) => ({ ...item, organ: at === 0 ? 'HJJ' : 'BGS' })) })) }))],
  ['box.mixed', bundled((bundle) => ({ ...bundle, boxes: bundle.boxes.map((box) => ({ ...box, items: box.items.map((item, at) => ({ ...item, retention: at === 0 ? '30年' : '永久' })) })) }))],
  ['file.changed', extra({ integrity: 'changed' })],
  ['file.unreadable', extra({ integrity: 'unreadable' })],
  ['file.encrypted', extra({ integrity: 'encrypted' })],
  ['secrecy.marked', extra({ secrecy: '秘密★1年' })],
  ['privacy.personal-id', extra({ hasPersonalId: true })],
  ['review.unanswered', finding('open')],
  ['review.unanswered', finding('assigned')],
  ['evidence.reused', { ...sound, links: [...sound.links, link(filed('2', 'practice', 2022).id, '3', { year: 2022, order: 9999 })] }],
  ['evidence.reused', { ...sound, links: [...sound.links, link(filed('14', 'data', 2022).id, '14', { year: 2023, requirement: 'data', order: 9999 })], evidence: sound.evidence.map((item) => (item.id === filed('14', 'data', 2022).id ? { ...item, date: '' } : item)) }],
  ['photo.facts', extra({ ...photo, photoFacts: { time: '2022', place: '甲地', people: '乙', subject: '丙', background: '丁', occasion: ' ' } })],
  ['photo.resolution', extra({ ...photo, imagePixels: 2337 })],
  ['photo.blurred', extra({ ...photo, blurred: true })],
  ['scan.blank', { ...sound, pages: [page(1, { likeness: 'a' }), page(2, { blank: true })] }],
  ['scan.upside-down', { ...sound, pages: [page(1, { upsideDown: true })] }],
  ['scan.duplicate', { ...sound, pages: [page(1, { likeness: 'a' }), page(2, { likeness: 'a' }), page(3, { likeness: 'b' })] }],
  ['meeting.incomplete', meeting(['关于召开植树推进会的通知', '植树推进会签到表', '植树推进会纪要'])],
  ['report.missing', withReport('9', { text: ' ' })],
  ['report.no-figures', withReport('14', { text: '满意度达到要求，2022年有所提高。' })],
  ['report.no-citations', withReport('9', { citations: [] })],
  ['proof.unmarked', extra({ pages: 20, proofMarks: 0 })],
  ['unit.spelling', extra({ issuer: '生态环境局市南分局' })],
  ['figures.contradict', withReport('5.1', { text: '2022年县城污水处理率为94.5%。' })],
  ['figures.contradict', { ...sound, figures: [{ indicator: indicatorCode('5.1'), year: 2022, value: 94, unit: '%', scope: '', evidenceId: filed('5.1', 'data', 2022).id, page: 2, sentence: '2022年县城污水处理率94%' }] }],
  ['retention.unset', extra({ retention: '' })],
];

describe('every rule', () => {
  it('finds nothing in a sound archive, and all 36 indicators complete', () => {
    const report = checkCompleteness(catalog, sound);
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ indicators: 36, complete: 36 });
  });

  it.each(broken.map(([rule, snapshot], at) => [rule, at, snapshot] as const))('%s (%i): found where only that is broken, and nothing else', (rule, _, snapshot) => {
    const found = check(snapshot);
    expect(found.map((item) => item.rule)).toEqual([rule]);
    expect(found[0]).toMatchObject({ severity: ruleTable[rule].severity, basis: ruleTable[rule].basis, waived: false });
    expect(found[0]?.message).not.toMatch(/undefined|\{\w+\}|null|NaN/u);
  });

  it('numbering: late inserts in their order and numbers that 备考表 says are free are no gaps', () => {
    expect(check(inVolume(() => inserted))).toEqual([]);
    expect(check(onSheets(inVolume(() => inserted), ['1', '2', '3', '3-1', '3-2', '3-3']))).toEqual([]);
    const gap = inVolume(() => ({ order: 4, indexed: [6, 8], stamped: [6, 8] }));
    expect(check(gap).map(({ rule }) => rule)).toEqual(['numbering.order', 'numbering.pages']);
    const stated = gap.bundle?.volumes.map((volume) => (volume.no === 1 ? { ...volume, closing: { ...volume.closing, freePages: [[4, 5]] as const, freeOrders: [[2, 3]] as const } } : volume)) ?? [];
    expect(check({ ...gap, ...(gap.bundle === undefined ? {} : { bundle: { ...gap.bundle, volumes: stated } }) })).toEqual([]);
  });

  it('unit.overdue: told with the work that is left, once the day has passed', () => {
    const late: Snapshot = { ...sound, signOffs: sound.signOffs.filter((item) => !(item.indicator === '11' && item.unit === '区机关事务服务中心')), unitTasks: [{ unit: '区机关事务服务中心', indicator: '', due: '2024-04-19' }] };
    expect(check(late).map((item) => item.rule)).toEqual(['sign-off.lead', 'unit.overdue']);
    expect(check({ ...late, today: '2024-04-19' }).map((item) => item.rule)).toEqual(['sign-off.lead']);
    expect(check({ ...late, signOffs: sound.signOffs })).toEqual([]);
    // Without a day of its own a unit has the plan's; whether it was sent its task changes the words, not that it is late.
    const planned: Snapshot = { ...late, unitTasks: [], today: '2024-05-01', reached: [] };
    const told = (snapshot: Snapshot): readonly string[] => check(snapshot).filter(({ rule }) => rule === 'unit.overdue').map(({ message }) => message);
    expect(told(planned)).toEqual(['区机关事务服务中心的期限2024-04-30已过，任务包未发出，还有1项没有完成：11。请催办。']);
    expect(told({ ...planned, reached: ['区机关事务服务中心'] })).toEqual(['区机关事务服务中心的期限2024-04-30已过，还有1项没有完成：11。请催办。']);
    expect(told({ ...planned, today: '2024-04-30' })).toEqual([]);
  });

  it('verdict.judge: asks nothing of a unit', () => {
    const snapshot = withEvidence(filed('12', 'result', 2022), { title: '关于未完成考核任务的通报' });
    expect(check(snapshot).map(({ rule, units }) => [rule, units])).toEqual([['verdict.judge', []]]);
  });

  it('certificate.issuer-unstated: waits for a look at the original, asks nothing of a unit, and stands in no other’s way', () => {
    const own = filed('N.4', 'certificate');
    const nameless = withEvidence(own, { issuer: '' });
    expect(check(nameless)).toMatchObject([{ message: expect.stringMatching(/没有填写责任者：请看原件填写出具单位（应为市自然资源和规划局市南分局）/u), units: [], asks: '' }]);
    expect(isPending('certificate.issuer-unstated')).toBe(true);
    const second = { ...nameless, evidence: [...nameless.evidence, evidence('second', { kind: 'certificate', issuer: '区统计局' })], links: [...nameless.links, link('second', 'N.4', { requirement: 'certificate', order: 9999 })] };
    expect(check(second).map(({ rule }) => rule).toSorted(), 'a wrong issuer stays an error').toEqual(['certificate.issuer-unstated', 'certificate.unit']);
    // Where the unit's own lies there too, one without an issuer is no certificate that is owed.
    expect(check({ ...second, evidence: second.evidence.map((item) => (item.id === evidenceId('second') ? { ...item, issuer: own.issuer } : item)) })).toEqual([]);
  });

  it('retention.unlisted: measured by the office’s own table', () => {
    expect(checkCompleteness(catalog, sound, { retentions: ['30年'] }).findings.every((item) => item.rule === 'retention.unlisted')).toBe(true);
    expect(checkCompleteness(catalog, sound, { retentions: ['30年'] }).findings).toHaveLength(sound.evidence.length);
  });

  it('verdict.missing: told where no other rule says what is lacking', () => {
    const bare = { ...catalog, groups: catalog.groups.map((group) => ({ ...group, indicators: group.indicators.map((indicator) => (indicator.code === '12' ? { ...indicator, requirements: [] } : indicator)) })) };
    expect(checkCompleteness(bare, sound).findings.map((item) => item.rule)).toEqual(['verdict.missing']);
  });

  it('has a test', () => {
    const tested = new Set<RuleId>([...broken.map(([rule]) => rule), 'unit.overdue', 'retention.unlisted', 'verdict.missing']);
    expect(Object.keys(ruleTable).filter((rule) => ![...tested].includes(rule as RuleId))).toEqual([]);
  });
});

describe('what is right is not found fault with', () => {
  it.each<readonly [string, Snapshot]>([
    ['a result of 2022 issued in 2023', withEvidence(filed('12', 'result', 2022), { date: '2023-03-01' })],
    ['a table about 2022 drawn up in 2023', withEvidence(filed('14', 'data', 2022), { date: '2023-02-01', title: '2022年满意度调查数据' })],
    ['a review finding answered', finding('answered')],
    ['a review finding closed', finding('closed')],
    ['a photo of just enough pixels', extra({ ...photo, imagePixels: 2338 })],
    ['a photo with its six facts', extra(photo)],
    ['a meeting with all five papers', meeting(['关于召开植树推进会的通知', '植树推进会签到表', '植树推进会纪要', '植树推进会材料', '植树推进会照片'])],
    ['a document one page short of long', extra({ pages: 19, proofMarks: 0 })],
    ['a long document with its mark', extra({ pages: 40 })],
    ['a source on its last page', withValue('5.1', 2022, { sourcePage: 3 })],
    ['an assist that handed something in', { ...sound, signOffs: sound.signOffs.filter((item) => !(item.indicator === '12' && item.unit === '区统计局')), evidence: sound.evidence.map((item) => (item.id === filed('12', 'result', 2022).id ? { ...item, issuer: '区统计局' } : item)) }],
    ['a certificate under an alias', withEvidence(filed('N.1', 'certificate'), { issuer: '市生态环境局市南分局（盖章）' })],
    ['unmarked secrecy', extra({ secrecy: '无' })],
    ['a figure rounded in the text', withReport('5.1', { text: '2022年县城污水处理率为96.0%。' })],
    ['a figure of the whole city', withReport('5.1', { text: '2022年全市县城污水处理率为94.5%。' })],
    ['a report that only names the bound', withReport('5.1', { text: '2022年县城污水处理率达到95%以上，共3件。' })],
    ['evidence that is linked nowhere', { ...sound, evidence: [...sound.evidence, evidence('loose', { draft: true, integrity: 'encrypted' })] }],
  ])('%s', (_, snapshot) => expect(check(snapshot)).toEqual([]));
});

describe('waivers and states', () => {
  const photoless = extra({ ...photo, blurred: true });
  it('a warning can be waived, for its place only', () => {
    const waiver = { rule: 'photo.blurred', indicator: indicatorCode('10'), evidenceId: evidenceId('extra'), reason: '原片如此', by: '张三', at: '2024-04-01' };
    expect(check({ ...photoless, waivers: [waiver] }).map((item) => item.waived)).toEqual([true]);
    expect(check({ ...photoless, waivers: [{ ...waiver, evidenceId: evidenceId('e1') }] }).map((item) => item.waived)).toEqual([false]);
    const state = checkCompleteness(catalog, { ...photoless, waivers: [waiver] }).states.find((item) => item.code === '10');
    expect(state).toMatchObject({ warnings: 0, errors: 0, complete: true });
  });
  it('an error cannot', () => {
    const snapshot = extra({ hasPersonalId: true });
    const waiver = { rule: 'privacy.personal-id', indicator: indicatorCode('10'), evidenceId: evidenceId('extra'), reason: '无妨', by: '张三', at: '2024-04-01' };
    expect(check({ ...snapshot, waivers: [waiver] }).map((item) => item.waived)).toEqual([false]);
  });
  it('a document’s fault counts against each indicator it serves', () => {
    const shared = withEvidence(filed('2', 'practice', 2022), { draft: true });
    const report = checkCompleteness(catalog, { ...shared, links: [...shared.links, link(filed('2', 'practice', 2022).id, '3', { year: 2022, order: 9999 })] });
    expect(report.states.filter((state) => !state.complete).map((state) => state.code)).toEqual(['2', '3']);
  });
  it('a retired indicator is not asked for', () => {
    const retired = { ...catalog, groups: catalog.groups.map((group) => ({ ...group, indicators: group.indicators.map((indicator) => (indicator.code === '12' ? { ...indicator, retired: true as const } : indicator)) })) };
    expect(checkCompleteness(retired, { ...sound, links: sound.links.filter((item) => item.indicator !== '12') })).toMatchObject({ indicators: 35, complete: 35, findings: [] });
  });
  it('an empty archive lacks everything', () => {
    const empty: Snapshot = { evidence: [], links: [], values: [], reports: [], declarations: [], signOffs: [], waivers: [], reviewFindings: [], today: '2024-04-20' };
    const report = checkCompleteness(catalog, empty);
    expect(report.complete).toBe(0);
    expect(report.states.every((state) => state.overall === 'missing' && state.errors > 0)).toBe(true);
  });
});
