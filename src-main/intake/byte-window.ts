import { constants, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { fail, ok, type Result } from '../domain/result.ts';
import { trouble, troubleOfSystem, type IntakeTrouble } from './trouble.ts';

/** Random access to a file that was opened once, so that every look sees the same file even if its name is reused meanwhile. */
export interface ByteWindow {
  readonly size: number;
  /** Bytes `from`…`from + length`, fewer at the file's end. */
  readonly read: (from: number, length: number) => Promise<Uint8Array>;
}

/** Neither follows a link nor waits for a pipe. The constants are absent on Windows, where links are refused by the walk. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Opens a regular file, hands it to `use`, closes it. Trouble of the file system comes back as a value. */
export async function withFile<Value>(path: string, use: (file: ByteWindow) => Promise<Result<Value, IntakeTrouble>>): Promise<Result<Value, IntakeTrouble>> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, openFlags);
    const before = await handle.stat();
    if (before.isDirectory()) return fail(trouble('wrong-input', '这是文件夹，不是文件。'));
    if (!before.isFile()) return fail(trouble('file-unsupported', '这是设备或管道，不是普通文件，不能导入。'));
    const opened = handle;
    const answer = await use({
      size: before.size,
      read: async (from, length) => {
        const wanted = Math.max(0, Math.min(length, before.size - from));
        const bytes = new Uint8Array(wanted);
        let filled = 0;
        while (filled < wanted) {
          const { bytesRead } = await opened.read(bytes, filled, wanted - filled, from + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return filled === wanted ? bytes : bytes.subarray(0, filled);
      },
    });
    return hasChanged(before, await handle.stat()) ? fail(trouble('file-changed', '读取期间文件被改动，请等它保存完毕后重新导入。')) : answer;
  } catch (error) {
    const known = troubleOfSystem(error);
    if (known === undefined) throw new Error(`cannot read ${path}`, { cause: error });
    return fail(known);
  } finally {
    await handle?.close();
  }
}

const hasChanged = (before: Stats, after: Stats): boolean => before.size !== after.size || before.mtimeMs !== after.mtimeMs;

/** Whole file in memory, refused above `limit` bytes. */
export async function readWhole(path: string, limit: number): Promise<Result<Uint8Array, IntakeTrouble>> {
  return withFile(path, async (file) => {
    if (file.size > limit) return fail(trouble('file-too-large', `文件有 ${Math.ceil(file.size / 1048576)} MB，超过这类文件的上限 ${Math.floor(limit / 1048576)} MB，请拆分后再导入。`));
    return ok(await file.read(0, file.size));
  });
}
