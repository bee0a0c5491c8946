import { resolve } from 'node:path';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './json-file.ts';

const MOST = 12;
const recentSchema = z.array(z.object({ folder: z.string(), title: z.string(), openedAt: z.string() }));
export type RecentArchive = z.infer<typeof recentSchema>[number];

/** Archives opened lately, newest first, kept in `file`. */
export class RecentArchives {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  list(): RecentArchive[] {
    return readJsonFile(this.#file, recentSchema) ?? [];
  }

  remember(archive: { readonly folder: string; readonly title: string }, now: Date): void {
    const folder = resolve(archive.folder);
    const others = this.list().filter((known) => known.folder !== folder);
    writeJsonFile(this.#file, [{ folder, title: archive.title, openedAt: now.toISOString() }, ...others].slice(0, MOST));
  }

  forget(folder: string): void {
    writeJsonFile(this.#file, this.list().filter((known) => known.folder !== folder));
  }
}
