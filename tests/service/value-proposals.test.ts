import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

describe('values read from filed papers', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
    const file = async (name: string, year: number, pages: readonly (readonly string[])[]): Promise<void> => {
      await bench.ask('evidence.import', { jobId: name, paths: [await makePdf(join(bench.folder, `${name}.pdf`), pages)], indicator: '5.1', year });
    };
    await file('2022年污水处理率数据表', 2022, [['2022年污水处理率数据表'], ['全区绿化覆盖率为41.2%，目标为≥95%。', '2022年，县城污水处理率为９６．３％，其中处理量9,630吨，', '排放量10,000吨。']]);
    await file('2023年污水处理率数据表', 2023, [['2023年，县城污水处理率为97.1%。']]);
    await file('关于报送2023年数据的函', 2023, [['2023年，县城污水处理率为97.4%。']]);
  });
  afterAll(() => bench.close());

  it('are offered with page and parts, or as a choice, and nothing is entered by itself', async () => {
    const proposals = await bench.ask('indicator.proposals', {});
    expect(proposals.map(({ code, year, choices }) => [code, year, choices.map((choice) => [choice.value, choice.unit, choice.title, choice.page])])).toEqual([
      ['5.1', 2022, [[96.3, '%', expect.stringContaining('2022年污水处理率数据表'), 2]]],
      ['5.1', 2023, [[97.1, '%', expect.stringContaining('2023年污水处理率数据表'), 1], [97.4, '%', expect.stringContaining('报送2023年数据'), 1]]],
    ]);
    expect(proposals[0]?.choices[0]).toMatchObject({ numerator: 9630, denominator: 10000 });
    expect((await bench.ask('indicator.read', { code: '5.1' })).values).toEqual([]);
  });

  it('are taken with their source in one step, judged at once, and come back when it is undone', async () => {
    const [proposal] = await bench.ask('indicator.proposals', {});
    const choice = proposal?.choices[0];
    if (choice === undefined) throw new Error('nothing was proposed');
    const { value, unit, numerator, denominator, evidence, page } = choice;
    const judged = await bench.ask('indicator.setValue', { code: '5.1', year: 2022, value, unit, numerator, denominator, sourceEvidence: evidence, sourcePage: page });
    expect(judged.years.find(({ year }) => year === 2022)?.verdict).toBe('met');
    const told = async (): Promise<readonly string[]> => (await bench.ask('check.run', {})).findings.filter((finding) => finding.indicator === '5.1' && finding.year === 2022).map((finding) => finding.rule);
    expect(await told(), 'source, page and parts are whole').toEqual([]);
    expect((await bench.ask('indicator.proposals', {})).map(({ year }) => year)).toEqual([2023]);
    await bench.ask('history.undo', {});
    expect((await bench.ask('indicator.proposals', {})).map(({ year }) => year)).toEqual([2022, 2023]);
  });

  it('that differ from what was entered, and a page that is not there, are told under their year', async () => {
    const [proposal] = await bench.ask('indicator.proposals', {});
    await bench.ask('indicator.setValue', { code: '5.1', year: 2022, value: 93.6, unit: '%', sourceEvidence: proposal?.choices[0]?.evidence, sourcePage: 9 });
    const { findings } = await bench.ask('indicator.read', { code: '5.1' });
    expect(findings.filter((finding) => finding.year === 2022).map((finding) => finding.rule)).toEqual(expect.arrayContaining(['figures.contradict', 'value.source-page']));
  });
});
