import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { ruleTable } from '../../src-main/domain/rules/rule-table.ts';
import { openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

/** Rules that nothing entered in an archive can break, and why. */
const notReachable: Readonly<Record<string, string>> = {
  'verdict.missing': 'speaks only of an indicator whose catalog asks for neither papers nor values; whatever else is missing has a rule of its own',
  'numbering.pages': 'only a fault of the binder brings it about, see bundle.test.ts',
  'numbering.order': 'only a fault of the binder, see bundle.test.ts',
  'numbering.index': 'only a fault of the binder, see bundle.test.ts',
  'numbering.totals': 'only a fault of the papers, see bundle.test.ts',
  'code.duplicate': 'volumes are numbered by the program, each once',
  'code.gap': 'volumes are numbered by the program without gaps, see bundle.test.ts',
  'box.mixed': 'boxes are packed by the program, which never mixes',
  'retention.unlisted': 'an archive keeps only terms that the standard table knows; an office with a shorter table has a profile of its own',
};

const keyOf = ({ rule, indicator }: { readonly rule: string; readonly indicator: string | null }): string => `${rule} ${indicator ?? '-'}`;

describe('the faulty sample archive', () => {
  let bench: Workbench;
  let sample: CallOutput<'archive.sample'>;
  beforeAll(async () => {
    bench = await openWorkbench();
    sample = await bench.ask('archive.sample', { jobId: 'sample', folder: bench.archive, size: 'small', faults: true });
  }, 600_000);
  afterAll(() => bench.close());

  it('has at least one fault for each rule that an archive can break, and says which it cannot', () => {
    const planted = new Set(sample.faults.map(({ rule }) => rule));
    expect(Object.keys(ruleTable).filter((rule) => !planted.has(rule)).toSorted()).toEqual(Object.keys(notReachable).toSorted());
    expect([...planted].filter((rule) => !Object.hasOwn(ruleTable, rule))).toEqual([]);
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

  it('cannot be exported as final, and holds by its own log', async () => {
    expect(await bench.refuse('binding.export', { jobId: 'f', draft: false })).toBe('export-blocked');
    expect(await bench.ask('archive.verify', { jobId: 'v' })).toMatchObject({ ok: true, problems: [] });
  });

  it('is made small only', async () => {
    expect(await bench.refuse('archive.sample', { jobId: 'x', folder: `${bench.archive}-2`, size: 'full', faults: true })).toBe('wrong-input');
  });
});
