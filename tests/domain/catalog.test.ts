import { describe, expect, it } from 'vitest';
import { addIndicator, addUnit, changeIndicator, changeUnit, mergeUnits, moveIndicator, nextCode, retireIndicator, retireUnit } from '../../src-main/domain/catalog-edit.ts';
import type { Edited } from '../../src-main/domain/catalog-edit.ts';
import { isCalendarDate, readCatalog } from '../../src-main/domain/catalog-file.ts';
import type { Catalog } from '../../src-main/domain/catalog.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import { issuersIn, likenessOfUnits, unitResolver } from '../../src-main/domain/unit-names.ts';
import { indicator } from './facts.ts';
import { builtInCatalog } from './sound-archive.ts';

const catalog = builtInCatalog();
const flat = (of: Catalog): readonly Catalog['groups'][number]['indicators'][number][] => of.groups.flatMap((group) => group.indicators);
const done = (edited: Edited): Catalog => {
  if (!edited.ok) throw new Error(JSON.stringify(edited.error));
  return edited.value;
};
const faults = (edited: { readonly ok: boolean; readonly error?: unknown }): string => (edited.ok ? '' : JSON.stringify(edited.error));

describe('the built-in catalog', () => {
  it('has the plan’s 36 indicators, seven groups and ten that do not apply', () => {
    expect(flat(catalog).map((item) => String(item.code))).toEqual([
      '1', '2', '3', '4', '5.1', '5.2', '6.1', '6.2', '6.3', ...Array.from({ length: 17 }, (_, at) => String(at + 7)), ...Array.from({ length: 10 }, (_, at) => `N.${at + 1}`),
    ]);
    expect(catalog.groups.map((group) => group.code)).toEqual(['一', '二', '三', '四', '五', '六', '七', 'N']);
    expect(flat(catalog).find((item) => item.code === '23')?.declarations).toHaveLength(7);
    expect(catalog).toMatchObject({ years: [2021, 2022, 2023], deadline: '2024-04-30', documentNumber: '青南政发〔2024〕10号' });
    expect(catalog.milestones.map(({ from, to }) => [from, to])).toEqual([['', '2024-02-29'], ['2024-03-01', '2024-04-30'], ['2024-05-01', '2024-05-30']]);
  });
  it('says which figures are national defaults', () => {
    expect(flat(catalog).filter((item) => item.targetBasis !== undefined).map((item) => String(item.code))).toEqual(['6.1', '17']);
  });
  it('explains every indicator in its own words', () => expect(flat(catalog).filter((item) => item.explanation === '')).toEqual([]));
  it('resolves 各牵头单位 to the units that lead', () => expect(catalog.units.find((unit) => unit.name === '各牵头单位')?.members).toHaveLength(7));
});

describe('a catalog file', () => {
  type Draft = { [key: string]: unknown; groups: { [key: string]: unknown; indicators: { [key: string]: unknown }[] }[]; units: { [key: string]: unknown }[] };
  const spoil = (change: (draft: Draft) => void): unknown => {
    const draft: Draft = JSON.parse(JSON.stringify(catalog));
    change(draft);
    return draft;
  };
  const first = (draft: Draft): { [key: string]: unknown } => draft.groups[0]?.indicators[0] ?? {};

  it.each<readonly [string, unknown, string, string]>([
    ['no object', [], '', '最外层'],
    ['a newer format', spoil((draft) => { draft['schema'] = 2; }), 'schema', '升级程序'],
    ['no schema', spoil((draft) => { delete draft['schema']; }), 'schema', '只能是：1'],
    ['a missing field', spoil((draft) => { delete first(draft)['name']; }), 'groups[0].indicators[0].name', '缺少'],
    ['a wrong type', spoil((draft) => { draft['years'] = ['2021']; }), 'years[0]', '应为数字'],
    ['an unknown field', spoil((draft) => { first(draft)['colour'] = 1; }), 'groups[0].indicators[0]', 'colour'],
    ['an unknown target', spoil((draft) => { first(draft)['target'] = { kind: 'x' }; }), 'groups[0].indicators[0].target.kind', '目标类型'],
    ['a code with a space', spoil((draft) => { first(draft)['code'] = '1 2'; }), 'groups[0].indicators[0].code', '编号'],
    ['a day that is none', spoil((draft) => { draft['deadline'] = '2024-02-30'; }), 'deadline', '真实存在'],
    ['years out of order', spoil((draft) => { draft['years'] = [2022, 2021]; }), 'years[1]', '从小到大'],
    ['a code twice', spoil((draft) => { first(draft)['code'] = '2'; }), 'groups[0].indicators[1].code', '重复'],
    ['a unit nobody listed', spoil((draft) => { first(draft)['lead'] = ['某局']; }), 'groups[0].indicators[0].lead[0]', '不在单位表'],
    ['an alias that is a name', spoil((draft) => { (draft.units[0] ?? {})['aliases'] = ['区审计局']; }), 'units[2].name', '重复'],
    ['a member nobody listed', spoil((draft) => { (draft.units[10] ?? {})['members'] = ['某街道']; }), 'units[10].members[0]', '不在单位表'],
    ['a phase that ends first', spoil((draft) => { draft['milestones'] = [{ name: '一', from: '2024-03-02', to: '2024-03-01' }]; }), 'milestones[0].to', '早于'],
    ['situations where none belong', spoil((draft) => { first(draft)['declarations'] = ['甲']; }), 'groups[0].indicators[0].declarations', '声明类'],
    ['no situations', spoil((draft) => { (draft.groups[6]?.indicators[4] ?? {})['declarations'] = []; }), 'groups[6].indicators[4].declarations', '至少'],
    ['lead and assist at once', spoil((draft) => { first(draft)['assist'] = ['区委组织部']; }), 'groups[0].indicators[0].assist[0]', '重复'],
  ])('names the fault: %s', (_, json, path, words) => {
    const read = readCatalog(json);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.error.map((fault) => fault.path)).toContain(path);
    expect(read.error.find((fault) => fault.path === path)?.message).toContain(words);
  });

  it('names every fault at once', () => {
    const read = readCatalog(spoil((draft) => { draft['title'] = 1; delete draft['region']; draft['milestones'] = {}; }));
    expect(read.ok ? [] : read.error.map((fault) => fault.path).toSorted()).toEqual(['milestones', 'region', 'title']);
  });
  it('knows the calendar', () => expect(['2024-02-29', '2023-02-29', '2024-2-9', ''].map(isCalendarDate)).toEqual([true, false, false, false]));
});

