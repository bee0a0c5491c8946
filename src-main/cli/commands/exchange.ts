import { relative } from 'node:path';
import type { Command } from '../command.ts';
import { couldNot, done, textOption, wrongUse } from '../command.ts';
import { withArchive } from '../with-archive.ts';

export const packCommand: Command = {
  usage: 'pack DIR [--unit NAME] --out F [--forms] [--due DAY]',
  summary: '生成任务包：某单位的任务，或（不写 --unit）全部内容、本单位的报送；--forms 生成手工填报文件夹',
  options: { unit: { type: 'string' }, out: { type: 'string' }, forms: { type: 'boolean' }, due: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  run: (context) =>
    withArchive(context, 'write', async ({ dispatcher, options }) => {
      const [out, unit, due] = [textOption(options, 'out'), textOption(options, 'unit') ?? '', textOption(options, 'due') ?? ''];
      if (out === undefined) return wrongUse('请用 --out 指明输出文件。');
      if (due !== '' && !/^\d{4}-\d{2}-\d{2}$/u.test(due)) return wrongUse('--due 应写成 2024-04-10。');
      if (options['forms'] === true) {
        if (unit === '') return wrongUse('--forms 须与 --unit 同用。');
        const reply = await dispatcher.call('exchange.handOut', { jobId: 'pack', units: [unit], folder: out, as: 'forms', due });
        if (!reply.ok) return couldNot(reply.error);
        return done(reply.value, reply.value.packs.map((pack) => `${pack.unit}：${pack.indicators} 项指标，在 ${out}/${pack.path}`).join('\n'));
      }
      const reply = await dispatcher.call('exchange.pack', { jobId: 'pack', unit, out, due });
      if (!reply.ok) return couldNot(reply.error);
      const { indicators, items, bytes, code } = reply.value;
      return done(reply.value, `${out}：${indicators} 项指标，${items} 件材料，${bytes} 字节，校验码 ${code}`);
    }),
};

export const mergeCommand: Command = {
  usage: 'merge DIR F [--decide ours|theirs]',
  summary: '收取任务包、填好的文件夹或另一台电脑的档案库；--decide 一并裁定冲突',
  options: { decide: { type: 'string' } },
  positionals: { min: 2, max: 2 },
  run: (context) =>
    withArchive(context, 'write', async ({ dispatcher, positionals, options }) => {
      const [, path = ''] = positionals;
      const decide = textOption(options, 'decide');
      if (decide !== undefined && decide !== 'ours' && decide !== 'theirs') return wrongUse('--decide 只能是 ours（保留原有）或 theirs（采用报送）。');
      const reply = await dispatcher.call('exchange.merge', { jobId: 'merge', path });
      if (!reply.ok) return couldNot(reply.error);
      const state = await dispatcher.call('exchange.state', {});
      if (!state.ok) return couldNot(state.error);
      if (decide !== undefined) {
        for (const { id } of state.value.conflicts) {
          const decided = await dispatcher.call('exchange.decide', { id, take: decide });
          if (!decided.ok) return couldNot(decided.error);
        }
      }
      const open = decide === undefined ? state.value.conflicts : [];
      const { items, links, values, texts, conflicts, notes, again, code } = reply.value;
      return done(
        { ...reply.value, open: open.map(({ id, subject, field, ours, theirs }) => ({ id, subject, field, ours, theirs })) },
        [
          again ? '这份内容以前已经收过，没有改动。' : `收到：材料 ${items} 件，归入 ${links} 处，数值 ${values} 个，文字 ${texts} 处，冲突 ${conflicts} 处，校验码 ${code}`,
          ...open.map((conflict) => `  冲突：${conflict.subject} ${conflict.field}`),
          ...notes.map((note) => `  请核对：${note}`),
        ].join('\n'),
        open.length > 0 ? 1 : 0,
      );
    }),
};

export const packageCommand: Command = {
  usage: 'package DIR --out DIR [--version v001]',
  summary: '生成报送包（BagIt）：案卷、原件、元数据和阅览室，逐个文件带校验值',
  options: { out: { type: 'string' }, version: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  run: (context) =>
    withArchive(context, 'read', async ({ dispatcher, options }) => {
      const out = textOption(options, 'out');
      if (out === undefined) return wrongUse('请用 --out 指明输出文件夹。');
      const version = textOption(options, 'version') ?? null;
      if (version !== null && !/^v\d{3,}$/u.test(version)) return wrongUse('--version 应写成 v001。');
      const reply = await dispatcher.call('exchange.package', { jobId: 'package', out, version });
      if (!reply.ok) return couldNot(reply.error);
      const { folder, files, bytes, readingRoom } = reply.value;
      return done({ ...reply.value, folder: relative(out, folder), readingRoom: relative(out, readingRoom) }, `${reply.value.version} 的报送包：${files} 个文件，${bytes} 字节，在 ${folder}`);
    }),
};
