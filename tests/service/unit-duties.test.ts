import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

describe('what units owe, past the plan’s day', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench({ today: '2024-06-01' });
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
  });
  afterAll(() => bench.close());

  it('is one count by one day on every page, and the findings of the check under the unit’s name', async () => {
    const overview = await bench.ask('overview.read', {});
    const exchange = await bench.ask('exchange.state', {});
    const { findings, errors, pending } = await bench.ask('check.run', {});
    expect(overview.units.map(({ name, owes, deadline, overdue }) => [name, owes, deadline, overdue])).toEqual(exchange.units.map(({ name, owed, due, overdue }) => [name, owed.length, due, overdue]));
    const found = (unit: string): readonly string[] => [...new Set(findings.filter(({ severity, units, indicator }) => severity === 'error' && indicator !== null && units.includes(unit)).map(({ indicator }) => indicator ?? ''))];
    for (const unit of exchange.units) expect([unit.name, [...unit.owed].toSorted()]).toEqual([unit.name, [...found(unit.name)].toSorted()]);
    expect(exchange.units.every(({ due }) => due === '2024-04-30')).toBe(true);
    // Nothing was given to anybody, yet the day is past: whoever owes something is late, and nothing contradicts anything.
    expect(exchange.units.filter(({ overdue }) => overdue).map(({ name }) => name)).toEqual(exchange.units.filter(({ owed }) => owed.length > 0).map(({ name }) => name));
    expect([pending, overview.pending]).toEqual([errors, overview.errors]);
  });

  it('names the same units late on pages, papers and in the check, and says that nothing was sent', async () => {
    const { units } = await bench.ask('exchange.state', {});
    const late = units.filter(({ overdue }) => overdue).map(({ name }) => name);
    expect(late.length).toBeGreaterThan(10);
    const { kinds } = await bench.ask('papers.list', {});
    const letters = kinds.find(({ kind }) => kind === 'reminder')?.scopes ?? [];
    expect(letters.map(({ id }) => id).toSorted()).toEqual(late.toSorted());
    // Whoever owes most first, with how much.
    const debts = new Map(units.map(({ name, owed }) => [name, owed.length]));
    expect(letters.map(({ note }) => note)).toEqual(letters.map(({ id }) => `欠 ${debts.get(id) ?? 0} 项`));
    expect(letters.map(({ id }) => debts.get(id) ?? 0)).toEqual([...debts.values()].filter((owed) => owed > 0).toSorted((a, b) => b - a));
    const { findings } = await bench.ask('check.run', {});
    const told = findings.filter(({ rule }) => rule === 'unit.overdue');
    expect(told.flatMap((finding) => finding.units).toSorted()).toEqual(late.toSorted());
    for (const { message } of told) expect(message).toMatch(/的期限2024-04-30已过，任务包未发出，还有\d+项没有完成/u);
    const { path } = await bench.ask('papers.make', { jobId: 'list', kind: 'outstanding', format: 'csv', out: join(bench.folder, '清单.csv') });
    const rows = (await readFile(path, 'utf8')).split('\r\n');
    expect(rows.findIndex((row) => row.includes(`,${letters[0]?.id ?? ''},`))).toBeLessThan(rows.findIndex((row) => row.includes(`,${letters.at(-1)?.id ?? ''},`)));
    expect(rows.filter((row) => row.includes('32天') && row.includes('未发出'))).toHaveLength(late.length);
  });

  it('puts each finding under the unit that must act', async () => {
    const { findings } = await bench.ask('check.run', {});
    const silent = findings.filter(({ rule, indicator }) => rule === 'sign-off.assist' && indicator === '2');
    expect(silent.map(({ units }) => units)).toEqual([['区审计局'], ['区纪委监委'], ['市生态环境局市南分局']]);
    expect(findings.find(({ rule, indicator }) => rule === 'sign-off.lead' && indicator === '2')?.units).toEqual(['区委组织部']);
  });

  it('goes by a unit’s own day, and no longer says that nothing was sent once it was', async () => {
    const told = async (): Promise<readonly string[]> => (await bench.ask('check.run', {})).findings.filter(({ rule, units }) => rule === 'unit.overdue' && units.includes('区审计局')).map(({ message }) => message);
    await bench.ask('unit.setDue', { unit: '区审计局', due: '2024-06-01', contact: '', phone: '' });
    expect((await bench.ask('exchange.state', {})).units.find(({ name }) => name === '区审计局')).toMatchObject({ due: '2024-06-01', overdue: false });
    expect(await told(), 'today is its last day').toEqual([]);
    await bench.ask('unit.setDue', { unit: '区审计局', due: '2024-05-20', contact: '', phone: '' });
    await bench.ask('exchange.handOut', { jobId: 'out', units: ['区审计局'], folder: bench.folder, as: 'pack', due: '' });
    expect((await bench.ask('exchange.state', {})).units.find(({ name }) => name === '区审计局')).toMatchObject({ due: '2024-05-20', overdue: true });
    expect(await told()).toEqual([expect.stringMatching(/^区审计局的期限2024-05-20已过，还有2项/u)]);
  });

  it('takes the day that packs are handed out with as the units’ own, in the pack and on its papers', async () => {
    const units = ['区审计局', '区纪委监委'];
    await bench.ask('exchange.handOut', { jobId: 'again', units, folder: join(bench.folder, '新期限'), as: 'pack', due: '2024-06-20' });
    const state = await bench.ask('exchange.state', {});
    expect(state.today).toBe('2024-06-01');
    expect(state.units.filter(({ name }) => units.includes(name)).map(({ due, overdue }) => [due, overdue])).toEqual([['2024-06-20', false], ['2024-06-20', false]]);
    expect(state.out.slice(0, 2).map(({ due }) => due)).toEqual(['2024-06-20', '2024-06-20']);
    const { path } = await bench.ask('papers.make', { jobId: 'signed', kind: 'hand-out-list', format: 'csv', out: join(bench.folder, '发放.csv') });
    expect((await readFile(path, 'utf8')).match(/2024年6月20日/gu)).toHaveLength(2);
    const other = await openWorkbench({ today: '2024-06-02' });
    await other.ask('exchange.open', { jobId: 'open', file: join(bench.folder, '新期限', '任务包 区审计局.cdpack'), folder: join(other.folder, '单位.cdarchive') });
    const copy = await other.ask('overview.read', {});
    expect(copy.units.find(({ name }) => name === '区审计局')).toMatchObject({ deadline: '2024-06-20', overdue: false });
    // The steps of the unit count what is its own, and nothing that others owe comes first.
    const own = (await other.ask('check.run', {})).findings.filter(({ severity, units: who }) => severity === 'error' && who.includes('区审计局'));
    const { values, material, signOffs, ...from } = copy.handBack ?? { values: 0, material: 0, signOffs: 0 };
    expect(from).toMatchObject({ unit: '区审计局', due: '2024-06-20' });
    expect(signOffs).toBeGreaterThan(0);
    expect(values + material + signOffs).toBe(own.length);
    expect(copy.findings.filter(({ units: who }) => who.length > 0 && !who.includes('区审计局'))).toEqual([]);
    expect((await other.ask('check.run', {})).findings.filter(({ message }) => message.includes('未发出')), 'what others were sent is not known here').toEqual([]);
    expect((await bench.ask('overview.read', {})).handBack).toBeNull();
    await other.close();
  });

  it('asks whether a certificate is sealed until a person has said so, in one wording', async () => {
    const file = join(bench.folder, '关于市南区不涉及草原综合植被覆盖度指标的证明.txt');
    await writeFile(file, '证 明\n经核查，本区没有天然草地。\n市自然资源和规划局市南分局\n2024年3月8日\n');
    await bench.ask('evidence.import', { jobId: 'in', paths: [file], indicator: 'N.3', year: null });
    const read = () => bench.ask('indicator.read', { code: 'N.3' });
    const rules = async (): Promise<readonly string[]> => (await read()).findings.filter(({ rule }) => rule.startsWith('certificate.')).map(({ rule }) => rule);
    const [item] = (await read()).evidence;
    if (item === undefined) throw new Error('nothing was taken in');
    await bench.ask('evidence.update', { id: item.id, change: { issuer: '市自然资源和规划局市南分局', confirmed: true } });
    expect(await rules()).toEqual(['certificate.seal-unstated']);
    const asked = await read();
    expect([asked.judgement.overall, asked.judgement.because]).toEqual(['judge', expect.stringContaining('没有标明是否盖章')]);
    expect(asked.findings.find(({ rule }) => rule === 'certificate.seal-unstated')?.message).toContain('没有标明是否盖章');
    await bench.ask('evidence.update', { id: item.id, change: { sealed: false } });
    expect(await rules()).toEqual(['certificate.seal']);
    expect((await read()).judgement).toMatchObject({ overall: 'missing', because: expect.stringContaining('没有盖章') });
    await bench.ask('evidence.update', { id: item.id, change: { sealed: true } });
    expect(await rules()).toEqual([]);
  });
});
