import { fileURLToPath } from 'node:url';
import { fail, ok, type Result } from '../domain/result.ts';
import type { FileKind } from '../domain/snapshot.ts';
import type { ConversionFonts } from './ofd/font-shelf.ts';
import type { Block } from './plan-reader/block.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import { WorkerQueue, type Killed } from './worker-queue.ts';
import { workerAnswerSchemas, type Conversion, type ExtractedText, type PageImage, type PageLook, type PageOfFile, type PageText, type RecognisedPage, type WorkerMessage, type WorkerTask } from './worker-protocol.ts';

export interface WorkerPoolOptions {
  /** Processes at once; default 1, at most what the machine can spare. */
  readonly workers?: number;
  /** Built worker file; default the source beside this file. */
  readonly workerFile?: string;
  /** Node binary; default the running one. Under Electron also pass `env: { ELECTRON_RUN_AS_NODE: '1' }`. */
  readonly execPath?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Longest time for one page, milliseconds; default 20,000. */
  readonly pageTimeout?: number;
  /** Longest time for one document's text or conversion, milliseconds; default 180,000. */
  readonly documentTimeout?: number;
  /** Most resident memory, MB; default 1,200 (measured on Linux, elsewhere the JavaScript heap alone is bounded). */
  readonly memoryLimit?: number;
  /** Niceness of the processes, 0 (default) to 19: work in the background lets others go first. */
  readonly niceness?: number;
}

export interface TaskOptions {
  readonly signal?: AbortSignal;
  /** Pages read so far and in all. */
  readonly onPage?: (page: number, of: number) => void;
}

const mostRestarts = 3;

/**
 * Processes that look into files from outside, forked on demand. A file that hangs, crashes or swells costs its own process only;
 * the next task gets a new one. Close it when the archive is closed, waiting tasks are then answered `cancelled`.
 *
 * @example
 * const pool = new WorkerPool();
 * const text = await pool.extractText('通知.pdf', 'pdf');
 * await pool.close();
 */
export class WorkerPool {
  readonly #queue: WorkerQueue;
  readonly #pageTimeout: number;
  readonly #documentTimeout: number;

