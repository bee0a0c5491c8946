import { hash } from 'node:crypto';
import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { derivedPath, putDerived } from '../../archive/index.ts';
import type { Archive } from '../../archive/index.ts';
import type { PictureStore } from '../../binder/index.ts';
import { identify } from './former-files.ts';

const FOLDER = 'pictures';
const HEAD = 32;
/** What is larger is made again. */
const LARGEST = 64 * 1024 * 1024;
/** All of them together. */
const MOST = 512 * 1024 * 1024;

const digestOf = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');

/** Pictures that were taken apart, in `derived/pictures`: each behind its own digest, under a name that another program would not ask for. May be deleted at any time. */
export class KeptPictures implements PictureStore {
  readonly #archive: Archive;
  readonly #used = new Set<string>();

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  readonly find = async (key: string): Promise<Buffer | null> => {
    const name = this.#use(key);
    const bytes = await readFile(derivedPath(this.#archive, `${FOLDER}/${name}`)).catch(() => null);
    if (bytes === null || bytes.length < HEAD) return null;
    const content = bytes.subarray(HEAD);
    return digestOf(content).equals(bytes.subarray(0, HEAD)) ? content : null;
  };

  readonly keep = async (key: string, bytes: Buffer): Promise<void> => {
    if (bytes.length <= LARGEST) await putDerived(this.#archive, `${FOLDER}/${this.#use(key)}`, Buffer.concat([digestOf(bytes), bytes]));
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
