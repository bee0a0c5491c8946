import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

type Catalog = CallOutput<'catalog.read'>;
type Indicator = Catalog['groups'][number]['indicators'][number];

const ratio = { kind: 'value', text: '≥90%', op: '>=', value: 90, unit: '%', ratio: true };

describe('editing the catalog', () => {
  let bench: Workbench;
  let before: Catalog;
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
    before = await bench.ask('catalog.read', {});
  });
  afterAll(() => bench.close());

  const read = (): Promise<Catalog> => bench.ask('catalog.read', {});
  const find = async (code: string): Promise<Indicator | undefined> => (await read()).groups.flatMap((group) => group.indicators).find((indicator) => indicator.code === code);
  const undo = (): Promise<{ readonly text: string }> => bench.ask('history.undo', {});
  const lead = '区委组织部';

  it('adds an indicator that is judged and checked at once, and takes it back whole', async () => {
    const group = before.groups[0]?.code ?? '';
    const { code } = await bench.ask('catalog.addIndicator', { group, at: 0, indicator: { name: '新增指标', target: ratio, lead: [lead] } });
    expect(Number(code)).toBeGreaterThan(23);
    expect((await read()).groups[0]?.indicators[0]).toMatchObject({ code, name: '新增指标', lead: [lead], requirements: [{ id: 'data', kind: 'data-table', per: 'year' }] });
    expect((await bench.ask('check.run', {})).indicators).toBe(37);
    expect((await bench.ask('indicator.setValue', { code, year: 2023, value: 91, unit: '%' })).years.find((year) => year.year === 2023)?.verdict).toBe('met');
    await undo();
    expect((await undo()).text).toContain('新增指标');
    expect(await read()).toEqual(before);
  });

  it('refuses what would contradict itself, in words, and changes nothing', async () => {
    const group = before.groups[0]?.code ?? '';
    expect(await bench.refuse('catalog.addIndicator', { group, indicator: { code: '5.1', name: '重号', target: ratio, lead: [lead] } })).toBe('wrong-input');
    expect(await bench.refuse('catalog.addIndicator', { group, indicator: { code: '5/1', name: '坏号', target: ratio } })).toBe('wrong-input');
    expect(await bench.refuse('catalog.addIndicator', { group: '无此组', indicator: { name: '甲', target: ratio } })).toBe('wrong-input');
    expect(await bench.refuse('catalog.addIndicator', { group, indicator: { name: '乙', target: { ...ratio, op: '~' } } })).toBe('wrong-input');
    expect(await bench.refuse('catalog.changeIndicator', { code: '5.1', change: { lead: ['无此单位'] } })).toBe('wrong-input');
    expect(await bench.refuse('catalog.changeIndicator', { code: '99', change: { name: '甲' } })).toBe('wrong-input');
    expect(await bench.refuse('catalog.mergeUnits', { from: lead, into: lead })).toBe('wrong-input');
    const reply = await bench.dispatcher.callUntrusted('catalog.changeIndicator', { code: '5.1', change: { lead: ['无此单位'] } });
    expect(reply).toMatchObject({ ok: false, error: { detail: expect.stringContaining('“无此单位”不在单位表中') } });
    expect(await read()).toEqual(before);
  });

  it('gives a group its members in one step, by any of their names, and makes units of names that none has', async () => {
    const known = before.units.find((unit) => unit.kind === 'unit')?.name ?? '';
    await bench.ask('catalog.addUnit', { name: '各街道', kind: 'group' });
    await bench.ask('catalog.changeUnit', { name: known, change: { aliases: ['老名字'] } });
    await bench.ask('catalog.setMembers', { group: '各街道', members: ['老名字', '香港路街道', '香港路街道'] });
    const units = (await read()).units;
    expect(units.find((unit) => unit.name === '各街道')?.members).toEqual([known, '香港路街道']);
    expect(units.filter((unit) => unit.name === '香港路街道')).toHaveLength(1);
    await undo();
    expect((await read()).units.map((unit) => unit.name)).not.toContain('香港路街道');
    expect(await bench.refuse('catalog.setMembers', { group: '没有的组', members: [known] })).toBe('wrong-input');
    await undo();
    await undo();
    expect(await read()).toEqual(before);
  });

  it('changes only the fields that are given', async () => {
    const old = await find('5.1');
    await bench.ask('catalog.changeIndicator', { code: '5.1', change: { target: { ...ratio, text: '≥97%', value: 97 } } });
    expect(await find('5.1')).toEqual({ ...old, target: { ...ratio, text: '≥97%', value: 97 } });
    expect((await bench.ask('indicator.setValue', { code: '5.1', year: 2023, value: 96, unit: '%' })).years.find((year) => year.year === 2023)?.verdict).toBe('unmet');
    await undo();
    await undo();
    expect(await read()).toEqual(before);
  });

  it('moves an indicator to another group', async () => {
    const last = before.groups.at(-1)?.code ?? '';
    await bench.ask('catalog.moveIndicator', { code: '5.1', group: last, at: 0 });
    expect((await read()).groups.at(-1)?.indicators[0]?.code).toBe('5.1');
    await undo();
    expect(await read()).toEqual(before);
  });

  it('retires an indicator: no longer counted, nothing lost, and back again', async () => {
    await bench.ask('indicator.setReport', { code: '5.1', text: '三年均达标。' });
    await bench.ask('catalog.retireIndicator', { code: '5.1' });
    expect((await find('5.1'))?.retired).toBe(true);
    expect((await bench.ask('check.run', {})).indicators).toBe(35);
    expect((await bench.ask('overview.read', {})).states.map((state) => state.code)).not.toContain('5.1');
    await bench.ask('catalog.retireIndicator', { code: '5.1', retired: false });
    expect((await bench.ask('indicator.read', { code: '5.1' })).report).toBe('三年均达标。');
    expect(await read()).toEqual(before);
  });

  it('carries a new name of a unit into indicators, signatures, due dates and certificates', async () => {
    const led = before.groups.flatMap((group) => group.indicators).find((indicator) => indicator.lead.includes(lead))?.code ?? '';
    await bench.ask('indicator.signOff', { code: led, unit: lead, by: '李工' });
    await bench.ask('unit.setDue', { unit: lead, due: '2024-04-01', contact: '李工', phone: '1' });
    await bench.ask('catalog.changeUnit', { name: lead, change: { name: '市南区委组织部' } });
    expect((await read()).units.find((unit) => unit.name === '市南区委组织部')?.aliases).toContain(lead);
    const read1 = await bench.ask('indicator.read', { code: led });
    expect(read1.indicator.lead).toContain('市南区委组织部');
    expect(read1.signOffs).toMatchObject([{ unit: '市南区委组织部', by: '李工' }]);
    expect((await bench.ask('overview.read', {})).units.find((unit) => unit.name === '市南区委组织部')).toMatchObject({ due: '2024-04-01', contact: '李工' });
    expect((await bench.ask('check.run', {})).findings.filter((finding) => finding.rule === 'unit.spelling')).toEqual([]);
    await undo();
    expect(await read()).toEqual(before);
    expect((await bench.ask('indicator.read', { code: led })).signOffs).toMatchObject([{ unit: lead }]);
  });

  it('adds a unit, merges it with another and retires one', async () => {
    await bench.ask('catalog.addUnit', { name: '中共市南区委组织部', aliases: ['组织部'] });
    await bench.ask('unit.setDue', { unit: '中共市南区委组织部', due: '2024-03-01', contact: '王', phone: '' });
    await bench.ask('catalog.mergeUnits', { from: '中共市南区委组织部', into: lead });
    const units = (await read()).units;
    expect(units.map((unit) => unit.name)).not.toContain('中共市南区委组织部');
    expect(units.find((unit) => unit.name === lead)?.aliases).toEqual(expect.arrayContaining(['中共市南区委组织部', '组织部']));
    expect((await bench.ask('overview.read', {})).units.find((unit) => unit.name === lead), 'its own date stays').toMatchObject({ due: '2024-04-01' });
    await bench.ask('catalog.retireUnit', { name: lead });
    expect((await bench.ask('overview.read', {})).units.map((unit) => unit.name)).not.toContain(lead);
    expect(await bench.ask('archive.verify', { jobId: 'v' })).toMatchObject({ ok: true, problems: [] });
  });
});

