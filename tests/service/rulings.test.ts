import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

describe('what persons decide', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
  });
  afterAll(() => bench.close());

  const yearOf = (judged: { readonly years: readonly { readonly year: number; readonly verdict: string; readonly because: string }[] }, year: number): string | undefined => judged.years.find((item) => item.year === year)?.verdict;

  it('settles a year that was left to a person, and is taken back by undo', async () => {
    // 0.963 without a unit: 0.963% or 96.3%, which the program must not guess.
    expect(yearOf(await bench.ask('indicator.setValue', { code: '5.1', year: 2023, value: 0.963, unit: '' }), 2023)).toBe('judge');
    const ruled = await bench.ask('indicator.rule', { code: '5.1', year: 2023, verdict: 'met', reason: '原表为96.3%', by: '周立群' });
    expect(yearOf(ruled, 2023)).toBe('met');
    expect(ruled.years.find((item) => item.year === 2023)?.because).toContain('周立群判定达标：原表为96.3%');
    expect((await bench.ask('indicator.read', { code: '5.1' })).rulings).toMatchObject([{ year: 2023, verdict: 'met', reason: '原表为96.3%', by: '周立群' }]);
    expect((await bench.ask('history.undo', {})).text).toContain('判定2023年达标');
    expect((await bench.ask('indicator.read', { code: '5.1' })).rulings).toEqual([]);
    await bench.ask('history.redo', {});
    expect(yearOf(await bench.ask('indicator.withdrawRuling', { code: '5.1', year: 2023 }), 2023)).toBe('judge');
  });

  it('withdraws a pass but never makes up for missing data', async () => {
    await bench.ask('indicator.setValue', { code: '5.1', year: 2022, value: 96, unit: '%' });
    const all = await bench.ask('indicator.rule', { code: '5.1', verdict: 'unmet', reason: '在线监测缺段', by: '周立群' });
    expect([yearOf(all, 2021), yearOf(all, 2022)]).toEqual(['missing', 'unmet']);
    const one = await bench.ask('indicator.rule', { code: '5.1', year: 2022, verdict: 'met', reason: '已补测', by: '周立群' });
    expect([yearOf(one, 2021), yearOf(one, 2022)]).toEqual(['missing', 'met']);
    await bench.ask('indicator.withdrawRuling', { code: '5.1', year: 2022 });
    expect(yearOf(await bench.ask('indicator.withdrawRuling', { code: '5.1' }), 2022)).toBe('met');
  });

  it('asks for a reason, a name and a year that is judged', async () => {
    const ruling = { code: '5.1', year: 2023, verdict: 'met', reason: '核对无误', by: '周立群' };
    expect(await bench.refuse('indicator.rule', { ...ruling, reason: ' ' })).toBe('wrong-input');
    expect(await bench.refuse('indicator.rule', { ...ruling, by: '' })).toBe('wrong-input');
    expect(await bench.refuse('indicator.rule', { ...ruling, year: 2019 })).toBe('wrong-input');
    expect(await bench.refuse('indicator.rule', { ...ruling, verdict: 'missing' })).toBe('wrong-input');
    expect(await bench.refuse('indicator.rule', { ...ruling, code: '99' })).toBe('indicator-unknown');
  });

  it('stands in the log in words', async () => {
    const { events } = await bench.ask('overview.read', {});
    expect(events.map((event) => event.text)).toEqual(expect.arrayContaining(['撤回人工判定 指标5.1 2023年']));
  });

  it('warns of a unit past its day for what it owes, a signature or anything else', async () => {
    const overdue = async (): Promise<readonly string[]> => (await bench.ask('check.run', {})).findings.filter((finding) => finding.rule === 'unit.overdue').map((finding) => finding.message);
    await bench.ask('unit.setDue', { unit: '市生态环境局市南分局', due: '2024-04-12', contact: '', phone: '' });
    expect(await overdue(), 'today is its last day').toEqual([]);
    // Each field by itself, as it is left in the settings.
    await bench.ask('unit.setDue', { unit: '市生态环境局市南分局', contact: '赵云' });
    await bench.ask('unit.setDue', { unit: '市生态环境局市南分局', phone: '0532' });
    expect((await bench.ask('overview.read', {})).units.find(({ name }) => name === '市生态环境局市南分局')).toMatchObject({ contact: '赵云', phone: '0532', due: '2024-04-12' });
    await bench.ask('unit.setDue', { unit: '区委组织部', due: '2024-04-11', contact: '', phone: '' });
    expect(await overdue()).toEqual([expect.stringMatching(/^区委组织部的期限2024-04-11已过/u)]);
    const catalog = await bench.ask('catalog.read', {});
    for (const indicator of catalog.groups.flatMap((group) => group.indicators)) {
      // 23 names it through a group of units.
      if (indicator.code === '23' || indicator.lead.includes('区委组织部') || indicator.assist.includes('区委组织部')) await bench.ask('indicator.signOff', { code: indicator.code, unit: '区委组织部', by: '李' });
    }
    expect(await overdue(), 'what it leads still lacks material').toEqual([expect.stringContaining('还有3项没有完成：1、2、3')]);
    await bench.ask('unit.setDue', { unit: '区委组织部', due: '2024-04-12' });
    expect(await overdue()).toEqual([]);
  });
});
