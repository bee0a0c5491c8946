import { calls } from '../../contract/index.ts';
import type { Command } from '../command.ts';
import { couldNot, done, textOption, wrongUse } from '../command.ts';
import { withArchive } from '../with-archive.ts';

export const importCommand: Command = {
  usage: 'import DIR PATH… [--to CODE] [--year Y]',
  summary: '导入文件或文件夹,可同时归入一项指标',
  options: { to: { type: 'string' }, year: { type: 'string' } },
  positionals: { min: 2, max: Number.POSITIVE_INFINITY },
  run: (context) =>
    withArchive(context, 'write', async ({ dispatcher, positionals, options }) => {
      const year = textOption(options, 'year');
      const input = calls['evidence.import'].input.safeParse({
        jobId: 'import',
        paths: positionals.slice(1),
        indicator: textOption(options, 'to') ?? null,
        year: year === undefined ? null : Number(year),
      });
      if (!input.success) return wrongUse(`参数不正确:${input.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join(';')}`);
      const reply = await dispatcher.call('evidence.import', input.data);
      if (!reply.ok) return couldNot(reply.error);
      const { imported, duplicates, alike, rejected } = reply.value;
      return done(
        reply.value,
        [
          `导入 ${imported.length} 件,重复 ${duplicates.length} 件,未收 ${rejected.length} 件`,
          ...duplicates.map((item) => `  重复:${item.file} 与 ${item.of} 内容相同`),
          ...alike.map((item) => `  相似：${item.file} 第${item.page}页与《${item.of}》第${item.ofPage}页相同，请核对是否重复扫描`),
          ...rejected.map((item) => `  未收:${item.message}`),
        ].join('\n'),
        rejected.length > 0 ? 1 : 0,
      );
    }),
};

export const replaceCommand: Command = {
  usage: 'replace DIR ID FILE [--reason TEXT]',
  summary: '用新文件更换一件材料的文件，旧文件保留',
  options: { reason: { type: 'string' } },
  positionals: { min: 3, max: 3 },
  run: (context) =>
    withArchive(context, 'write', async ({ dispatcher, positionals, options }) => {
      const input = calls['evidence.replace'].input.safeParse({ jobId: 'replace', id: positionals[1], path: positionals[2], reason: textOption(options, 'reason') ?? '' });
      if (!input.success) return wrongUse('理由最多200个字。');
      const reply = await dispatcher.call('evidence.replace', input.data);
      if (!reply.ok) return couldNot(reply.error);
      const { fileName, pages, replaced, usedBy } = reply.value;
      return done(reply.value, [`已用“${fileName}”（${pages} 页）更换“${replaced.fileName}”，旧文件保留。`, ...(usedBy.length === 0 ? [] : [`${usedBy.join('、')} 装订的是旧文件，请重新导出。`])].join('\n'));
    }),
};

export const searchCommand: Command = {
  usage: 'search DIR TEXT',
  summary: '全文检索:题名、文号、单位、指标和每页文字',
  options: { limit: { type: 'string' } },
  positionals: { min: 2, max: 2 },
  run: (context) =>
    withArchive(context, 'read', async ({ dispatcher, positionals, options }) => {
      const limit = Number(textOption(options, 'limit') ?? 50);
      const input = calls['search.query'].input.safeParse({ text: positionals[1], limit });
      if (!input.success) return wrongUse('检索词为1到200个字,--limit 为1到500的整数。');
      const reply = await dispatcher.call('search.query', input.data);
      if (!reply.ok) return couldNot(reply.error);
      const { hits } = reply.value;
      return done(reply.value, [`找到 ${hits.length} 处`, ...hits.map((hit) => `  ${hit.title} 第${hit.page}页:${hit.snippet}`)].join('\n'));
    }),
};
