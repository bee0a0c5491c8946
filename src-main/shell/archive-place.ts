import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CallOutput } from '../contract/index.ts';

export type ArchivePlace = CallOutput<'shell.placeArchive'>;

const ENDING = '.cdarchive';
/** Bytes of a name that every usual file system takes, less the ending and a number. */
const LONGEST = 200;
/** Names that Windows keeps for devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/** A name that every usual file system takes, without the ending; empty where nothing of it is left. */
export function archiveName(name: string): string {
  let kept = name.normalize('NFC').replace(/\.cdarchive$/iu, '').replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^[\s.]+|[\s.]+$/gu, '');
  while (Buffer.byteLength(kept) > LONGEST) kept = [...kept].slice(0, -1).join('').trimEnd();
  return DEVICE.test(kept) ? `_${kept}` : kept;
}

const isThere = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);
const isWritable = (folder: string): Promise<boolean> => access(folder, constants.W_OK).then(() => true, () => false);
const isTaken = (path: string): Promise<boolean> => readdir(path).then((inside) => inside.length > 0, () => isThere(path));

async function troubleOf(name: string, parent: string, path: string): Promise<string> {
  if (name === '') return '请填写档案库的名称。';
  if (!(await isThere(parent))) return '存放位置不存在了，请点“更改…”另选一个文件夹。';
  if (parent.split(/[\\/]/).some((part) => part.endsWith(ENDING))) return '这里是另一个档案库的内部，请点“更改…”选它外面的文件夹。';
  if (!(await isWritable(parent))) return '这个文件夹不允许写入，请点“更改…”另选一个文件夹。';
  return (await isTaken(path)) ? '这里已有同名的档案库或文件，请换一个名称或位置。' : '';
}

interface Wish {
  readonly name: string;
  /** The folder that was chosen; null to have one proposed. */
  readonly parent: string | null;
  /** A file that the proposal should lie beside. */
  readonly beside: string | null;
}

/** Where an archive of that name would lie, and why it cannot; a proposal takes the first writable of `places` and a name that is free there. */
export async function placeArchive({ name: given, parent: chosen, beside }: Wish, places: readonly string[]): Promise<ArchivePlace> {
  const name = archiveName(given);
  if (chosen !== null) {
    const path = join(chosen, `${name}${ENDING}`);
    return { parent: chosen, name, path, trouble: await troubleOf(name, chosen, path) };
  }
  let parent = places.at(-1) ?? '';
  for (const folder of [...(beside === null ? [] : [dirname(beside)]), ...places]) {
    if ((await isWritable(folder)) && (await isThere(folder))) {
      parent = folder;
      break;
    }
  }
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : `${name}${number}`;
    const path = join(parent, `${free}${ENDING}`);
    if (!(await isTaken(path))) return { parent, name: free, path, trouble: await troubleOf(free, parent, path) };
  }
}
