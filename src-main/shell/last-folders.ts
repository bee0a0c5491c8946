import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './json-file.ts';

/** What a dialog is for: something is taken from a folder, or put into one. */
export type FolderUse = 'take' | 'put';

const foldersSchema = z.object({ take: z.string().optional(), put: z.string().optional() });

const isFolder = (path: string): Promise<boolean> => stat(path).then((found) => found.isDirectory(), () => false);

/** The folders that the dialogs were in last, kept in `file`: a dialog opens where the work is. */
export class LastFolders {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** The folder of that use, or the first of `otherwise` that exists (a stick may be gone). Empty where none does. */
  async of(use: FolderUse, otherwise: readonly string[]): Promise<string> {
    const kept = readJsonFile(this.#file, foldersSchema)?.[use];
    for (const folder of kept === undefined ? otherwise : [kept, ...otherwise]) if (await isFolder(folder)) return folder;
    return '';
  }

  /** Where what is made goes until somebody chose a place: beside the archive. */
  begin(use: FolderUse, folder: string): void {
    if (readJsonFile(this.#file, foldersSchema)?.[use] === undefined) this.remember(use, folder);
  }

  remember(use: FolderUse, folder: string): void {
    writeJsonFile(this.#file, { ...readJsonFile(this.#file, foldersSchema), [use]: folder });
  }
}
