import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PARTIAL_PREFIX, hashFile, syncFolder } from '../archive/index.ts';
import { BAG_VERSION, encodeBagPath, writeTags } from './bag-tags.ts';
import { checkRoom } from './zip-writer.ts';
import { sha256Of } from './pack-manifest.ts';
import { PackFault } from './pack-trouble.ts';

/** One payload file, its path below `data/`: from memory, or a file that must still have its hash. */
export type BagSource = { readonly path: string; readonly content: Uint8Array } | { readonly path: string; readonly file: string; readonly bytes: number; readonly sha256: string };

export interface BagRequest {
  readonly payload: readonly BagSource[];
  /** Elements of bag-info.txt; Payload-Oxum is added. */
  readonly info: readonly (readonly [label: string, value: string])[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (part: number) => void;
}

export interface WrittenBag {
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
  readonly bytes: number;
}

/**
 * Writes a bag (RFC 8493, SHA-256) to a folder that must not exist; it appears whole or not at all. Equal requests give equal bytes: the
 * bag says nothing of when or where it was written beyond what `info` says. Throws `PackFault`, `ArchiveFault`, or what the disk throws.
 */
export const writeBag = async (folder: string, request: BagRequest): Promise<WrittenBag> => {
  const total = request.payload.reduce((sum, one) => sum + ('content' in one ? one.content.byteLength : one.bytes), 0);
  await mkdir(dirname(folder), { recursive: true });
  await checkRoom(folder, total);
  const partial = join(dirname(folder), `${PARTIAL_PREFIX}${randomBytes(6).toString('hex')}`);
  const files: { path: string; bytes: number; sha256: string }[] = [];
  let done = 0;
  const write = async (path: string, content: Uint8Array): Promise<void> => {
    await mkdir(dirname(join(partial, path)), { recursive: true });
    await writeFile(join(partial, path), content, { flag: 'wx' });
    files.push({ path, bytes: content.byteLength, sha256: sha256Of(content) });
  };
  try {
    await mkdir(join(partial, 'data'), { recursive: true });
    for (const source of request.payload.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
      request.signal?.throwIfAborted();
      const path = `data/${source.path}`;
      if ('content' in source) await write(path, source.content);
      else {
        const target = join(partial, path);
        await mkdir(dirname(target), { recursive: true });
        await copyFile(source.file, target);
        // Objects are read-only; a copy on a stick is the user's own.
        await chmod(target, 0o644);
        // What was written is read back: the manifest vouches for the copy, not for the original.
        const hashed = await hashFile(target);
        if (hashed.sha256 !== source.sha256) throw new PackFault({ code: 'pack-changed', path: source.file, detail: `“${source.path}”与登记的不同，请先核验档案库` });
        files.push({ path, ...hashed });
      }
      done += files.at(-1)?.bytes ?? 0;
      request.onProgress?.(total === 0 ? 1 : done / total);
    }
    const payload = [...files];
    const oxum = `${payload.reduce((sum, file) => sum + file.bytes, 0)}.${payload.length}`;
    const manifestOf = (listed: readonly { readonly path: string; readonly sha256: string }[]): Buffer => Buffer.from(listed.map((file) => `${file.sha256}  ${encodeBagPath(file.path)}\n`).join(''));
    await write('bagit.txt', Buffer.from(`BagIt-Version: ${BAG_VERSION}\nTag-File-Character-Encoding: UTF-8\n`));
    await write('bag-info.txt', Buffer.from(writeTags([...request.info, ['Payload-Oxum', oxum]])));
    await write('manifest-sha256.txt', manifestOf(payload));
    await write('tagmanifest-sha256.txt', manifestOf(files.slice(payload.length)));
    for (const file of files) await flush(join(partial, file.path));
    await rename(partial, folder);
    await syncFolder(dirname(folder));
    return { files, bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
  } finally {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
  }
};

const flush = async (path: string): Promise<void> => {
  const handle = await open(path, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
};
