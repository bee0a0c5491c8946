import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { cleanFileName, findLitterReason } from './file-name.ts';
import { trouble, troubleOfSystem, type IntakeTrouble } from './trouble.ts';

/** One thing met on the way: a file to take in, litter that is passed over, or something that must be refused. */
export type Walked =
  | { readonly kind: 'file'; readonly path: string; readonly givenAs: string; readonly fileName: string; readonly bytes: number }
  | { readonly kind: 'skipped'; readonly path: string; readonly givenAs: string; readonly message: string }
  | { readonly kind: 'rejected'; readonly path: string; readonly givenAs: string; readonly trouble: IntakeTrouble };

/** Deeper than any office's folders; stops a file system that contains itself. */
const deepest = 64;

/** As the office's file manager lists them: 2 before 10. */
const byName = new Intl.Collator('en', { numeric: true });
const inFolderOrder = (a: string, b: string): number => byName.compare(a, b) || (a < b ? -1 : 1);

interface WalkOptions {
  readonly signal?: AbortSignal;
  /** Folder of the archive that takes the files in: its own files are no material. */
  readonly own?: string;
}

/**
 * Files among `paths`, folders walked in name order. `givenAs` begins with the path as it was handed in; `fileName` is fit to be
 * shown. Links, devices, pipes and sockets are refused, never opened; system litter is reported as skipped. Nothing that is met
 * ends the walk; an aborted signal does, by throwing its reason. An archive is refused where it is named, and passed over where it
 * lies in a folder.
 */
export async function* walkInput(paths: readonly string[], { signal, own }: WalkOptions = {}): AsyncGenerator<Walked> {
  const home = own === undefined ? null : await realpath(own).catch(() => null);
  for (const path of paths) yield* walk(path, path, 0, signal, true, home);
}

async function* walk(path: string, givenAs: string, depth: number, signal: AbortSignal | undefined, named: boolean, home: string | null): AsyncGenerator<Walked> {
  signal?.throwIfAborted();
  const name = basename(path);
  // What a person names is taken at their word; litter is passed over only where it was found in a folder.
  const litter = named ? undefined : findLitterReason(name);
  if (litter !== undefined) {
    yield { kind: 'skipped', path, givenAs, message: litter };
    return;
  }
  const reject = (refusal: IntakeTrouble): Walked => ({ kind: 'rejected', path, givenAs, trouble: refusal });
  if (name.includes('\uFFFD') && !named) {
    yield reject(trouble('wrong-input', '文件名的编码无法辨认（多为旧压缩包解压所致），请改名后重新导入。'));
    return;
  }
  if (path.includes('\0')) {
    yield reject(trouble('wrong-input', '文件名含有不允许的字符，请改名后重新导入。'));
    return;
  }
  let entries: Dirent[] | undefined;
  try {
    const stat = await lstat(path);
    if (stat.isSymbolicLink()) {
      yield reject(trouble('file-link', '这是一个链接而不是文件本身，请导入它指向的原文件。'));
      return;
    }
    if (stat.isFile()) {
      yield { kind: 'file', path, givenAs, fileName: cleanFileName(name), bytes: stat.size };
      return;
    }
    if (!stat.isDirectory()) {
      yield reject(trouble('file-unsupported', '这是设备或管道，不是普通文件，不能导入。'));
      return;
    }
    if (named && home !== null && `${await realpath(path)}${sep}`.startsWith(`${home}${sep}`)) {
      yield reject(trouble('wrong-input', '这是正在使用的档案库自己的文件夹，里面的材料已经在档案库中。请选择放材料的文件夹。'));
      return;
    }
    if (await isArchive(path, home)) {
      if (named) yield reject(trouble('wrong-input', '这是一个档案库，不是材料。要取用其中的材料，请在“收发”中合并它。'));
      else yield { kind: 'skipped', path, givenAs, message: '这是一个档案库，不是材料。' };
      return;
    }
    if (depth >= deepest) {
      yield reject(trouble('wrong-input', `文件夹嵌套超过 ${deepest} 层，请移到较浅的位置再导入。`));
      return;
    }
    entries = await readdir(path, { withFileTypes: true });
  } catch (error) {
    const known = troubleOfSystem(error);
    if (known === undefined) throw new Error(`cannot look at ${path}`, { cause: error });
    yield reject(known);
    return;
  }
  const names = entries.map((entry) => entry.name).toSorted(inFolderOrder);
  for (const child of names) yield* walk(join(path, child), join(givenAs, child), depth + 1, signal, false, home);
}

/** The archive that takes the files in, whatever it is called, or another one. */
const isArchive = async (folder: string, home: string | null): Promise<boolean> =>
  /\.cdarchive$/iu.test(folder) ? isThere(join(folder, 'archive.sqlite')) : home !== null && (await realpath(folder)) === home;

const isThere = (path: string): Promise<boolean> => lstat(path).then(() => true, () => false);
