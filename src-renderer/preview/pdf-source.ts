import { getDocument, PDFDataRangeTransport, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentLoadingTask } from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

/** Tables that pdf.js asks for by file name: character maps of Chinese fonts that are not embedded, the standard fonts, decoders of scans. */
const resourceUrls: Readonly<Record<string, string>> = import.meta.glob<string>(
  [
    '../../node_modules/pdfjs-dist/cmaps/*.bcmap',
    '../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}',
    '../../node_modules/pdfjs-dist/wasm/*.wasm',
  ],
  { query: '?url&no-inline', import: 'default', eager: true },
);

const urlByName = new Map(Object.entries(resourceUrls).map(([path, url]) => [path.split('/').at(-1) ?? path, url]));

/** Serves pdf.js its tables from the program's own files, whatever names the build gave them. */
class BundledTables {
  async fetch({ filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    const url = urlByName.get(filename);
    if (url === undefined) throw new Error(`pdf.js asks for ${filename}, which is not shipped`);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${filename}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

const FIRST_BYTES = 65_536;

async function fetchRange(url: string, begin: number, end: number, signal: AbortSignal): Promise<{ readonly bytes: Uint8Array; readonly total: number }> {
  const response = await fetch(url, { headers: { Range: `bytes=${begin}-${end - 1}` }, signal });
  if (!response.ok) throw new Error(`${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const total = Number(/\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1] ?? bytes.length);
  return { bytes, total };
}

/** Reads a file piece by piece as pages are looked at: a volume of 500 MB shows its first page at once. */
class RangeReader extends PDFDataRangeTransport {
  readonly #url: string;
  readonly #stop: AbortController;
  readonly #onTrouble: (error: unknown) => void;

  constructor(url: string, first: { readonly bytes: Uint8Array; readonly total: number }, stop: AbortController, onTrouble: (error: unknown) => void) {
    super(first.total, first.bytes, first.bytes.length >= first.total);
    this.#url = url;
    this.#stop = stop;
    this.#onTrouble = onTrouble;
  }

  override requestDataRange(begin: number, end: number): void {
    fetchRange(this.#url, begin, end, this.#stop.signal).then(
      ({ bytes }) => this.onDataRange(begin, bytes),
      (error: unknown) => {
        if (!this.#stop.signal.aborted) this.#onTrouble(error);
      },
    );
  }

  override abort(): void {
    this.#stop.abort();
  }
}

let sharedWorker: PDFWorker | null = null;

function pdfWorker(): PDFWorker {
  sharedWorker ??= PDFWorker.create({ port: new Worker(workerUrl, { type: 'module' }) });
  return sharedWorker;
}

/**
 * Begins to read a PDF. Its scripts and XFA forms are never run (this pdf.js has no eval; scripting needs a sandbox that is not shipped). `onTrouble` hears of a file that goes away while it is read.
 * Throws what `fetch` throws where the file cannot be had at all.
 */
export async function openPdf(url: string, onTrouble: (error: unknown) => void): Promise<PDFDocumentLoadingTask> {
  const stop = new AbortController();
  const first = await fetchRange(url, 0, FIRST_BYTES, stop.signal);
  return getDocument({
    range: new RangeReader(url, first, stop, onTrouble),
    worker: pdfWorker(),
    BinaryDataFactory: BundledTables,
    useWorkerFetch: false,
    enableXfa: false,
    disableAutoFetch: true,
    disableStream: true,
    disableWorkerRendering: true,
    verbosity: 0,
  });
}
