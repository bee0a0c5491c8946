import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

describe('a reviewers’ list', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
    await bench.ask('review.open', { name: '省级预审' });
  });
  afterAll(() => bench.close());

  const take = async (name: string, text: string): Promise<unknown> => {
    const path = join(bench.folder, name);
    await writeFile(path, text);
    return bench.ask('review.import', { round: 1, path, by: '审核组' });
  };

  it('is taken from a CSV: columns by their titles, quoted cells whole, units under the catalog’s name', async () => {
    expect(await take('a.csv', '\ufeff序号,指标编号,存在问题,责任单位,整改时限,提出人\r\n1,5.1,"缺2021年数据表,请补",生态环境局市南分局,5月20日前,专家甲\r\n2,,"说明写""三年""而无数据",,,\r\n')).toEqual({ added: 2, notes: [] });
    const [round] = await bench.ask('review.rounds', {});
    expect(round?.findings).toMatchObject([
      { indicator: '5.1', text: '缺2021年数据表,请补', raisedBy: '专家甲', assignedTo: '市生态环境局市南分局', due: '2024-05-20', state: 'assigned' },
      { indicator: null, text: '说明写"三年"而无数据', raisedBy: '审核组', assignedTo: '', state: 'open' },
    ]);
  });

  it('is taken from a text, one finding a line, and nothing twice', async () => {
    expect(await take('b.txt', '审核问题清单\n1. 指标6.3：调查报告没有盖章（责任单位：区城市管理局；5月底前）\n2. 缺2021年数据表,请补\n3. 指标99：无此指标的问题\n')).toEqual({
      added: 2,
      notes: [
        { line: 3, text: '缺2021年数据表,请补', says: '本轮已有同样的问题，没有重复登记' },
        { line: 4, text: '指标99：无此指标的问题', says: '没有找到指标“99”，登记为不针对单项指标' },
      ],
    });
    const [round] = await bench.ask('review.rounds', {});
    expect(round?.findings[2]).toMatchObject({ indicator: '6.3', assignedTo: '区城市管理局', due: '2024-05-31' });
  });

  it('is one change, undone at once', async () => {
    await bench.ask('history.undo', {});
    expect((await bench.ask('review.rounds', {}))[0]?.findings).toHaveLength(2);
  });

  it.each([
    ['empty', 'c.txt', '', 'file-empty'],
    ['without a finding', 'd.csv', '问题清单\n', 'file-damaged'],
  ])('is refused where it is %s', async (_, name, text, code) => {
    const path = join(bench.folder, name);
    await writeFile(path, text);
    expect(await bench.refuse('review.import', { round: 1, path, by: '审核组' })).toBe(code);
  });

  it('is refused where there is no such file or round', async () => {
    expect(await bench.refuse('review.import', { round: 1, path: join(bench.folder, 'none.csv'), by: 'x' })).toBe('file-not-found');
    expect(await bench.refuse('review.import', { round: 2, path: join(bench.folder, 'a.csv'), by: 'x' })).toBe('review-unknown');
  });
});
