import { open, readFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { parseRange } from './range.ts';

const CHUNK_BYTES = 256 * 1024;

export interface FileReply {
  readonly path: string;
  readonly mime: string;
  readonly policy: string;
  readonly range: string | null;
}

/** What a request of the page is answered with. */
export interface PageResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Readable;
}

/** Bytes `start` to `end` of an open file, in small pieces. Breaks off where the file became shorter. */
async function* readPart(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer, void> {
  for (let at = start; at <= end; ) {
    const wanted = Math.min(CHUNK_BYTES, end - at + 1);
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, at);
    if (bytesRead === 0) throw new Error('the file became shorter while it was read');
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** Streams a file, or the part that a Range header names, in small pieces: never the whole file in memory. 404 where it is no regular file. */
export async function respondWithFile(reply: FileReply): Promise<PageResponse> {
  let file: FileHandle;
  try {
    file = await open(reply.path, 'r');
  } catch {
    return refuse(404);
  }
  const stat = await file.stat();
  if (!stat.isFile()) {
    await file.close();
    return refuse(404);
  }
  const range = parseRange(reply.range, stat.size);
  const headers = { 'Content-Type': reply.mime, 'Content-Security-Policy': reply.policy, 'X-Content-Type-Options': 'nosniff', 'Accept-Ranges': 'bytes', 'Cache-Control': 'no-store' };
  if (range.kind === 'unsatisfiable') {
    await file.close();
    return { status: 416, headers: { ...headers, 'Content-Range': `bytes */${stat.size}` }, body: nothing() };
  }
  const start = range.kind === 'part' ? range.start : 0;
  const end = range.kind === 'part' ? range.end : stat.size - 1;
  // One piece ahead: whoever stops reading has not read the file. Closed also where nobody ever reads.
  const body = Readable.from(readPart(file, start, end), { objectMode: false, highWaterMark: 1 });
  body.once('close', () => void file.close());
  return {
    status: range.kind === 'part' ? 206 : 200,
    headers: { ...headers, 'Content-Length': String(end - start + 1), ...(range.kind === 'part' ? { 'Content-Range': `bytes ${start}-${end}/${stat.size}` } : {}) },
    body,
  };
}

/** A file of the program's own pages in one piece: each piece of a stream passes two processes, and the window waits for all of them. */
export async function respondWithPage({ path, mime, policy }: Omit<FileReply, 'range'>): Promise<PageResponse> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return refuse(404);
  return { status: 200, headers: { 'Content-Type': mime, 'Content-Length': String(bytes.length), 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' }, body: Readable.from([bytes], { objectMode: false }) };
}

/** One transparent pixel: what cannot be pictured is shown as an empty sheet, not as an error of the page. */
const emptyGif = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');

/** An empty picture in the place of one that cannot be drawn. */
export function respondWithNothing(): PageResponse {
  return { status: 200, headers: { 'Content-Type': 'image/gif', 'Content-Security-Policy': "default-src 'none'", 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' }, body: Readable.from([emptyGif], { objectMode: false }) };
}

const nothing = (): Readable => Readable.from([]);

/** An answer without content, safe to show to anybody. */
export function refuse(status: 400 | 403 | 404 | 405 | 500): PageResponse {
  return { status, headers: { 'Content-Security-Policy': "default-src 'none'", 'X-Content-Type-Options': 'nosniff' }, body: nothing() };
}
