import { describe, expect, it } from 'vitest';
import { JobBoard, SteadyEstimate, estimateRemaining } from '../../src-renderer/api/job-board.ts';
import { spineWidth } from '../../src-renderer/binding/spine-width.ts';
import { arrangeFindings } from '../../src-renderer/check/arrange-findings.ts';
import { lacksToSign } from '../../src-renderer/indicators/sign-lacks.ts';
import { layOutChart } from '../../src-renderer/indicators/trend-scale.ts';
import { nextZoom, NATURAL, scaleOf } from '../../src-renderer/preview/zoom.ts';
import { conditionOf, conditions } from '../../src-renderer/ui/indicator-condition.ts';

const finding = (part: object) => ({ rule: 'r', severity: 'error' as const, indicator: '1', evidence: null, year: null, message: 'm', basis: 'b', waived: false, units: ['环保局', '住建局'], ...part });
const indicators = [
  { code: '1', name: '甲' },
  { code: '2', name: '乙' },
];

describe('findings under headings', () => {
  const findings = [finding({ severity: 'warning', message: 'w' }), finding({}), finding({ indicator: '2' }), finding({ indicator: null }), finding({ waived: true, severity: 'warning' })];

  it('puts errors first within an indicator and leaves waived ones out', () => {
    const lines = arrangeFindings(findings, indicators, 'indicator', 'open');
    expect(lines.map((line) => (line.kind === 'head' ? `${line.name} ${line.count}` : line.finding.severity))).toEqual(['1 甲 2', 'error', 'warning', '2 乙 1', 'error', '整个档案库 1', 'error']);
    expect(arrangeFindings(findings, indicators, 'indicator', 'waived')).toHaveLength(2);
  });

  it('lists a finding under each unit that has to act, and what no unit has to do under its own heading, with keys that differ', () => {
    const lines = arrangeFindings([finding({}), finding({}), finding({ units: [] })], indicators, 'unit', 'open');
    expect(lines.flatMap((line) => (line.kind === 'head' ? [`${line.name} ${line.count}`] : []))).toEqual(['环保局 2', '住建局 2', '由整理人员处理 1']);
    expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length);
    const one = finding({ units: ['少欠局'] });
    const heads = arrangeFindings([finding({ units: [] }), one, one, finding({ units: ['提醒局'], severity: 'warning' }), finding({ units: ['多欠局'] }), finding({ units: ['多欠局'], indicator: '2' })], indicators, 'unit', 'open');
    expect(heads.flatMap((line) => (line.kind === 'head' ? [line.name] : [])), 'most owed first, by indicators and not by findings').toEqual(['多欠局', '少欠局', '提醒局', '由整理人员处理']);
  });
});

describe('findings by what is wrong', () => {
  const findings = [finding({ rule: 'value.missing', message: '1 甲：没有填报2021年数值。' }), finding({ rule: 'sign-off.lead', basis: 'b' }), finding({ rule: 'value.missing', indicator: '2' }), finding({ rule: 'value.ratio' })];

  it('stand under the rule’s name, whatever they rest on', () => {
    expect(arrangeFindings(findings, indicators, 'rule', 'open').flatMap((line) => (line.kind === 'head' ? [`${line.name} ${line.count} ${line.indicators}`] : []))).toEqual(['没有填报数值 2 2', '牵头单位没有签认 1 1', '比率与分子分母不符 1 1']);
  });

  it('tell contradictions from what is still to come, and name no indicator twice', () => {
    expect(arrangeFindings(findings, indicators, 'rule', 'error').filter((line) => line.kind === 'finding')).toHaveLength(1);
    expect(arrangeFindings(findings, indicators, 'rule', 'pending').filter((line) => line.kind === 'finding')).toHaveLength(3);
    const first = arrangeFindings(findings, indicators, 'indicator', 'open').flatMap((line) => (line.kind === 'finding' ? [line.says] : []));
    expect(first).toEqual(['m', '没有填报2021年数值。', 'm', 'm']);
  });
});

describe('the state of an indicator', () => {
  const state = { overall: 'met' as const, complete: false, evidence: 3 };
  it('is its verdict, in the words of the papers; what is met but wants more and what was never begun are told apart', () => {
    expect(conditionOf({ ...state, complete: true })).toBe('done');
    expect(conditionOf(state)).toBe('short');
    expect(conditionOf({ ...state, overall: 'missing' })).toBe('lacking');
    expect(conditionOf({ ...state, overall: 'unmet' })).toBe('unmet');
    expect(conditionOf({ ...state, overall: 'judge' }), 'also while something else is wrong').toBe('judge');
    expect(conditionOf({ ...state, overall: 'missing', evidence: 0 })).toBe('untouched');
    expect(conditions.map(({ word }) => word)).toEqual(['齐备', '达标，待补', '资料不全', '待人工判定', '未达标', '未开始']);
  });
});

