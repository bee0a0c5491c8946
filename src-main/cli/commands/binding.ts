import type { Command } from '../command.ts';
import { couldNot, done, textOption, wrongUse } from '../command.ts';
import { lateNumberingSchema } from '../../contract/index.ts';
import type { CallOutput } from '../../contract/index.ts';
import { withArchive } from '../with-archive.ts';

const explainLate = ({ volume, mode, inserts, renumberSheets, suffixSheets }: CallOutput<'binding.plan'>['late'][number]): string =>
  mode === 'suffix'
    ? `  第${volume}卷已打印的页号不动${inserts.length === 0 ? '' : `,插页 ${inserts.join('、')}`},材料要打印 ${suffixSheets} 张;用 --late renumber 重新编号是 ${renumberSheets} 张`
    : `  第${volume}卷后面的页重新编号,材料要打印 ${renumberSheets} 张;用 --late suffix 编为插页是 ${suffixSheets} 张`;

export const exportCommand: Command = {
  usage: 'export DIR --out DIR [--draft] [--late renumber|suffix]',
  summary: '装订成卷:PDF案卷、DOCX报告和目录;有错误时只能出草稿',
  options: { out: { type: 'string' }, draft: { type: 'boolean' }, late: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  run: (context) =>
    withArchive(context, 'write', async ({ dispatcher, options, say }) => {
      const out = textOption(options, 'out');
      if (out === undefined) return wrongUse('请用 --out 指明输出文件夹。');
      const wanted = textOption(options, 'late');
      const mode = wanted === undefined ? undefined : lateNumberingSchema.safeParse(wanted).data;
      if (wanted !== undefined && mode === undefined) return wrongUse('--late 只能是 renumber(后面重新编号)或 suffix(编为插页 12-1、12-2)。');
      let plan = await dispatcher.call('binding.plan', {});
      if (!plan.ok) return couldNot(plan.error);
      for (const { volume, mode: now } of plan.value.late) {
        if (mode === undefined || mode === now) continue;
        const decided = await dispatcher.call('binding.numberLate', { volume, mode });
        if (!decided.ok) return couldNot(decided.error);
      }
      if (mode !== undefined) plan = await dispatcher.call('binding.plan', {});
      if (!plan.ok) return couldNot(plan.error);
      const { late } = plan.value;
      const { blockers } = plan.value;
      const draft = options['draft'] === true || blockers.length > 0;
      if (draft && options['draft'] !== true) say(`核查还有 ${blockers.length} 处错误或待补,本次导出为草稿,每页都有“草稿”字样。`);
      const reply = await dispatcher.call('binding.export', { jobId: 'export', draft, out });
      if (!reply.ok) return couldNot(reply.error);
      const { folder, ...result } = reply.value;
      return done(
        { ...result, late },
        [`${result.version}${draft ? '(草稿)' : ''}:${result.volumes.length} 卷,${result.files.length} 个文件,在 ${folder}`, ...result.volumes.map((volume) => `  第${volume.no}卷 ${volume.title}:${volume.items} 件 ${volume.pages} 页`), ...late.map(explainLate)].join('\n'),
        draft && options['draft'] !== true ? 1 : 0,
      );
    }),
};
