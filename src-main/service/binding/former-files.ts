import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import program from '../../../package.json' with { type: 'json' };
import type { ExportedFile, ExportRecord } from '../../archive/index.ts';

/** Clocks of file systems are coarse, and the record is written after the files. */
const CLOCK_SLACK_MS = 2000;

/** Set where the program is bundled: a digest of the sources it was made of. */
declare const PROGRAM_SOURCES: string | undefined;
const madeBy = typeof PROGRAM_SOURCES === 'undefined' ? program.version : `${program.version} ${PROGRAM_SOURCES}`;

/** What decides the bytes of a file that this program, and no other build of it, makes of `parts`. */
export const identify = (...parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify([madeBy, ...parts])).digest('hex').slice(0, 32);

/** The files of the last export: what has not changed since is taken over instead of made again. */
export class FormerFiles {
  private readonly folder: string;
  private readonly finished: number;
  private readonly byIdentity: ReadonlyMap<string, ExportedFile>;

  /** `folder` is that of the export. */
  constructor(folder: string, record: ExportRecord | null) {
    this.folder = folder;
    this.finished = record === null ? 0 : Date.parse(record.at);
    this.byIdentity = new Map((record?.manifest.files ?? []).flatMap((file) => (file.identity === undefined ? [] : [[`${file.kind} ${file.identity}`, file] as const])));
  }

  /**
   * Puts the former file of that kind and identity at `path` of a folder: the same file under another name where the disk can do that,
   * else a copy. Null where there is none, or where it was touched after its export.
   */
  async takeOver(kind: string, identity: string, into: string, path: string): Promise<ExportedFile | null> {
    const former = this.byIdentity.get(`${kind} ${identity}`);
    if (former === undefined) return null;
    const [source, target] = [join(this.folder, former.path), join(into, path)];
    try {
      const { size, mtimeMs } = await stat(source);
      if (size !== former.bytes || mtimeMs > this.finished + CLOCK_SLACK_MS) return null;
      await mkdir(dirname(target), { recursive: true });
      await link(source, target).catch(() => copyFile(source, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL));
      return { ...former, path };
    } catch {
      // Whatever keeps the former file from being used, it can be made again.
      return null;
    }
  }
}