  constructor(options: WorkerPoolOptions = {}) {
    this.#queue = new WorkerQueue({
      workers: options.workers ?? 1,
      workerFile: options.workerFile ?? fileURLToPath(new URL('./worker.ts', import.meta.url)),
      execPath: options.execPath ?? process.execPath,
      env: options.env ?? {},
      memoryLimit: options.memoryLimit ?? 1200,
      niceness: options.niceness ?? 0,
    });
    this.#pageTimeout = options.pageTimeout ?? 20_000;
    this.#documentTimeout = options.documentTimeout ?? 180_000;
  }

  /** Text of every page. A page that cannot be read in time stands in `failedPages`; the others are kept. */
  async extractText(path: string, fileKind: FileKind, options: TaskOptions = {}): Promise<Result<ExtractedText, IntakeTrouble>> {
    const pages: PageText[] = [];
    let until = Number.POSITIVE_INFINITY;
    let total = 0;
    let fromPage = 1;
    for (let restart = 0; ; restart += 1) {
      let started = fromPage;
      const onMessage = (message: WorkerMessage): void => {
        if (message.kind === 'page-started') {
          started = message.page;
          total = message.of;
          options.onPage?.(message.page, message.of);
        }
        if (message.kind === 'page-done') pages.push(message.page);
      };
      const task = (): WorkerTask => {
        until = Math.min(until, Date.now() + this.#documentTimeout);
        return { kind: 'extract-text', path, fileKind, fromPage, until };
      };
      const answer = await this.#queue.run({ task, ahead: restart > 0, patience: this.#pageTimeout, signal: options.signal, onMessage });
      const killed = !answer.ok && answer.error.error === 'killed' ? answer.error : undefined;
      if (!answer.ok && answer.error.error !== 'killed') return fail(answer.error);
      const cut = answer.ok && workerAnswerSchemas['extract-text'].parse(answer.value).truncated;
      const last = pages.at(-1)?.page ?? 0;
      total = Math.max(total, last);
      const finished = answer.ok || restart === mostRestarts || Date.now() > until || total === 0 || started >= total;
      if (finished) {
        if (killed !== undefined && total === 0) return fail(describeKill(killed));
        const known = new Map(pages.map((page) => [page.page, page]));
        const all = Array.from({ length: total }, (_, index): PageText => known.get(index + 1) ?? { page: index + 1, text: '', items: [] });
        return ok({ pages: all, failedPages: all.filter(({ page }) => !known.has(page)).map(({ page }) => page), truncated: cut || (killed !== undefined && started < total) });
      }
      fromPage = started + 1;
    }
  }

  /** Draws a page into a JPEG file, its longer side `longestSide` pixels. */
  async renderPageImage(
    path: string,
    fileKind: FileKind,
    wanted: { readonly page: number; readonly longestSide: number; readonly out: string },
    options: TaskOptions = {},
  ): Promise<Result<PageImage, IntakeTrouble>> {
    const { page, longestSide, out } = wanted;
    return this.#ask({ kind: 'render-page', path, fileKind, page, longestSide, out }, workerAnswerSchemas['render-page'], this.#pageTimeout, options.signal);
  }

  /** Perceptual hash of a page, 16 hexadecimal digits; see `countDifferentBits`. */
  async hashImage(path: string, fileKind: FileKind, wanted: { readonly page?: number } = {}, options: TaskOptions = {}): Promise<Result<string, IntakeTrouble>> {
    const task = { kind: 'hash-image', path, fileKind, page: wanted.page ?? 1 } as const;
    return this.#ask(task, workerAnswerSchemas['hash-image'], this.#pageTimeout, options.signal);
  }

  /**
   * Looks at pages without reading them: blank, which way up, likeness, sharpness. A page that cannot be drawn is left out of the
   * answer, as are all behind the one at which time was up.
   */
  async lookAtPages(path: string, fileKind: FileKind, wanted: { readonly pages: readonly number[] }, options: TaskOptions = {}): Promise<Result<readonly PageLook[], IntakeTrouble>> {
    const looks: PageLook[] = [];
    let until = Number.POSITIVE_INFINITY;
    let left = wanted.pages;
    for (let restart = 0; ; restart += 1) {
      let started = left[0] ?? 0;
      const onMessage = (message: WorkerMessage): void => {
        if (message.kind === 'page-started') {
          started = message.page;
          options.onPage?.(message.page, message.of);
        }
        if (message.kind === 'page-seen') looks.push(message.look);
      };
      const task = (): WorkerTask => {
        until = Math.min(until, Date.now() + this.#documentTimeout);
        return { kind: 'look-at-pages', path, fileKind, pages: left };
      };
      const answer = await this.#queue.run({ task, ahead: restart > 0, patience: this.#pageTimeout, signal: options.signal, onMessage });
      if (answer.ok) return ok(looks);
      if (answer.error.error !== 'killed') return fail(answer.error);
      left = left.slice(left.indexOf(started) + 1);
      if (left.length === 0 || restart === mostRestarts || Date.now() > until) return looks.length === 0 ? fail(describeKill(answer.error)) : ok(looks);
    }
  }

  /** Reads a page by its picture. */
  async recognisePage(path: string, fileKind: FileKind, wanted: { readonly page: number; readonly turn: PageLook['turn'] }, options: TaskOptions = {}): Promise<Result<RecognisedPage, IntakeTrouble>> {
    const task = { kind: 'recognise-page', path, fileKind, page: wanted.page, turn: wanted.turn } as const;
    return this.#ask(task, workerAnswerSchemas['recognise-page'], this.#pageTimeout, options.signal);
  }

  /** Paragraphs and tables of a document that may be a plan, for `readBlocksAsPlan`. */
  async readPlanBlocks(path: string, options: TaskOptions = {}): Promise<Result<readonly Block[], IntakeTrouble>> {
    return this.#ask({ kind: 'read-plan-blocks', path }, workerAnswerSchemas['read-plan-blocks'], this.#pageTimeout, options.signal);
  }

  /** Whether two pages show one picture, copied or saved again. */
  async comparePages(one: PageOfFile, other: PageOfFile, options: TaskOptions = {}): Promise<Result<{ readonly same: boolean }, IntakeTrouble>> {
    return this.#ask({ kind: 'compare-pages', one, other }, workerAnswerSchemas['compare-pages'], this.#pageTimeout, options.signal, true);
  }

  /** Makes a PDF at `out` of a file of a kind in `convertedHere`. `fonts` are TrueType files with Chinese. */
  async convert(path: string, fileKind: FileKind, wanted: { readonly out: string; readonly fonts: ConversionFonts }, options: TaskOptions = {}): Promise<Result<Conversion, IntakeTrouble>> {
    return this.#ask({ kind: 'convert', path, fileKind, out: wanted.out, fonts: wanted.fonts }, workerAnswerSchemas.convert, this.#documentTimeout, options.signal);
  }

  /** Ends all processes. Whoever still waits is answered `cancelled`. */
  async close(): Promise<void> {
    await this.#queue.close();
  }

  async #ask<Answer>(task: WorkerTask, schema: { readonly parse: (value: unknown) => Answer }, patience: number, signal: AbortSignal | undefined, ahead = false): Promise<Result<Answer, IntakeTrouble>> {
    const answer = await this.#queue.run({ task: () => task, ahead, patience, signal, onMessage: () => undefined });
    if (answer.ok) return ok(schema.parse(answer.value));
    return fail(answer.error.error === 'killed' ? describeKill(answer.error) : answer.error);
  }
}

function describeKill({ why }: Killed): IntakeTrouble {
  switch (why) {
    case 'timeout':
      return trouble('file-damaged', '解读这个文件用时过长，已停止；请用原程序打开后另存为 PDF 再导入。');
    case 'memory':
      return trouble('file-too-large', '解读这个文件占用内存过多，已停止；请拆分或降低分辨率后再导入。');
    case 'crash':
      return trouble('file-damaged', '这个文件使解读程序异常退出，可能已损坏；请用原程序打开后另存为 PDF 再导入。');
    default:
      return why satisfies never;
  }
}
