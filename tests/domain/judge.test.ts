import { describe, expect, it } from 'vitest';
import { judge } from '../../src-main/domain/judge.ts';
import type { Target } from '../../src-main/domain/target.ts';
import { none, verdictCases, years } from './case-table.ts';
import { indicator, value } from './facts.ts';

describe('verdicts', () => {
  it.each(verdictCases.map((item) => [item.name, item] as const))('%s', (_, item) => expect(item.ask(judge)).toBe(item.expect));
  it('are enough to speak of a table', () => expect(verdictCases.length).toBeGreaterThanOrEqual(120));
});

describe('the reasons', () => {
  const target: Target = { kind: 'value', text: '≥95%', op: '>=', value: 95, unit: '%', ratio: true };
  it('name year, figure and bound', () => {
    const judgement = judge(indicator(target), { ...none, values: [value('1', 2021, 96.3), value('1', 2022, 94.6, { numerator: 946, denominator: 1000 })] }, years);
    expect(judgement.years.map((year) => year.because)).toEqual(['2021年96.3%，不低于95%，达标', '2022年94.6%，未达到“不低于95%”', '2023年没有填报数值']);
    expect(judgement.because).toBe('2022年94.6%，未达到“不低于95%”');
  });
  it('tell a trend with both figures', () => {
    const judgement = judge(indicator({ kind: 'trend', text: '', direction: 'falling', unit: '%', ratio: true }), { ...none, values: [value('1', 2021, 5), value('1', 2022, 6)] }, [2021, 2022]);
    expect(judgement.because).toBe('2021年5%，2022年6%，不符合“持续下降”');
  });
  it('say that one year shows no trend', () => {
    const judgement = judge(indicator({ kind: 'trend', text: '', direction: 'falling', unit: '%', ratio: true }), { ...none, values: [value('1', 2023, 5)] }, [2023]);
    expect(judgement.overall).toBe('missing');
    expect(judgement.because).toContain('请补报2022年');
  });
  it('say that no year is asked for', () => expect(judge(indicator(target), none, []).overall).toBe('missing'));
});
