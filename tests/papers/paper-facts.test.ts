import { expect, it } from 'vitest';
import { compareFacts } from '../../src-main/papers/index.ts';

it('tells what a paper says that the archive no longer bears out, each line beside the one that replaced it', () => {
  const before = ['本卷共38件', '2022｜26 μg/m³｜达标', '2023｜27 μg/m³｜达标｜2–30', '删去的话'];
  const now = ['本卷共39件', '2022｜26 μg/m³｜达标', '2023｜12.34 微克/立方米｜未达标｜', '新增的话'];
  expect(compareFacts(before, now)).toEqual([
    { before: '本卷共38件', now: '本卷共39件' },
    { before: '2023｜27 μg/m³｜达标｜2–30', now: '2023｜12.34 微克/立方米｜未达标｜' },
    { before: '删去的话', now: '' },
    { before: '', now: '新增的话' },
  ]);
  expect(compareFacts(before, [...before].toReversed())).toEqual([]);
});