describe('what a signature would be given without', () => {
  const detail = { years: [2021, 2022, 2023], values: [{ year: 2022 }], evidence: [{}], findings: [{ rule: 'value.missing' }] };
  it('names the years without a value and the material that is not there', () => {
    expect(lacksToSign(detail)).toEqual(['还没有填报2021、2023年数值']);
    expect(lacksToSign({ ...detail, values: [], evidence: [] })).toEqual(['还没有填报2021、2022、2023年数值', '还没有归入材料']);
    expect(lacksToSign({ ...detail, values: [], findings: [] }), 'no value is asked for').toEqual([]);
  });
});

describe('the trend chart', () => {
  const box = { width: 200, height: 100, margin: 20 };
  it('keeps every value and the target in sight and leaves gaps where a year has none', () => {
    const { points, targetY } = layOutChart([2021, 2022, 2023], new Map([[2021, 90], [2023, 98]]), 95, box);
    expect(points.map((point) => point.x)).toEqual([20, 180]);
    for (const y of [...points.map((point) => point.y), targetY ?? -1]) expect(y).toBeGreaterThan(20);
    expect((points[0]?.y ?? 0) > (targetY ?? 0) && (targetY ?? 0) > (points[1]?.y ?? 0)).toBe(true);
  });

  it('lays a flat line in the middle', () => {
    expect(layOutChart([2021, 2022], new Map([[2021, 100], [2022, 100]]), null, box).points.map((point) => point.y)).toEqual([50, 50]);
    expect(layOutChart([2021], new Map(), null, box)).toEqual({ points: [], targetY: null });
  });
});

describe('zoom', () => {
  const a4 = { width: 595, height: 842 };
  it('fits the width or the page', () => {
    expect(scaleOf('width', a4, { width: 595, height: 400 })).toBeCloseTo(1);
    expect(scaleOf('page', a4, { width: 595, height: 421 })).toBeCloseTo(0.5);
    expect(scaleOf(1.5, a4, { width: 0, height: 0 })).toBe(1.5 * NATURAL);
  });

  it('steps up and down and stops at the ends', () => {
    expect(nextZoom(NATURAL, 1)).toBe(1.25);
    expect(nextZoom(NATURAL * 1.1, -1)).toBe(1);
    expect(nextZoom(NATURAL * 4, 1)).toBe(4);
    expect(nextZoom(NATURAL * 0.25, -1)).toBe(0.25);
  });

  it('draws thicker volumes wider, within bounds', () => {
    expect(spineWidth(0)).toBeLessThan(spineWidth(100));
    expect(spineWidth(100_000)).toBe(110);
  });
});

describe('the board of jobs', () => {
  const job = { id: 'j', name: 'binding.export' as const, title: '装订', value: 0, text: '', startedAt: 0, cancelling: false };

  it('follows the progress of its own jobs, never backwards', () => {
    const board = new JobBoard();
    let told = 0;
    const stop = board.subscribe(() => (told += 1));
    board.add(job);
    board.follow({ kind: 'job-progress', jobId: 'j', value: 0.5, text: '第1卷' });
    board.follow({ kind: 'job-progress', jobId: 'j', value: 0.4, text: '第2卷' });
    board.follow({ kind: 'job-progress', jobId: 'other', value: 0.9, text: '' });
    expect(board.read()).toMatchObject([{ value: 0.5, text: '第2卷' }]);
    stop();
    board.remove('j');
    expect(told).toBe(3);
    expect(board.read()).toEqual([]);
  });

  it('says how long it takes only when it can know', () => {
    expect(estimateRemaining({ ...job, value: 0.5 }, 500)).toBeNull();
    expect(estimateRemaining({ ...job, value: 0.01 }, 9000)).toBeNull();
    expect(estimateRemaining({ ...job, value: 0.96 }, 9000)).toBeNull();
    expect(estimateRemaining({ ...job, value: 0.25 }, 10_000)).toBe(30);
  });

  it('tells the time left only once it is steady', () => {
    const jumping = new SteadyEstimate();
    expect([4, 3, 17, 2, 30, 9, 25].map((remaining, second) => jumping.next(remaining, second * 1000))).toEqual([null, null, null, null, null, null, null]);
    const steady = new SteadyEstimate();
    const told = [40, 39, 39, 37, 36, 35, 34].map((remaining, second) => steady.next(remaining, second * 1000));
    expect(told).toEqual([null, null, null, null, null, 35, 34]);
    expect(steady.next(90, 7000)).toBeNull();
    expect(steady.next(null, 8000)).toBeNull();
  });
});
