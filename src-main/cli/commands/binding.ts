import type { Command } from '../command.ts';
import { couldNot, done, textOption, wrongUse } from '../command.ts';
import { withArchive } from '../with-archive.ts';

export const exportCommand: Command = {
  usage: 'export DIR --out DIR [--draft]',
  summary: '装订成卷:PDF案卷、DOCX报告和目录;有错误时只能出草稿',
  options: { out: { type: 'string' }, draft: { type: 'boolean' } },
  positionals: { min: 1, max: 1 },
  run: (context) =>
    withArchive(context, 'write', async ({ dispatcher, options, say }) => {
      const out = textOption(options, 'out');
      if (out === undefined) return wrongUse('请用 --out 指明输出文件夹。');
      const plan = await dispatcher.call('binding.plan', {});
      if (!plan.ok) return couldNot(plan.error);
      const { blockers } = plan.value;
      const draft = options['draft'] === true || blockers.length > 0;
      if (draft && options['draft'] !== true) say(`核查还有 ${blockers.length} 处错误,本次导出为草稿,每页都有“草稿”字样。`);
      const reply = await dispatcher.call('binding.export', { jobId: 'export', draft, out });
      if (!reply.ok) return couldNot(reply.error);
      const { folder, ...result } = reply.value;
      return done(
        result,
        [`${result.version}${draft ? '(草稿)' : ''}:${result.volumes.length} 卷,${result.files.length} 个文件,在 ${folder}`, ...result.volumes.map((volume) => `  第${volume.no}卷 ${volume.title}:${volume.items} 件 ${volume.pages} 页`)].join('\n'),
        draft && options['draft'] !== true ? 1 : 0,
      );
    }),
};
