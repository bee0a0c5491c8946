import { countReadings, findEvidenceBySha256, getPageText, listItemsToLookAt, listPageLooks, listWaitingPages, putPageLooks, putPageText } from '../../archive/index.ts';
import type { PageLookRecord, WritableArchive } from '../../archive/index.ts';
import type { ScanStatus } from '../../contract/index.ts';
import { findDamagedModels } from '../../intake/index.ts';
import type { RecognisedPage, WorkerPool } from '../../intake/index.ts';
import { describeAfterReading } from '../import/read-text.ts';
import type { ReadingRoom } from '../import/reading-room.ts';
import { drawableOf } from './drawable-file.ts';
import { lookAtScans } from './look-at-scans.ts';
import { settleByText } from './likeness.ts';

export interface ScanReaderOptions {
  readonly archive: WritableArchive;
  readonly room: ReadingRoom;
  /** A process of its own for the models, started when there is something to read and ended when there is not. */
  readonly openWorkers: () => WorkerPool;
  /** Told after each page, and when reading begins, pauses and ends. */
  readonly onStatus: (status: ScanStatus) => void;
  /** Told when an item was read to its end. */
  readonly onItem: () => void;
  readonly onError: (error: unknown) => void;
}

export interface ReadToEnd {
  readonly read: number;
  readonly failed: number;
}

/** Pages of a long document that are looked at in one task. */
const looksAtOnce = 20;
const modelsDamaged = '文字识别的模型文件缺失或已损坏，扫描件暂时不能检索。请重新安装创档；其他功能不受影响。';

/**
 * Reads scans by their picture, page by page, while others work. Each page is stored when it is read: what is killed or closed goes
 * on at the next page. A page that takes too long or too much memory costs only itself.
 */
export class ScanReader {
  readonly #options: ScanReaderOptions;
  readonly #lifetime = new AbortController();
  #running: Promise<ReadToEnd> | null = null;
  /** Items may have come that were not looked at. */
  #more = true;
  #paused = false;
  #title = '';
  #trouble = '';

  constructor(options: ScanReaderOptions) {
    this.#options = options;
  }

  get status(): ScanStatus {
    const { waiting, read } = countReadings(this.#options.archive.db);
    return { state: this.#paused ? 'paused' : this.#running === null ? 'idle' : 'reading', waiting, read, title: this.#title, trouble: this.#trouble };
  }

  /** Begins reading where nothing reads; what came since is read too. */
  start(): void {
    this.#more = true;
    if (this.#paused || this.#lifetime.signal.aborted) return;
    this.readAll(this.#lifetime.signal).catch(this.#options.onError);
  }

  /** Stops after the page being read, or goes on. */
  pause(paused: boolean): void {
    if (this.#paused === paused) return;
    this.#paused = paused;
    this.#options.onStatus(this.status);
    if (!paused) this.start();
  }

  /** Reads all that waits, also where it was paused. One reading at a time: who asks while one goes on waits for its end. */
  async readAll(signal: AbortSignal): Promise<ReadToEnd> {
    this.#paused = false;
    this.#running ??= this.#read(AbortSignal.any([signal, this.#lifetime.signal])).finally(() => {
      this.#running = null;
      this.#title = '';
      if (this.#lifetime.signal.aborted) return;
      this.#options.onStatus(this.status);
      // What came while the last process ended.
      if (this.#more && this.#trouble === '' && !signal.aborted) this.start();
    });
    return this.#running;
  }

  /** Ends reading; the page being read is read again later. */
  async stop(): Promise<void> {
    this.#lifetime.abort();
    await this.#running?.catch(() => undefined);
  }

  async #read(signal: AbortSignal): Promise<ReadToEnd> {
    const { archive } = this.#options;
    let workers: WorkerPool | null = null;
    const counts = { read: 0, failed: 0 };
    try {
      for (;;) {
        if (signal.aborted || this.#paused) return counts;
        // A look costs a fraction of a reading, and the checker waits for it.
        if (this.#more) {
          this.#more = false;
          await this.#lookAtAll(signal);
          continue;
        }
        const [look] = listWaitingPages(archive.db, 1);
        if (look === undefined) return counts;
        if (workers === null) {
          const damaged = await findDamagedModels();
          this.#trouble = damaged === null ? '' : modelsDamaged;
          if (damaged !== null) return counts;
          workers = this.#options.openWorkers();
        }
        const outcome = await this.#readPage(workers, look, signal);
        if (outcome === 'read') counts.read += 1;
        if (outcome === 'failed') counts.failed += 1;
        this.#options.onStatus(this.status);
      }
    } finally {
      await workers?.close();
    }
  }

  /** Looks at all pages of items that were not seen whole. */
  async #lookAtAll(signal: AbortSignal): Promise<void> {
    const { archive, room } = this.#options;
    for (const item of listItemsToLookAt(archive.db)) {
      while (!signal.aborted && !this.#paused && (await lookAtScans(archive, room, item, looksAtOnce, signal)) > 0) this.#options.onStatus(this.status);
    }
  }

  async #readPage(workers: WorkerPool, look: PageLookRecord, signal: AbortSignal): Promise<'read' | 'failed' | 'stopped'> {
    const { archive, room } = this.#options;
    const item = findEvidenceBySha256(archive.db, look.sha256).find(({ trashedAt }) => trashedAt === null);
    if (item === undefined) return 'stopped';
    this.#title = item.title === '' ? item.fileName : item.title;
    const file = await drawableOf(archive, item, room.fonts());
    const answer = file === null ? null : await workers.recognisePage(file.path, file.fileKind, { page: look.page, turn: look.turn }, { signal });
    if (signal.aborted) return 'stopped';
    // It may have left the archive for good meanwhile.
    if (findEvidenceBySha256(archive.db, look.sha256).length === 0) return 'stopped';
    if (answer?.ok !== true) putPageLooks(archive.db, [{ ...look, reading: 'failed' }]);
    else await this.#keep(look, answer.value);
    if (listPageLooks(archive.db, look.sha256).every(({ reading }) => reading !== 'waiting')) {
      for (const { id, trashedAt } of findEvidenceBySha256(archive.db, look.sha256)) if (trashedAt === null) describeAfterReading(archive, id);
      this.#options.onItem();
    }
    return answer?.ok === true ? 'read' : 'failed';
  }

  async #keep(look: PageLookRecord, { page, text, items, frame, confidence }: RecognisedPage): Promise<void> {
    const { archive } = this.#options;
    const own = getPageText(archive.db, look.sha256, page)?.text ?? '';
    // A page number that the scanner printed on the picture is read again with all the rest.
    if (text.trim().length > own.trim().length) {
      putPageText(archive.db, look.sha256, { page, text, ...(frame === undefined ? {} : { positions: { frame, items } }) }, { state: 'done', source: 'ocr', note: '' });
    }
    await settleByText(archive, { ...look, reading: text.trim() === '' ? 'none' : 'done', confidence }, text);
  }
}
