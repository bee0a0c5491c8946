import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../src-main/domain/catalog.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import { suggestIndicators } from '../../src-main/intake/index.ts';

const catalog: Catalog = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../resources/catalogs/shinan-2024.json'), 'utf8'));

/** Titles as offices write them, not as the catalog does. */
const titles: readonly (readonly [string, string])[] = [
  ['1', '市南区2023年度街道领导班子和领导干部考核实施细则（生态文明建设分值）'],
  ['2', '关于印发《市南区党政领导干部生态环境损害责任追究实施办法》的通知'],
  ['3', '2022年领导干部自然资源资产离任（任中）审计项目计划'],
  ['4', '市南区细颗粒物年均浓度监测数据表'],
  ['5.1', '2023年污水处理厂运行情况统计表'],
  ['5.2', '城市建成区黑臭水体整治完成情况公示'],
  ['6.1', '2022年度生态质量指数评价结果'],
  ['6.2', '生态保护红线生态环境问题整改销号清单'],
  ['6.3', '青岛市市南区生物多样性调查与评估报告'],
  ['7', '2023年森林覆盖率统计表'],
  ['8', '重点建设用地土壤污染风险管控情况说明'],
  ['9', '外来入侵物种普查监测报告'],
  ['10', '2023年环境风险隐患排查工作记录'],
  ['11', '2021年新增更新公交车新能源车辆台账'],
  ['12', '关于下达2023年度用水总量和用水效率控制目标的通知'],
  ['13', '一般工业固废产生及综合利用情况表'],
  ['14', '2023年生态文明建设公众满意度调查报告'],
  ['15', '市南区2022年竣工绿色建筑项目清单'],
  ['16', '企业环境信息依法披露名单'],
  ['17', '2023年功能区噪声监测夜间达标情况'],
  ['18', '危险废物转移处置情况表'],
  ['19', '国家生态文明建设示范区规划（2021-2030年）'],
  ['20', '深入打好污染防治攻坚战工作总结'],
  ['21', '2022年度能耗强度降低目标责任考核结果'],
  ['22', '生态环境损害赔偿磋商协议'],
  ['23', '关于近三年未发生重大突发环境事件的证明'],
  ['N.3', '不涉及草原综合植被覆盖度的证明'],
  ['N.6', '农膜回收率不涉及证明'],
  ['N.8', '河湖岸线保护率不涉及说明'],
];
const suggest = (title: string, more: { readonly fileName?: string; readonly issuer?: string } = {}) => suggestIndicators(catalog, { title, text: '', issuer: more.issuer ?? '', fileName: more.fileName ?? '' });

describe('suggestIndicators', () => {
  it('puts the right indicator first for nine titles of ten, and among three for nearly all', () => {
    const first = titles.filter(([code, title]) => suggest(title)[0]?.code === code);
    const among = titles.filter(([code, title]) => suggest(title).some((suggestion) => suggestion.code === code));
    expect(first.length / titles.length).toBeGreaterThanOrEqual(0.88);
    expect(among.length / titles.length).toBeGreaterThanOrEqual(0.96);
  });

  it('gives its words, a bounded score and at most three', () => {
    const [best, ...rest] = suggest('2023年县城污水处理率统计表');
    expect(best).toMatchObject({ code: '5.1', words: ['县城污水处理率'] });
    expect(rest.length).toBeLessThanOrEqual(2);
    expect(best?.score).toBeLessThanOrEqual(1);
  });

  it('trusts a code that the office wrote into the name', () => {
    expect(suggest('统计表', { fileName: '6.3-统计表.pdf' })[0]).toMatchObject({ code: '6.3', words: ['编号6.3'] });
    expect(suggest('统计表', { fileName: '指标12 统计表.pdf' })[0]?.code).toBe('12');
  });

  it('learns from what was filed before', () => {
    const described = { title: '供排水一体化管网改造图纸', text: '', issuer: '', fileName: '' };
    expect(suggestIndicators(catalog, described)).toEqual([]);
    const learned = [{ code: indicatorCode('5.1'), title: '供排水一体化管网改造施工图' }];
    expect(suggestIndicators(catalog, described, learned)[0]).toMatchObject({ code: '5.1', words: [expect.stringContaining('供排水一体化管网改造施工图')] });
    // Last year's table, by its name alone; a title of another kind is no precedent.
    const yearly = [{ code: indicatorCode('10'), title: '2022年度专项行动台账汇总' }];
    expect(suggestIndicators(catalog, { ...described, title: '2023年度专项行动台账汇总' }, yearly)[0]?.code).toBe('10');
    expect(suggestIndicators(catalog, { ...described, title: '关于召开年度总结会议的通知' }, yearly)).toEqual([]);
  });

  it('is not led astray by what was filed elsewhere', () => {
    const learned = Array.from({ length: 40 }, (_, index) => ({ code: indicatorCode('5.1'), title: `第${index}次巡查记录` }));
    for (const [code, title] of titles.slice(0, 10)) expect([title, suggestIndicators(catalog, { title, text: '', issuer: '', fileName: '' }, learned)[0]?.code]).toEqual([title, suggest(title)[0]?.code ?? code]);
  });

  it('proposes nothing for what has nothing to do with the catalog', () => {
    expect(suggest('食堂菜谱')).toEqual([]);
  });
});