describe('certificates', () => {
  let bench: Workbench;
  let paper: string;
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
    const file = await makePdf(join(bench.folder, '证明.pdf'), [['证明', '市南区不涉及该项指标。']]);
    paper = (await bench.ask('evidence.import', { jobId: 'a', paths: [file] })).imported[0]?.id ?? '';
  });
  afterAll(() => bench.close());

  const ofRule = async (rule: string, indicator: string): Promise<number> => (await bench.ask('check.run', {})).findings.filter((finding) => finding.rule === rule && finding.indicator === indicator).length;

  it('goes its way from printed to returned, and is filed when it is back', async () => {
    const unit = (await bench.ask('indicator.read', { code: 'N.1' })).indicator.lead[0] ?? '';
    const owed = await ofRule('certificate.missing', 'N.1');
    await bench.ask('certificate.set', { code: 'N.1', unit, state: 'printed' });
    expect(await bench.ask('certificate.list', {})).toEqual([{ indicator: 'N.1', number: 0, unit, state: 'printed', evidence: null, printedAt: '2024-04-12', returnedAt: '', note: '' }]);
    expect(await ofRule('certificate.missing', 'N.1')).toBe(owed);
    await bench.ask('evidence.update', { id: paper, change: { issuer: unit, sealed: true, kind: 'certificate', confirmed: true } });
    await bench.ask('certificate.set', { code: 'N.1', unit, state: 'returned', evidence: paper, returnedAt: '2024-04-15' });
    expect(await bench.ask('certificate.list', {})).toMatchObject([{ state: 'returned', evidence: paper, printedAt: '2024-04-12', returnedAt: '2024-04-15' }]);
    expect(await ofRule('certificate.missing', 'N.1')).toBe(owed - 1);
    expect((await bench.ask('history.undo', {})).text).toContain(unit);
    expect(await ofRule('certificate.missing', 'N.1'), 'undo takes the link away too').toBe(owed);
    await bench.ask('certificate.remove', { code: 'N.1', unit });
    expect(await bench.ask('certificate.list', {})).toEqual([]);
  });

  it('is attached to the answer it is for, and stays there when the answer is signed again', async () => {
    const unit = (await bench.ask('indicator.read', { code: '23' })).indicator.lead[0] ?? '';
    await bench.ask('indicator.declare', { code: '23', number: 2, answer: 'no', signedBy: '' });
    await bench.ask('certificate.set', { code: '23', number: 2, unit, state: 'returned', evidence: paper });
    const second = async (): Promise<unknown> => (await bench.ask('indicator.read', { code: '23' })).declarations[1];
    expect(await second()).toMatchObject({ certificate: paper, signedBy: '' });
    await bench.ask('indicator.declare', { code: '23', number: 2, answer: 'no', signedBy: '周立群' });
    expect(await second()).toMatchObject({ certificate: paper, signedBy: '周立群' });
    await bench.ask('indicator.declare', { code: '23', number: 2, answer: 'no', signedBy: '周立群', certificate: null });
    expect(await second()).toMatchObject({ certificate: null });
  });

  it('refuses what cannot be', async () => {
    const unit = (await bench.ask('indicator.read', { code: 'N.1' })).indicator.lead[0] ?? '';
    expect(await bench.refuse('certificate.set', { code: '99', unit, state: 'printed' })).toBe('indicator-unknown');
    expect(await bench.refuse('certificate.set', { code: '5.1', unit, state: 'printed' })).toBe('wrong-input');
    expect(await bench.refuse('certificate.set', { code: '23', number: 8, unit, state: 'printed' })).toBe('wrong-input');
    expect(await bench.refuse('certificate.set', { code: 'N.1', unit: '无此单位', state: 'printed' })).toBe('unit-unknown');
    expect(await bench.refuse('certificate.set', { code: 'N.1', unit, state: 'returned', evidence: 'e0' })).toBe('evidence-unknown');
    expect(await bench.refuse('indicator.declare', { code: '23', number: 1, answer: 'no', certificate: 'e0' })).toBe('evidence-unknown');
  });
});

