import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isExportManifest } from '../../archive/index.ts';
import type { ExportedFile, ExportManifest } from '../../archive/index.ts';

export { fileNameOf } from '../../exchange/index.ts';

/** Writes small content (DOCX, XLSX, JSON) and tells what was written. */
export async function writeExportFile(folder: string, path: string, kind: string, pages: number, content: Uint8Array): Promise<ExportedFile> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content);
  return { path, kind, pages, bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex') };
}

/** Files of an earlier export that lies in `out`, by its own manifest; none where there is no such manifest. */
async function filesOfEarlier(out: string): Promise<readonly string[]> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'));
    if (!isExportManifest(manifest)) return [];
    return manifest.files.map((file) => file.path).filter((path) => !path.split(/[\\/]/).includes('..') && !/^([\\/]|[A-Za-z]:)/.test(path));
  } catch {
    return [];
  }
}

/** Copies a finished export to a folder of the user's; each file appears whole, and what an earlier export left there goes. */
export async function copyExport(folder: string, manifest: ExportManifest, out: string, signal: AbortSignal): Promise<void> {
  await mkdir(out, { recursive: true });
  const earlier = new Set(await filesOfEarlier(out));
  for (const path of [...manifest.files.map((file) => file.path), 'manifest.json']) {
    signal.throwIfAborted();
    const target = join(out, path);
    await mkdir(dirname(target), { recursive: true });
    const partial = join(dirname(target), `.tmp-${basename(target)}`);
    try {
      await copyFile(join(folder, path), partial);
      await rename(partial, target);
    } finally {
      await rm(partial, { force: true });
    }
    earlier.delete(path);
  }
  for (const path of earlier) await rm(join(out, path), { force: true });
}
