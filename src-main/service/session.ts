import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { ArchiveFault, keepBackups } from '../archive/index.ts';
import type { Archive, ReadableDb, WritableArchive } from '../archive/index.ts';
import type { Fonts } from '../binder/index.ts';
import { fail } from '../contract/index.ts';
import type { ArchiveInfo, Envelope, ScanStatus, ServiceEvent } from '../contract/index.ts';
import { localDay } from '../domain/local-time.ts';
import { WorkerPool } from '../intake/index.ts';
import { explainArchiveTrouble } from './archive-trouble.ts';
import { readStatingPapers } from './binding/stated-papers.ts';
import { checkInTurns } from './facts.ts';
import { keepOverview, overviewToKeep, readKeptOverview, stillStands } from './first-overview.ts';
import { openBundledFonts } from './font-files.ts';
import { readPendingTexts } from './import/read-text.ts';
import { readersAtOnce } from './import/reading-room.ts';
import type { ReadingRoom } from './import/reading-room.ts';
import { Jobs } from './jobs.ts';
import { takeOverviewFor } from './overview.ts';
import type { Overview } from './overview.ts';
import { PageImages } from './page-images.ts';
import { ScanReader } from './scans/scan-reader.ts';
import { PersonName, readAccountName } from './person.ts';
import { DocxDesk } from './papers/docx-desk.ts';
import { PaperRoom } from './papers/paper-room.ts';
import { findDocxThread, findResources, findWorkerFile } from './resources.ts';

/** A page of A3 in small print takes some 15 s on a busy machine; the models and a page of theirs need up to 1,000 MB. */
const SCAN_PAGE_TIMEOUT = 120_000;
const SCAN_MEMORY_MB = 1600;
const SCAN_NICENESS = 10;

/** Milliseconds after opening in which the window draws its first page, where that page needs no check. */
const AFTER_START = 1500;

/** The program whose overview is kept: another one may judge otherwise. */
const thisScript = process.argv[1] ?? '';

export interface SessionOptions {
  readonly emit?: (event: ServiceEvent) => void;
  /** Folder of catalogs, fonts and profiles; found beside the running script where not given. */
  readonly resources?: string;
  /** `YYYY-MM-DD` to take for today; the clock's where not given. */
  readonly today?: string;
  /** A window's service stays open for hours and keeps daily backups; a command does not. */
  readonly longLived?: boolean;
  /** File that keeps whose name the log writes; the account's where not given. */
  readonly personFile?: string;
}

/** One running service: the archive it holds open, its jobs, and where its resources lie. */
export class Session {
  readonly jobs: Jobs;
  readonly emit: (event: ServiceEvent) => void;
  readonly person: PersonName;
  readonly account: string = readAccountName();
  /** Writes DOCX beside the service's own thread. */
  readonly docx = new DocxDesk(findDocxThread);
  /** Papers made for this session: shown, printed, saved. */
  readonly papers = new PaperRoom();
  readonly #givenResources: string | undefined;
  readonly #givenToday: string | undefined;
  readonly #longLived: boolean;
  #archive: Archive | null = null;
  #info: ArchiveInfo | null = null;
  /** Ends what is made of the open archive for whoever waits for it. */
  #closing = new AbortController();
  #fonts: Fonts | null = null;
  #workers: WorkerPool | null = null;
  #pageImages: PageImages | null = null;
  #viewWorkers: WorkerPool | null = null;
  #scanReader: ScanReader | null = null;
  readonly #scanListeners = new Set<(status: ScanStatus) => void>();
  #stopBackups: () => void = () => undefined;
  #stopReading: () => Promise<void> = () => Promise.resolve();

  constructor(options: SessionOptions = {}) {
    this.emit = options.emit ?? ((): void => undefined);
    this.jobs = new Jobs(this.emit);
    this.#givenResources = options.resources;
    this.#givenToday = options.today;
    this.#longLived = options.longLived ?? false;
    this.person = new PersonName(options.personFile ?? '');
  }

  /** Whom the log names for what is done now. */
  get actor(): string {
    return this.person.name || this.account;
  }

