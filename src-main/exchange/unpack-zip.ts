import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { checkRoom } from './zip-writer.ts';
import { PackFault } from './pack-trouble.ts';
import { readingFault } from './read-pack.ts';
import { openZip } from './zip-reader.ts';

/** A unit's folder is evidence of one unit: far below these. */
const limits = { entries: 20_000, bytes: 32 * 1024 ** 3 };

/**
 * Unpacks a ZIP of a filled folder into a new folder beneath `within` and hands it to `use`; it is removed afterwards, whatever happened.
 * Names were judged before a byte is written; every path is once more held against the folder. Throws `PackFault`.
 */
export const withUnpacked = async <T>(path: string, within: string, use: (folder: string) => Promise<T>, signal?: AbortSignal): Promise<T> => {
  const zip = await openZip(path, limits);
  const folder = await mkdtemp(join(within, 'chuangdang-unpacked-'));
  try {
    await checkRoom(join(folder, 'x'), [...zip.entries.values()].reduce((sum, entry) => sum + entry.bytes, 0));
    for (const entry of zip.entries.values()) {
      signal?.throwIfAborted();
      const target = resolve(folder, entry.name);
      if (!target.startsWith(folder + sep)) throw new PackFault({ code: 'pack-unsafe', path, detail: `“${entry.name.slice(0, 60)}”会写到文件夹之外` });
      await mkdir(dirname(target), { recursive: true });
      // Made anew each time: a file that is there already would be another entry under the same name.
      await pipeline(await zip.read(entry), createWriteStream(target, { flags: 'wx' }), signal === undefined ? {} : { signal }).catch((error: unknown) => {
        throw readingFault(path, entry.name, error);
      });
    }
    return await use(folder);
  } finally {
    zip.close();
    await rm(folder, { recursive: true, force: true });
  }
};
