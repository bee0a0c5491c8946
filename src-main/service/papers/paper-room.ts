import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface KeptPaper {
  readonly path: string;
  readonly mime: string;
  /** File name that the clerk sees. */
  readonly name: string;
}

/** Papers that were made to be looked at or printed: in a folder of their own, gone with the session; the oldest go first. */
export class PaperRoom {
  readonly #kept = new Map<string, KeptPaper>();
  #folder: Promise<string> | null = null;

  /** A place to write a paper of that name to. Hand its id to `find` once it is written. */
  async reserve(name: string, mime: string): Promise<KeptPaper & { readonly id: string }> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'chuangdang-papers-'));
    const id = randomBytes(9).toString('hex');
    const own = join(await this.#folder, id);
    await mkdir(own);
    const paper = { path: join(own, name), mime, name };
    this.#kept.set(id, paper);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST) break;
      await this.forget(oldest);
    }
    return { id, ...paper };
  }

  find(id: string): KeptPaper | null {
    return this.#kept.get(id) ?? null;
  }

  /** Takes a paper away that could not be finished or is not looked at any more. */
  async forget(id: string): Promise<void> {
    const paper = this.#kept.get(id);
    this.#kept.delete(id);
    if (paper !== undefined) await rm(join(paper.path, '..'), { recursive: true, force: true });
  }

  async close(): Promise<void> {
    this.#kept.clear();
    const folder = this.#folder;
    this.#folder = null;
    if (folder !== null) await rm(await folder, { recursive: true, force: true });
  }
}

const MOST = 40;
