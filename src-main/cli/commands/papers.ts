import { paperFormatSchema } from '../../contract/index.ts';
import type { PaperList } from '../../contract/index.ts';
import type { Command, CommandContext, Outcome } from '../command.ts';
import { couldNot, done, textOption, wrongUse } from '../command.ts';
import { withArchive } from '../with-archive.ts';

const describeKinds = ({ kinds }: PaperList): string =>
  kinds.map(({ kind, name, formats, scopes, scopeName }) => `${kind.padEnd(20)} ${name}（${formats.join('、')}${scopeName === '' ? '' : `；${scopes.length} 个${scopeName}`}）`).join('\n');

async function listPapers({ dispatcher }: CommandContext, kind: string | undefined): Promise<Outcome> {
  const list = await dispatcher.call('papers.list', {});
  if (!list.ok) return couldNot(list.error);
  if (kind === undefined) return done(list.value, describeKinds(list.value));
  const found = list.value.kinds.find((each) => each.kind === kind);
  if (found === undefined) return wrongUse(`没有“${kind}”这种文书。不写种类可以列出全部。`);
  return done(found, found.scopes.map(({ id, name }) => `${id}\t${name}`).join('\n'));
}

/** The one change that the options ask for, or undefined where they ask for none. */
async function changePapers(context: CommandContext, kind: string, scope: string): Promise<Outcome | undefined> {
  const { dispatcher, options } = context;
  const [replace, template, note] = [textOption(options, 'replace'), textOption(options, 'template'), textOption(options, 'note') ?? ''];
  if (replace !== undefined) {
    const reply = await dispatcher.call('papers.replace', { jobId: 'paper', kind, scope, path: replace, note });
    return reply.ok ? done(reply.value, `已用“${reply.value.fileName}”（${reply.value.pages} 页）代替。`) : couldNot(reply.error);
  }
  if (template !== undefined) {
    const reply = await dispatcher.call('papers.setTemplate', { kind, path: template });
    return reply.ok ? done(reply.value, `已采用模板“${reply.value.fileName}”。`) : couldNot(reply.error);
  }
  if (options['restore'] === true) {
    const reply = await dispatcher.call('papers.restore', { kind, scope });
    return reply.ok ? done(reply.value, '已恢复程序生成的文书。') : couldNot(reply.error);
  }
  if (options['remove-template'] === true) {
    const reply = await dispatcher.call('papers.removeTemplate', { kind });
    return reply.ok ? done(reply.value, '已停用模板。') : couldNot(reply.error);
  }
  return undefined;
}

const changes = ['replace', 'restore', 'template', 'remove-template'];

export const paperCommand: Command = {
  usage: 'paper DIR [KIND] [--scope NAME] [--out FILE.pdf|docx|xlsx|csv] [--replace FILE | --restore | --template FILE | --remove-template]',
  summary: '单份文书：列出、生成、用签字盖章的文件代替、设置模板',
  options: {
    scope: { type: 'string' }, out: { type: 'string' }, generated: { type: 'boolean' }, replace: { type: 'string' }, restore: { type: 'boolean' }, template: { type: 'string' },
    'remove-template': { type: 'boolean' }, note: { type: 'string' },
  },
  positionals: { min: 1, max: 2 },
  run: (context) =>
    withArchive(context, changes.some((name) => context.options[name] !== undefined) ? 'write' : 'read', async (opened) => {
      const { dispatcher, positionals, options, say } = opened;
      const kind = positionals[1];
      const out = textOption(options, 'out');
      const scope = textOption(options, 'scope') ?? '';
      if (kind === undefined) return listPapers(opened, undefined);
      const changed = await changePapers(opened, kind, scope);
      if (changed !== undefined) return changed;
      if (out === undefined) return listPapers(opened, kind);
      const format = paperFormatSchema.safeParse(/\.([a-z]+)$/iu.exec(out)?.[1]?.toLowerCase());
      if (!format.success) return wrongUse('--out 的文件名要以 .pdf、.docx、.xlsx 或 .csv 结尾。');
      const reply = await dispatcher.call('papers.make', { jobId: 'paper', kind, scope, format: format.data, out, generated: options['generated'] === true });
      if (!reply.ok) return couldNot(reply.error);
      for (const { before, now } of reply.value.changes) say(`与档案库不一致：${before === '' ? '缺少' : `原为“${before}”，`}${now === '' ? '现已没有' : before === '' ? `“${now}”` : `现为“${now}”`}`);
      for (const gap of reply.value.gaps) say(`${gap}。`);
      const { id: _id, ...made } = reply.value;
      return done(made, `${made.name}：${made.pages === 0 ? '' : `${made.pages} 页，`}${made.bytes} 字节，在 ${made.path}${made.draft ? '（草稿）' : ''}`, made.changes.length > 0 ? 1 : 0);
    }),
};
