import { join } from 'node:path';
import { makePdf } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

/** Where the task packs went, and the folders of forms. */
export interface BusyArchive {
  readonly packs: string;
  readonly forms: string;
  /** Names of the two exports below `exports`. */
  readonly versions: readonly string[];
}

/**
 * A sample archive in the middle of its work, so that the office has a paper of every kind to print: units past their day, packs gone
 * out and come back, findings of reviewers, a waiver, and two exports with a late file between them.
 */
export async function fillBusyArchive(bench: Workbench): Promise<BusyArchive> {
  await bench.ask('archive.sample', { jobId: 'sample', folder: bench.archive, size: 'small' });
  const first = await bench.ask('binding.export', { jobId: 'first', draft: true });

  const units = (await bench.ask('exchange.state', {})).units.map(({ name }) => name).slice(0, 3);
  for (const [index, unit] of units.entries()) await bench.ask('unit.setDue', { unit, due: `2024-03-1${index}`, contact: '李雷', phone: '0532-88880000' });
  // Signed for already, as the sample has it, nobody would be reminded.
  const unsigned = new Set<string>();
  for (const code of ['1', '2', '5.1']) {
    const { signOffs } = await bench.ask('indicator.read', { code });
    for (const { unit } of signOffs) await bench.ask('indicator.withdrawSignOff', { code, unit });
    for (const { unit } of signOffs) unsigned.add(unit);
  }
  const packs = join(bench.folder, '任务包');
  const forms = join(bench.folder, '填报文件夹');
  const handed = await bench.ask('exchange.handOut', { jobId: 'packs', units, folder: packs, as: 'pack', due: '2024-04-20' });
  await bench.ask('exchange.handOut', { jobId: 'forms', units, folder: forms, as: 'forms', due: '2024-04-20' });
  // The day of what was handed out last is the unit's; these had an earlier one, and are reminded.
  for (const unit of unsigned) await bench.ask('unit.setDue', { unit, due: '2024-03-20', contact: '韩梅梅', phone: '' });
  await bench.ask('exchange.merge', { jobId: 'back', path: join(packs, handed.packs[0]?.path ?? '') });

  const { round } = await bench.ask('review.open', { name: '市级预审' });
  const [unit = ''] = units;
  const raised = await bench.ask('review.raise', { round, indicator: '5.1', text: '缺2021年污水处理厂运行台账，请补充并注明页号', by: '专家甲' });
  await bench.ask('review.assign', { id: raised.id, unit, due: '2024-05-10' });
  await bench.ask('review.answer', { id: raised.id, answer: '已补充运行台账', evidence: [], by: '李雷' });
  await bench.ask('review.raise', { round, indicator: '9', text: '2023年数据与统计年鉴不一致', by: '专家乙' });

  const late = await makePdf(join(bench.folder, '迟到的补充材料.pdf'), [['迟到的补充材料'], ['第二页']]);
  await bench.ask('evidence.import', { jobId: 'late', paths: [late], indicator: '1', year: 2023 });
  await bench.ask('indicator.setValue', { code: '5.1', year: 2023, value: 97.25, unit: '%' });
  const warning = (await bench.ask('check.run', {})).findings.find(({ severity }) => severity === 'warning');
  if (warning !== undefined) await bench.ask('check.waive', { rule: warning.rule, indicator: warning.indicator, evidence: warning.evidence, reason: '已人工核对，不影响申报', by: '王敏' });
  const second = await bench.ask('binding.export', { jobId: 'second', draft: true });
  await bench.ask('indicator.setReport', { code: '1', text: '第二次导出之后又改动的说明。' });
  await bench.ask('evidence.import', { jobId: 'later', paths: [await makePdf(join(bench.folder, '再次迟到.pdf'), [['再次迟到的材料']])], indicator: '2', year: 2022 });
  return { packs, forms, versions: [first.version, second.version] };
}
