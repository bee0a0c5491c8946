import { describe, expect, it } from 'vitest';
import { contradictionsOf, findFigures, quantityNames } from '../../src-main/domain/figures.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import { value } from './facts.ts';

const sought = [{ indicator: indicatorCode('5.1'), names: quantityNames('县城污水处理率'), unit: '%' }];
const found = (text: string): readonly (readonly [number, number, string])[] => findFigures(text, sought, [2021, 2022, 2023], { evidenceId: null, page: null }).map((figure) => [figure.year, figure.value, figure.scope]);

describe('figures in texts', () => {
  it.each<readonly [string, string, readonly (readonly [number, number, string])[]]>([
    ['a sentence', '2022年，县城污水处理率为96.3%。', [[2022, 96.3, '']]],
    ['the quantity first', '县城污水处理率2022年为96.3%', [[2022, 96.3, '']]],
    ['full-width signs', '２０２２年县城污水处理率达９６．３％', [[2022, 96.3, '']]],
    ['years in step', '2021—2023年，县城污水处理率分别为95.1%、96.2%、97.3%。', [[2021, 95.1, ''], [2022, 96.2, ''], [2023, 97.3, '']]],
    ['listed years in step', '2021年、2022年、2023年县城污水处理率分别为95.1%、96.2%和97.3%。', [[2021, 95.1, ''], [2022, 96.2, ''], [2023, 97.3, '']]],
    ['a table', '年度 2021年 2022年 2023年\n县城污水处理率(%) 95.1 96.2 97.3', [[2021, 95.1, ''], [2022, 96.2, ''], [2023, 97.3, '']]],
    ['its scope', '2022年全市县城污水处理率为94%', [[2022, 94, '全市']]],
    ['a bound is none', '2022年县城污水处理率≥95%，不低于95%', []],
    ['以上 is a bound', '2022年县城污水处理率达到95%以上', []],
    ['a goal is none', '2022年目标:县城污水处理率控制在88.6%以上', []],
    ['a goal as a number is none', '2022年县城污水处理率目标值为88.6%', []],
    ['a hope is none', '力争2022年县城污水处理率达到97%', []],
    ['what was reached beside a goal', '2022年县城污水处理率目标为95%；2022年县城污水处理率为96.3%。', [[2022, 96.3, '']]],
    ['a change is none', '2022年县城污水处理率同比提高1.2%', []],
    ['no year, no guess', '县城污水处理率为96.3%', []],
    ['a year outside', '2019年县城污水处理率为96.3%', []],
    ['another quantity', '2022年农村污水治理率为60%', []],
    ['a count is no per cent', '2022年县城污水处理率考核涉及3家污水厂', []],
  ])('%s', (_, text, expected) => expect(found(text)).toEqual(expected));

  it('are set against the declared values, rounding allowed', () => {
    const values = [value('5.1', 2022, 96.3)];
    const told = (text: string): number => contradictionsOf(values, findFigures(text, sought, [2022], { evidenceId: null, page: null }), '%', '青岛市市南区').length;
    expect(told('2022年县城污水处理率为96%')).toBe(0);
    expect(told('2022年县城污水处理率为96.34%')).toBe(0);
    expect(told('2022年县城污水处理率为96.4%')).toBe(1);
    expect(told('2022年县城污水处理率为95%')).toBe(1);
    expect(told('2022年全区县城污水处理率为95%')).toBe(1);
    expect(told('2022年全省县城污水处理率为95%')).toBe(0);
  });
  it('are set against one another where none is declared', () => {
    const figures = findFigures('2022年县城污水处理率为96%。2022年县城污水处理率为94%。', sought, [2022], { evidenceId: null, page: null });
    const [told] = contradictionsOf([], figures, '%', '');
    expect([told?.one?.value, told?.other.value]).toEqual([96, 94]);
  });
});
