import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { derivedPath } from '../../archive/index.ts';
import type { Archive } from '../../archive/index.ts';
import type { PictureStore } from '../../binder/index.ts';
import { identify } from './former-files.ts';
import { keepWork, readKept } from './kept-work.ts';

const FOLDER = 'pictures';
/** What is larger is made again. */
const LARGEST = 64 * 1024 * 1024;
/** All of them together. */
const MOST = 512 * 1024 * 1024;

/** Pictures that were taken apart, in `derived/pictures`: each behind its own digest, under a name that another program would not ask for. May be deleted at any time. */
export class KeptPictures implements PictureStore {
  readonly #archive: Archive;
  readonly #used = new Set<string>();

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  readonly find = (key: string): Promise<Buffer | null> => readKept(this.#archive, `${FOLDER}/${this.#use(key)}`);

  readonly keep = async (key: string, bytes: Buffer): Promise<void> => {
    if (bytes.length <= LARGEST) await keepWork(this.#archive, `${FOLDER}/${this.#use(key)}`, bytes);
  };

  /** Takes away what is too much: first what this export did not use, then what is largest. */
  async tidy(): Promise<void> {
    const folder = dirname(derivedPath(this.#archive, `${FOLDER}/x`));
    const names = await readdir(folder).catch(() => []);
    const kept = await Promise.all(names.map(async (name) => ({ name, bytes: await stat(join(folder, name)).then(({ size }) => size, () => 0), isUsed: this.#used.has(name) })));
    let total = 0;
    for (const { name, bytes } of kept.toSorted((a, b) => Number(b.isUsed) - Number(a.isUsed) || a.bytes - b.bytes)) {
      total += bytes;
      if (total > MOST) await rm(join(folder, name), { force: true }).catch(() => undefined);
    }
  }

  #use(key: string): string {
    const name = identify(key);
    this.#used.add(name);
    return name;
  }
}
