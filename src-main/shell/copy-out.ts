import { app } from 'electron';
import type { BrowserWindow } from 'electron';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { calls, fail, succeed } from '../contract/index.ts';
import type { CallOutput, Envelope } from '../contract/index.ts';
import { chooseSavePlace } from './file-dialogs.ts';
import type { LastFolders } from './last-folders.ts';
import type { ServiceClient } from './service-client.ts';

type Original = Pick<CallOutput<'evidence.file'>, 'original' | 'fileName'>;

async function findOriginal(service: ServiceClient, id: string): Promise<Envelope<Original>> {
  const reply = await service.call('evidence.file', { id });
  return reply.ok ? succeed(calls['evidence.file'].output.parse(reply.value)) : reply;
}

/** A file's own name without what a file system refuses; names come from outside. */
export const safeName = (name: string): string => basename(name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_')).slice(0, 120) || '材料';

let outbox: Promise<string> | null = null;

function outboxFolder(): Promise<string> {
  outbox ??= mkdtemp(join(tmpdir(), 'chuangdang-out-')).then((folder) => {
    app.once('will-quit', () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  });
  return outbox;
}

/** Drags a copy, never the archive's own object: another program may write to what it is given. */
export async function dragOut(id: string, window: BrowserWindow, service: ServiceClient): Promise<Envelope<CallOutput<'shell.dragOut'>>> {
  const found = await findOriginal(service, id);
  if (!found.ok) return found;
  const folder = join(await outboxFolder(), id);
  const file = join(folder, safeName(found.value.fileName));
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await copyFile(found.value.original, file);
  } catch {
    return fail('file-not-found', found.value.fileName);
  }
  window.webContents.startDrag({ file, icon: await app.getFileIcon(file) });
  return succeed({});
}

/** Saves a copy where the user says. */
export async function saveCopy(id: string, window: BrowserWindow, service: ServiceClient, folders: LastFolders): Promise<Envelope<CallOutput<'shell.saveCopy'>>> {
  const found = await findOriginal(service, id);
  if (!found.ok) return found;
  const filePath = await chooseSavePlace({ title: '另存一份', name: safeName(found.value.fileName) }, window, folders);
  if (filePath === null) return succeed({ path: null });
  try {
    await copyFile(found.value.original, filePath);
  } catch {
    return fail('no-permission', filePath);
  }
  return succeed({ path: filePath });
}