  get resources(): string {
    return this.#givenResources ?? findResources();
  }

  /** Today by the office's own clock, `YYYY-MM-DD`. */
  get today(): string {
    return this.#givenToday ?? localDay(new Date());
  }

  /** The bundled fonts, opened at first use. */
  get fonts(): Fonts {
    this.#fonts ??= openBundledFonts(this.resources);
    return this.#fonts;
  }

  /** Processes that look into files from outside, started at first use. */
  get workers(): WorkerPool {
    this.#workers ??= new WorkerPool({ workers: readersAtOnce(), workerFile: findWorkerFile() });
    return this.#workers;
  }

  get readingRoom(): ReadingRoom {
    return { workers: this.workers, resources: this.resources, fonts: () => this.fonts };
  }

  /** Reads the scans of the open archive; null where none is open for writing. */
  get scanReader(): ScanReader | null {
    const archive = this.#archive;
    if (archive === null || archive.readOnly) return null;
    this.#scanReader ??= new ScanReader({
      archive,
      room: this.readingRoom,
      openWorkers: () => new WorkerPool({ workers: 1, workerFile: findWorkerFile(), pageTimeout: SCAN_PAGE_TIMEOUT, memoryLimit: SCAN_MEMORY_MB, niceness: SCAN_NICENESS }),
      onStatus: (status) => {
        this.emit({ kind: 'scan-status', status });
        for (const listener of this.#scanListeners) listener(status);
      },
      onItem: () => this.emit({ kind: 'archive-changed' }),
      onError: (error) => this.log(error),
    });
    return this.#scanReader;
  }

  /** Pictures of the open archive's pages; drawn in a process of their own, so that a list does not wait for an import. */
  pageImages(archive: Archive): PageImages {
    this.#pageImages ??= new PageImages({ archive, fonts: () => this.fonts, workers: () => (this.#viewWorkers ??= new WorkerPool({ workers: 1, workerFile: findWorkerFile() })) });
    return this.#pageImages;
  }

  /** Calls `listener` after each page of a scan that was read. Answers the way to stop. */
  onScanStatus(listener: (status: ScanStatus) => void): () => void {
    this.#scanListeners.add(listener);
    return () => this.#scanListeners.delete(listener);
  }

  /** Reads scans in the background from now on, where this service stays and CHUANGDANG_SCANS does not say `when-asked`. */
  readScansInBackground(): void {
    if (this.#longLived && process.env['CHUANGDANG_SCANS'] !== 'when-asked') this.scanReader?.start();
  }

  get info(): ArchiveInfo | null {
    return this.#info;
  }

  /** Takes over an archive that was just opened; the one before is closed. */
  async adopt(archive: Archive, info: ArchiveInfo): Promise<void> {
    await this.closeArchive();
    const kept = this.#longLived ? await this.#readKept(archive) : null;
    this.#archive = archive;
    this.#info = info;
    if (!this.#longLived) return;
    void this.#beginWork(archive, kept);
  }

  /** What the first page says if nothing changed since this archive was closed. */
  async #readKept(archive: Archive): Promise<Overview | null> {
    const kept = await readKeptOverview(archive, this.today, thisScript);
    if (kept !== null) takeOverviewFor(archive.db, this.today, kept);
    return kept;
  }

  /**
   * The first page of a window asks for the check; it is made while that page is still being loaded, or once it stands where what it says was kept:
   * then it is compared with what the check says. What nobody waits for begins after that.
   */
  async #beginWork(archive: Archive, kept: Overview | null): Promise<void> {
    if (kept !== null) await pause(AFTER_START, undefined, { ref: false });
    await nextTurn();
    if (this.#archive !== archive) return;
    try {
      await checkInTurns(archive.db, this.today, this.#closing.signal);
      if (kept !== null && !stillStands(archive.db, this.today, kept)) this.emit({ kind: 'archive-changed' });
    } catch (error) {
      // Whoever asks for it is told.
      if (this.#archive === archive) this.log(error);
    }
    await nextTurn();
    if (this.#archive !== archive || archive.readOnly) return;
    this.#stopBackups = keepBackups(archive, (trouble) => this.log(`backup: ${trouble.code} ${trouble.path}`));
    this.#startReading(archive);
  }

  /** Takes up the reading of texts where an earlier session stopped; the window learns of it when there was any. */
  #startReading(archive: WritableArchive): void {
    const controller = new AbortController();
    const reading = readPendingTexts(archive, this.readingRoom, controller.signal)
      .then(async (items) => {
        const papers = controller.signal.aborted ? false : await readStatingPapers(archive, this.workers);
        if (items > 0 || papers) this.emit({ kind: 'archive-changed' });
        if (!controller.signal.aborted) this.readScansInBackground();
      })
      .catch((error: unknown) => this.log(error));
    this.#stopReading = async () => {
      controller.abort();
      await reading;
    };
  }

  async closeArchive(): Promise<void> {
    this.#closing.abort();
    this.#closing = new AbortController();
    await this.#stopReading();
    await this.#scanReader?.stop();
    await this.#viewWorkers?.close();
    this.#viewWorkers = null;
    await this.#pageImages?.close();
    this.#pageImages = null;
    this.#scanReader = null;
    this.#stopReading = () => Promise.resolve();
    this.#stopBackups();
    this.#stopBackups = () => undefined;
    const archive = this.#archive;
    this.#archive = null;
    this.#info = null;
    if (archive === null) return;
    const overview = this.#longLived && !archive.readOnly ? this.#overviewToKeep(archive) : null;
    archive.close();
    if (overview !== null) await keepOverview(archive.folder, overview, thisScript).catch((error: unknown) => this.log(error));
  }

  /** What the next first page of this archive will say; null where nobody can tell (its drive is gone, another state of it was put in its place). */
  #overviewToKeep(archive: Archive): ReturnType<typeof overviewToKeep> | null {
    try {
      return overviewToKeep(archive.db, this.today);
    } catch {
      return null;
    }
  }

  /** Answers from the open archive. */
  async read<T>(work: (archive: Archive) => Envelope<T> | Promise<Envelope<T>>): Promise<Envelope<T>> {
    if (this.#archive === null) return fail('no-archive-open');
    return this.#guard(this.#archive, work);
  }

  /** The same for what the check has to say: it is made before, while other calls are answered. Where it cannot be made `work`, which asks for it, says why. */
  async readChecked<T>(work: (archive: Archive) => Envelope<T> | Promise<Envelope<T>>): Promise<Envelope<T>> {
    if (this.#archive !== null) await this.prepareCheck(this.#archive.db);
    return this.read(work);
  }

  /** Makes the check of the open archive while other calls are answered. Never rejects: whoever then asks for the check is told why there is none. */
  async prepareCheck(db: ReadableDb): Promise<void> {
    await checkInTurns(db, this.today, this.#closing.signal).catch(() => undefined);
  }

  /** Changes the open archive, and tells the window that what it read may be stale. */
  async write<T>(work: (archive: WritableArchive) => Envelope<T> | Promise<Envelope<T>>): Promise<Envelope<T>> {
    if (this.#archive === null) return fail('no-archive-open');
    if (this.#archive.readOnly) return fail('archive-read-only', this.#info?.title ?? '', this.#info?.heldBy ?? '');
    const answer = await this.#guard(this.#archive, work);
    this.emit({ kind: 'archive-changed' });
    return answer;
  }

  async #guard<A extends Archive, T>(archive: A, work: (archive: A) => Envelope<T> | Promise<Envelope<T>>): Promise<Envelope<T>> {
    try {
      return await work(archive);
    } catch (error) {
      if (error instanceof ArchiveFault) return { ok: false, error: explainArchiveTrouble(error.trouble) };
      if (error instanceof Error && error.name === 'AbortError') return fail('cancelled');
      throw error;
    }
  }

  log(error: unknown): void {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }

  /** Ends every job first, so that none writes to an archive that is closed under it. */
  async close(): Promise<void> {
    await this.jobs.cancelAll();
    await this.docx.close();
    await this.papers.close();
    await this.#workers?.close();
    this.#workers = null;
    await this.closeArchive();
  }
}
