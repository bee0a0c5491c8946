import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Dispatcher } from '../../service/dispatcher.ts';
import type { Command, CommandContext, Outcome } from '../command.ts';
import { couldNot, done, textOption, textOptions, wrongUse } from '../command.ts';
import { withArchive } from '../with-archive.ts';

/** A unit's own copy, from the pack it was handed. */
async function newFromPack(dispatcher: Dispatcher, file: string, folder: string): Promise<Outcome> {
  const opened = await dispatcher.call('exchange.open', { jobId: 'open', file, folder });
  if (!opened.ok) return couldNot(opened.error);
  const catalog = await dispatcher.call('catalog.read', {});
  if (!catalog.ok) return couldNot(catalog.error);
  const indicators = catalog.value.groups.reduce((sum, group) => sum + group.indicators.length, 0);
  return done({ archive: folder, title: opened.value.title, indicators, questions: [] }, `已打开任务包“${opened.value.title}”：${indicators} 项指标`);
}

export const newCommand: Command = {
  usage: 'new DIR [--catalog ID|FILE] [--plan FILE] [--pack FILE]',
  summary: '新建档案库:用内置目录、目录文件或工作方案',
  options: { catalog: { type: 'string' }, plan: { type: 'string' }, pack: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run({ dispatcher, positionals, options }) {
    const [folder = ''] = positionals;
    const catalog = textOption(options, 'catalog');
    const plan = textOption(options, 'plan');
    const pack = textOption(options, 'pack');
    if (pack !== undefined) {
      if (catalog !== undefined || plan !== undefined) return wrongUse('--pack 不能与 --catalog、--plan 同用。');
      return newFromPack(dispatcher, pack, folder);
    }
    if (catalog !== undefined && plan !== undefined) return wrongUse('--catalog 和 --plan 只能选一个。');
    const from =
      plan !== undefined
        ? ({ kind: 'plan', path: plan } as const)
        : catalog !== undefined && (existsSync(catalog) || /[\\/.]/.test(catalog))
          ? ({ kind: 'catalog-file', path: catalog } as const)
          : ({ kind: 'builtin', id: catalog ?? 'shinan-2024' } as const);
    const reply = await dispatcher.call('archive.create', { folder, from });
    if (!reply.ok) return couldNot(reply.error);
    const { archive, indicators, questions } = reply.value;
    const asks = questions.map((question) => `  ? ${question.where}:${question.asks}\n    ${question.sentence}`);
    return done(
      { archive: folder, title: archive.title, indicators, questions },
      [`已新建“${archive.title}”:${indicators} 项指标`, ...(asks.length > 0 ? ['需要您确认:', ...asks] : [])].join('\n'),
    );
  },
};

export const catalogCommand: Command = {
  usage: 'catalog DIR',
  summary: '列出指标、责任单位和阶段',
  options: {},
  positionals: { min: 1, max: 1 },
  run: (context) =>
    withArchive(context, 'read', async ({ dispatcher }) => {
      const reply = await dispatcher.call('catalog.read', {});
      if (!reply.ok) return couldNot(reply.error);
      const catalog = reply.value;
      const lines = catalog.groups.flatMap((group) => [
        `${group.code} ${group.name}`,
        ...group.indicators.map((item) => `  ${item.code}\t${item.name}\t${item.target.text}\t${item.lead.join('、')}`),
      ]);
      return done(catalog, [catalog.title, ...lines].join('\n'));
    }),
};

/** A submission package instead of an archive: judged by RFC 8493. */
async function verifyPackage({ dispatcher, positionals }: CommandContext): Promise<Outcome> {
  const reply = await dispatcher.call('exchange.verifyPackage', { jobId: 'verify', folder: positionals[0] ?? '' });
  if (!reply.ok) return couldNot(reply.error);
  const { valid, complete, files, bytes, errors, warnings } = reply.value;
  return done(
    { ok: valid, complete, files, bytes, objects: files, problems: errors.map(({ path, message }) => ({ kind: 'package', path, message })), warnings },
    [valid ? `报送包有效：${files} 个文件` : `报送包${complete ? '内容有改动' : '不完整'}：${errors.length} 个问题`, ...errors.map(({ path, message }) => `  ${path}：${message}`), ...warnings.map(({ path, message }) => `  提醒 ${path}：${message}`)].join('\n'),
    valid ? 0 : 1,
  );
}

/** Mends from kept copies; what only a restored backup mends is said so, with the command that does it. */
async function repair({ dispatcher, positionals }: CommandContext, from: readonly string[]): Promise<Outcome> {
  const reply = await dispatcher.call('archive.repair', { jobId: 'repair', from: [...from] });
  if (!reply.ok) return couldNot(reply.error);
  const { repaired, left } = reply.value;
  const restore = left.problems.some(({ mends }) => mends === 'backup') ? [`数据库的问题不能从文件副本修复，请恢复备份：restore ${positionals[0] ?? ''}`] : [];
  const lines = [`已修复 ${repaired.length} 个文件，还有 ${left.problems.length} 个问题`, ...repaired.map((one) => `  已修复《${one.name}》，取自 ${one.from}`), ...left.problems.map((one) => `  ${one.path}：${one.message}`), ...restore];
  return done({ ok: left.ok, objects: left.objects, repaired, problems: left.problems }, lines.join('\n'), left.ok ? 0 : 1);
}

export const verifyCommand: Command = {
  usage: 'verify DIR [--repair COPY]…',
  summary: '核验档案库或报送包:数据库、每个文件的哈希、操作记录链；--repair 从档案库的副本或原文件所在的文件夹修复损坏的文件',
  options: { repair: { type: 'string', multiple: true } },
  positionals: { min: 1, max: 1 },
  async run(context) {
    const from = textOptions(context.options, 'repair');
    const isPackage = existsSync(join(context.positionals[0] ?? '', 'bagit.txt')) && !existsSync(join(context.positionals[0] ?? '', 'archive.sqlite'));
    if (isPackage) return from.length > 0 ? wrongUse('报送包不能修复，请重新生成。') : verifyPackage(context);
    if (from.length > 0) return withArchive(context, 'write', () => repair(context, from));
    return withArchive(context, 'read', async ({ dispatcher }) => {
      const reply = await dispatcher.call('archive.verify', { jobId: 'verify' });
      if (!reply.ok) return couldNot(reply.error);
      const { ok, objects, problems } = reply.value;
      const lines = problems.map((problem) => `  ${problem.path}:${problem.message}`);
      return done(reply.value, [ok ? `核验通过:${objects} 个文件` : `发现 ${problems.length} 个问题`, ...lines].join('\n'), ok ? 0 : 1);
    });
  },
};

export const restoreCommand: Command = {
  usage: 'restore DIR [--backup NAME]',
  summary: '列出数据库的备份；--backup 恢复到其中一份，档案库打不开时也可以',
  options: { backup: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run({ dispatcher, positionals, options }) {
    const [folder = ''] = positionals;
    const name = textOption(options, 'backup');
    if (name === undefined) {
      const backups = await dispatcher.call('archive.backupsOf', { folder });
      if (!backups.ok) return couldNot(backups.error);
      return done({ backups: backups.value }, backups.value.length === 0 ? '没有备份' : backups.value.map((one) => `${one.name}\t${one.at}\t${one.reason}`).join('\n'));
    }
    const restored = await dispatcher.call('archive.restoreDamaged', { folder, name });
    return restored.ok ? done({ archive: folder, restored: name }, `已恢复到 ${name}；恢复前的状态留在 backups 文件夹中`) : couldNot(restored.error);
  },
};

export const demoCommand: Command = {
  usage: 'demo DIR [--small] [--faults]',
  summary: '生成示例档案库(36项指标,带几处有意的缺漏)',
  options: { small: { type: 'boolean' }, faults: { type: 'boolean' } },
  positionals: { min: 1, max: 1 },
  async run({ dispatcher, positionals, options }) {
    const [folder = ''] = positionals;
    const faulty = options['faults'] === true;
    const reply = await dispatcher.call('archive.sample', { jobId: 'demo', folder, size: options['small'] === true || faulty ? 'small' : 'full', faults: faulty });
    if (!reply.ok) return couldNot(reply.error);
    const { archive, evidence, planted, faults } = reply.value;
    if (faulty) {
      const lines = faults.map(({ rule, indicator, text }) => `  有意的差错:[${rule}] ${indicator === null ? '' : `指标${indicator} `}${text}`);
      return done({ archive: folder, title: archive.title, evidence, planted: faults }, [`带差错的示例档案库已生成:${evidence} 件材料,${faults.length} 处差错`, ...lines].join('\n'));
    }
    return done({ archive: folder, title: archive.title, evidence, planted }, [`示例档案库已生成:${evidence} 件材料`, ...planted.map((gap) => `  有意的缺漏:${gap}`)].join('\n'));
  },
};
