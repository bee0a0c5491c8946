import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { ruleTable } from '../../src-main/domain/rules/rule-table.ts';
import { openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

const keyOf = ({ rule, indicator }: { readonly rule: string; readonly indicator: string | null }): string => `${rule} ${indicator ?? '-'}`;

describe('the faulty sample archive', () => {
  let bench: Workbench;
  let sample: CallOutput<'archive.sample'>;
  beforeAll(async () => {
    bench = await openWorkbench();
    sample = await bench.ask('archive.sample', { jobId: 'sample', folder: bench.archive, size: 'small', faults: true });
  }, 600_000);
  afterAll(() => bench.close());

  it('has at least one fault for each rule', () => {
    expect([...new Set(sample.faults.map(({ rule }) => rule))].toSorted()).toEqual(Object.keys(ruleTable).toSorted());
    for (const fault of sample.faults) expect(fault.text).not.toBe('');
  });

  it('is told by the check fault by fault, and nothing else', async () => {
    const { findings } = await bench.ask('check.run', {});
    expect([...new Set(findings.map(keyOf))].toSorted()).toEqual(sample.faults.map(keyOf).toSorted());
  });

  it('is told of each fault once for each thing that is wrong', async () => {
    const { findings } = await bench.ask('check.run', {});
    const messages = findings.map((finding) => finding.message);
    expect(messages.filter((message, at) => messages.indexOf(message) !== at)).toEqual([]);
  });

  it('cannot be exported as final, and is whole but for the three files that were damaged', async () => {
    expect(await bench.refuse('binding.export', { jobId: 'f', draft: false })).toBe('export-blocked');
    expect((await bench.ask('archive.verify', { jobId: 'v' })).problems.map(({ kind }) => kind)).toEqual(['object-changed', 'object-missing', 'export-changed']);
  });

  it('says of the papers and the shortened volume what is written and what is there', async () => {
    const { findings } = await bench.ask('check.run', {});
    const said = (rule: string): readonly string[] => findings.filter((finding) => finding.rule === rule).map(({ message }) => message);
    expect(said('numbering.index')).toEqual([expect.stringMatching(/^第1卷第2件《.+》目录写4页，实际打印3–5页：/u)]);
    expect(said('numbering.order')).toEqual([expect.stringMatching(/^第2卷顺序号不连续：第(\d+)个位置写的是\d+。/u)]);
    expect(said('numbering.pages')).toEqual([expect.stringMatching(/^第4卷页号不连续：\d+页之后是\d+页，应是\d+页。/u)]);
    expect(said('numbering.totals').map((message) => message.slice(0, 3)).toSorted()).toEqual(['第3卷', '第4卷']);
    expect(said('code.duplicate')).toEqual([expect.stringContaining('档号S001-WS·2024-Y-STWM-0004用了2次')]);
    expect(said('code.gap').toSorted()).toEqual([expect.stringContaining('“S001-WS·2024-D30-STWM”中缺1–5号'), expect.stringContaining('“S001-WS·2024-Y-STWM”中缺5–6号')]);
    expect(said('box.mixed')).toEqual([expect.stringContaining('第1盒混装了不同的保管期限')]);
  });

  it('is made small only', async () => {
    expect(await bench.refuse('archive.sample', { jobId: 'x', folder: `${bench.archive}-2`, size: 'full', faults: true })).toBe('wrong-input');
  });
});