describe('an editor', () => {
  const extra = indicator({ kind: 'value', text: '≥1%', op: '>=', value: 1, unit: '%', ratio: false }, { code: nextCode(catalog), lead: ['区统计局'] });

  it('adds an indicator with the next code, and refuses one that exists', () => {
    const added = done(addIndicator(catalog, '三', extra, 1));
    expect(added.groups[2]?.indicators.map((item) => String(item.code))).toEqual(['11', '24', '12', '13']);
    expect(faults(addIndicator(added, '三', extra))).toContain('重复');
    expect(faults(addIndicator(catalog, '九', extra))).toContain('没有编号');
    expect(flat(catalog)).toHaveLength(36);
  });
  it('changes, moves and retires one', () => {
    expect(flat(done(changeIndicator(catalog, indicatorCode('11'), { name: '新名' }))).find((item) => item.code === '11')?.name).toBe('新名');
    expect(faults(changeIndicator(catalog, indicatorCode('11'), { lead: ['某局'] }))).toContain('不在单位表');
    const moved = done(moveIndicator(catalog, indicatorCode('11'), '一', 0));
    expect(moved.groups[0]?.indicators[0]?.code).toBe('11');
    expect(flat(moved)).toHaveLength(36);
    const retired = done(retireIndicator(catalog, indicatorCode('11')));
    expect(flat(retired).find((item) => item.code === '11')?.retired).toBe(true);
    expect(done(retireIndicator(retired, indicatorCode('11'), false))).toEqual(catalog);
    expect(faults(retireIndicator(catalog, indicatorCode('99')))).toContain('没有指标99');
  });
  it('renames a unit and keeps the old name as an alias', () => {
    const renamed = done(changeUnit(catalog, '区城市管理局', { name: '区城管局' }));
    expect(renamed.units.find((unit) => unit.name === '区城管局')?.aliases).toEqual(['区城市管理局']);
    expect(flat(renamed).some((item) => [...item.lead, ...item.assist].includes('区城市管理局'))).toBe(false);
    expect(renamed.units.find((unit) => unit.name === '各牵头单位')?.members).toContain('区城管局');
  });
  it('merges two units into one', () => {
    const merged = done(mergeUnits(catalog, '区综合执法局', '区城市管理局'));
    expect(merged.units.find((unit) => unit.name === '区城市管理局')?.aliases).toEqual(['区综合执法局']);
    expect(flat(merged).find((item) => item.code === '5.2')).toMatchObject({ lead: ['区城市管理局', '市生态环境局市南分局'], assist: ['各街道办事处'] });
    expect(faults(mergeUnits(catalog, '区统计局', '区统计局'))).toContain('自己');
    expect(faults(mergeUnits(catalog, '区统计局', '各街道办事处'))).toContain('不能合并');
    expect(faults(mergeUnits(catalog, '某局', '区统计局'))).toContain('没有单位');
  });
  it('adds and retires a unit', () => {
    expect(done(addUnit(catalog, { name: '区教育局', aliases: [], kind: 'unit', members: [] })).units).toHaveLength(18);
    expect(faults(addUnit(catalog, { name: '生态环境局市南分局', aliases: [], kind: 'unit', members: [] }))).toContain('重复');
    const retired = done(retireUnit(catalog, '区统计局'));
    expect(done(retireUnit(retired, '区统计局', false))).toEqual(catalog);
  });
});

describe('unit names', () => {
  it.each([
    ['市生态环境局市南分局', '生态环境局市南分局', 'prefix'],
    ['市自然资源和规划局市南分局', '市自然资源局市南分局', 'short'],
    ['青岛市市南区统计局', '区统计局', 'region'],
    ['中共青岛市市南区委组织部', '区委组织部', 'region'],
    ['区统计局（盖章）', '区统计局', 'same'],
    ['区教育局', '市教育局', null],
    ['区统计局', '区审计局', null],
    ['市局', '局', null],
    ['区卫生和健康局', '区卫生健康局', null],
  ])('%s and %s: %s', (one, other, likeness) => {
    expect(likenessOfUnits(one, other)).toBe(likeness);
    expect(likenessOfUnits(other, one)).toBe(likeness);
  });
  it('are told apart at every mark of enumeration', () => {
    expect(issuersIn('甲局、乙局，丙局；丁局,戊局;己局 庚局', (name) => name)).toEqual(['甲局', '乙局', '丙局', '丁局', '戊局', '己局', '庚局']);
  });
  it('resolve to the catalog’s own', () => {
    const resolve = unitResolver(catalog);
    expect(['生态环境局市南分局', '青岛市生态环境局市南分局', '市南区统计局', '某局', ' 区统计局 '].map(resolve)).toEqual(['市生态环境局市南分局', '市生态环境局市南分局', '区统计局', '某局', '区统计局']);
  });
});
