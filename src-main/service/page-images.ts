import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { derivedPath } from '../archive/index.ts';
import type { Archive, EvidenceRecord } from '../archive/index.ts';
import type { Fonts } from '../binder/index.ts';
import type { Result } from '../domain/result.ts';
import type { IntakeTrouble, WorkerPool } from '../intake/index.ts';
import { drawableOf } from './scans/drawable-file.ts';

/** Longer side in pixels: a row of a list, and a page to look at. */
export const pageImageSides = { small: 220, large: 1600 } as const;
export type PageImageSize = keyof typeof pageImageSides;

/** Bounds of the cache; beyond them the pictures that were made first go first. */
export interface CacheBounds {
  readonly files: number;
  readonly bytes: number;
}

const usualBounds: CacheBounds = { files: 6000, bytes: 400_000_000 };
/** Room is made for so much at once, so that the folder is not sorted for every picture. */
const madeFree = 0.8;

interface Kept {
  readonly path: string;
  readonly bytes: number;
  readonly at: number;
}

/**
 * Pictures of pages for the window, drawn in the worker at first use and kept in `derived/pages`; an archive that is open for reading
 * keeps them in a temporary folder. Each is drawn once, however often it is asked for at the same time.
 */
export class PageImages {
  readonly #archive: Archive;
  readonly #workers: () => WorkerPool;
  readonly #fonts: () => Fonts;
  readonly #bounds: CacheBounds;
  readonly #drawing = new Map<string, Promise<Result<string, IntakeTrouble>>>();
  #folder: Promise<string> | null = null;
  #kept: Map<string, Kept> | null = null;

  constructor(options: { readonly archive: Archive; readonly workers: () => WorkerPool; readonly fonts: () => Fonts; readonly bounds?: CacheBounds }) {
    this.#archive = options.archive;
    this.#workers = options.workers;
    this.#fonts = options.fonts;
    this.#bounds = options.bounds ?? usualBounds;
  }

  /** Path of the JPEG of a page, from 1; trouble where the page cannot be drawn. */
  get(record: Pick<EvidenceRecord, 'sha256' | 'boundFile' | 'fileKind'>, page: number, size: PageImageSize): Promise<Result<string, IntakeTrouble>> {
    // A converted file may be converted anew: its picture bears the conversion's name.
    const name = `${record.sha256}${record.boundFile === '' ? '' : '-c'}-${page}-${size}.jpg`;
    const running = this.#drawing.get(name) ?? this.#find(record, page, size, name).finally(() => this.#drawing.delete(name));
    this.#drawing.set(name, running);
    return running;
  }

  /** Removes what was kept outside the archive. */
  async close(): Promise<void> {
    if (this.#archive.readOnly && this.#folder !== null) await rm(await this.#folder, { recursive: true, force: true });
  }

  async #find(record: Pick<EvidenceRecord, 'sha256' | 'boundFile' | 'fileKind'>, page: number, size: PageImageSize, name: string): Promise<Result<string, IntakeTrouble>> {
    const folder = await (this.#folder ??= this.#openFolder());
    const kept = (this.#kept ??= await listKept(folder));
    const path = join(folder, name);
    if (kept.has(name)) return { ok: true, value: path };
    const file = this.#archive.readOnly && record.boundFile === '' && record.fileKind === 'tiff' ? null : await drawableOf(this.#archive, record, this.#fonts());
    if (file === null) return { ok: false, error: { error: 'file-unsupported', message: '这类文件没有可供预览的页面。' } };
    const part = join(folder, `.${name}`);
    const drawn = await this.#workers().renderPageImage(file.path, file.fileKind, { page, longestSide: pageImageSides[size], out: part });
    if (!drawn.ok) return drawn;
    await rename(part, path);
    kept.set(name, { path, bytes: (await stat(path)).size, at: Date.now() });
    await this.#makeRoom(kept);
    return { ok: true, value: path };
  }

  async #openFolder(): Promise<string> {
    if (this.#archive.readOnly) return mkdtemp(join(tmpdir(), 'chuangdang-pages-'));
    const folder = dirname(derivedPath(this.#archive, 'pages/x'));
    await mkdir(folder, { recursive: true });
    return folder;
  }

  async #makeRoom(kept: Map<string, Kept>): Promise<void> {
    let bytes = [...kept.values()].reduce((sum, file) => sum + file.bytes, 0);
    if (kept.size <= this.#bounds.files && bytes <= this.#bounds.bytes) return;
    for (const [name, file] of [...kept].toSorted(([, a], [, b]) => a.at - b.at)) {
      if (kept.size <= this.#bounds.files * madeFree && bytes <= this.#bounds.bytes * madeFree) return;
      kept.delete(name);
      bytes -= file.bytes;
      await rm(file.path, { force: true });
    }
  }
}

/** What an earlier session left; half-written pictures go. */
async function listKept(folder: string): Promise<Map<string, Kept>> {
  const kept = new Map<string, Kept>();
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!/^[0-9a-f]{64}(?:-c)?-\d+-(?:small|large)\.jpg$/u.test(name)) {
      await rm(path, { force: true, recursive: true });
      continue;
    }
    const { size, mtimeMs } = await stat(path);
    kept.set(name, { path, bytes: size, at: mtimeMs });
  }
  return kept;
}