describe('what stands over the catalog', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
    const plan = join(bench.folder, '方案.txt');
    await writeFile(plan, '云川县创建工作方案\n一、主要任务\n1.空气质量优良天数比例85%。（县生态环境分局牵头）\n2.污水处理率≥95%。（县水务局负责）\n');
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'plan', path: plan } });
  });
  afterAll(() => bench.close());

  it('keeps what the plan reader asked until a person has answered, each with its indicator', async () => {
    const asked = await bench.ask('catalog.questions', {});
    const question = asked.find((item) => item.asks.includes('没有写不低于还是不高于'));
    expect(question).toMatchObject({ code: '1', sentence: '空气质量优良天数比例85%', settled: null });
    await bench.ask('catalog.settleQuestion', { number: question?.number, settled: true, note: '按不低于' });
    expect((await bench.ask('catalog.questions', {})).find((item) => item.number === question?.number)?.settled?.note).toBe('按不低于');
    expect((await bench.ask('history.undo', {})).text).toContain('答复方案疑问');
    expect((await bench.ask('catalog.questions', {})).every((item) => item.settled === null)).toBe(true);
    expect(await bench.refuse('catalog.settleQuestion', { number: 99, settled: true })).toBe('wrong-input');
  });

  it('changes title, years, deadline and phases, and refuses days that are none', async () => {
    await bench.ask('catalog.changeHead', { change: { years: [2023, 2021, 2022, 2022], deadline: '2024-04-30', milestones: [{ name: '自查', from: '', to: '2024-04-30' }] } });
    expect(await bench.ask('catalog.read', {})).toMatchObject({ years: [2021, 2022, 2023], deadline: '2024-04-30', milestones: [{ name: '自查', from: '', to: '2024-04-30' }] });
    expect(await bench.refuse('catalog.changeHead', { change: { deadline: '2024-02-31' } })).toBe('wrong-input');
    expect(await bench.refuse('catalog.changeHead', { change: { years: [] } })).toBe('wrong-input');
    expect(await bench.refuse('catalog.changeHead', { change: { title: ' ' } })).toBe('wrong-input');
  });
});
