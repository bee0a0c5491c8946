import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isExportManifest } from '../../archive/index.ts';
import type { ExportedFile, ExportManifest } from '../../archive/index.ts';

export { fileNameOf } from '../../exchange/index.ts';

/** Writes small content (DOCX, XLSX, JSON) and tells what was written. */
export async function writeExportFile(folder: string, path: string, kind: string, pages: number, content: Uint8Array): Promise<ExportedFile> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content, { flush: true });
  return { path, kind, pages, bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex') };
}

interface EarlierFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Files of an earlier export that lies in `out`, by its own manifest; none where there is no such manifest. */
async function filesOfEarlier(out: string): Promise<readonly EarlierFile[]> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'));
    if (!isExportManifest(manifest)) return [];
    return manifest.files.filter(({ path }) => !path.split(/[\\/]/).includes('..') && !/^([\\/]|[A-Za-z]:)/.test(path));
  } catch {
    return [];
  }
}

/** Whether what lies there is still what its manifest, written last, says. */
async function isUntouched(out: string, file: EarlierFile): Promise<boolean> {
  try {
    const [found, manifest] = await Promise.all([stat(join(out, file.path)), stat(join(out, 'manifest.json'))]);
    return found.isFile() && found.size === file.bytes && found.mtimeMs <= manifest.mtimeMs;
  } catch {
    return false;
  }
}

/** Copies a finished export to a folder of the user's; each file appears whole, what is there already stays, and what an earlier export left there goes. `onFile` hears of each file before it is copied. */
export async function copyExport(folder: string, manifest: ExportManifest, out: string, signal: AbortSignal, onFile: (path: string, bytesBefore: number) => void = () => undefined): Promise<void> {
  await mkdir(out, { recursive: true });
  let bytesBefore = 0;
  const earlier = new Map((await filesOfEarlier(out)).map((file) => [file.path, file]));
  for (const { path, sha256, bytes } of [...manifest.files, { path: 'manifest.json', sha256: '', bytes: 0 }]) {
    signal.throwIfAborted();
    onFile(path, bytesBefore);
    bytesBefore += bytes;
    const there = earlier.get(path);
    earlier.delete(path);
    if (there?.sha256 === sha256 && (await isUntouched(out, there))) continue;
    const target = join(out, path);
    await mkdir(dirname(target), { recursive: true });
    const partial = join(dirname(target), `.tmp-${basename(target)}`);
    try {
      await copyFile(join(folder, path), partial);
      await rename(partial, target);
    } finally {
      await rm(partial, { force: true });
    }
  }
  for (const path of earlier.keys()) await rm(join(out, path), { force: true });
}
