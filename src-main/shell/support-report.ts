import { app, screen } from 'electron';
import { statfs } from 'node:fs/promises';
import { cpus, freemem, release, totalmem } from 'node:os';
import { version } from '../../package.json';
import { calls } from '../contract/index.ts';
import type { ProgramLog } from './program-log.ts';
import type { ServiceClient } from './service-client.ts';

const LINES = 400;
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

async function freeSpace(folder: string): Promise<string> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return gigabytes(bavail * bsize);
  } catch {
    return '读不到';
  }
}

/** Size and state of the open archive; neither its title nor where it lies. */
async function describeArchive(service: ServiceClient): Promise<readonly string[]> {
  const reply = await service.call('archive.current', {});
  const archive = reply.ok ? calls['archive.current'].output.parse(reply.value) : null;
  if (archive === null) return ['档案库：没有打开'];
  const listed = await service.call('evidence.list', {});
  const items = listed.ok ? calls['evidence.list'].output.parse(listed.value) : [];
  const kinds = new Map<string, number>();
  for (const item of items) kinds.set(item.fileKind, (kinds.get(item.fileKind) ?? 0) + 1);
  return [
    `档案库：${archive.readOnly ? '只读打开' : '可写打开'}，所在磁盘剩余 ${await freeSpace(archive.folder)}`,
    `材料：${items.length} 件，${items.reduce((sum, item) => sum + item.pages, 0)} 页；${[...kinds].map(([kind, count]) => `${kind} ${count}`).join('，') || '无'}`,
  ];
}

/** What a person may hand to whoever helps them: one text, to be read before it is saved. */
export async function makeSupportReport(log: ProgramLog, service: ServiceClient): Promise<string> {
  const lines = log.tail(LINES);
  return [
    '创档 问题报告',
    '',
    '本报告由您自己保存，程序不会发送它。里面没有材料的文字、文件名、存放位置和人名。',
    '',
    `时间：${new Date().toISOString()}`,
    `程序：${version}${app.isPackaged ? '' : '（开发环境）'}；Electron ${process.versions.electron}，Chromium ${process.versions.chrome}，后台服务 Node ${service.node === '' ? '没有运行' : service.node}`,
    `系统：${process.platform} ${release()} ${process.arch}；处理器 ${cpus().length} 核；内存 ${gigabytes(totalmem())}，空闲 ${gigabytes(freemem())}`,
    `屏幕：${screen.getAllDisplays().map(({ size, scaleFactor }) => `${size.width}×${size.height}@${scaleFactor}`).join('，')}；界面语言 ${app.getLocale()}`,
    ...(await describeArchive(service)),
    '',
    `运行记录（最近 ${lines.length} 行，引文、路径、中文和长数字已去掉）：`,
    ...(lines.length === 0 ? ['（没有记录到问题）'] : lines),
    '',
  ].join('\n');
}
