import { open, readFile } from 'node:fs/promises';
import { parseRange } from './range.ts';

const CHUNK_BYTES = 256 * 1024;

export interface FileReply {
  readonly path: string;
  readonly mime: string;
  readonly policy: string;
  readonly range: string | null;
}

/** Streams a file, or the part that a Range header names, in small pieces: never the whole file in memory. 404 where it is no regular file. */
export async function respondWithFile(reply: FileReply): Promise<Response> {
  let handle;
  try {
    handle = await open(reply.path, 'r');
  } catch {
    return refuse(404);
  }
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    return refuse(404);
  }
  const range = parseRange(reply.range, stat.size);
  const headers = new Headers({
    'Content-Type': reply.mime,
    'Content-Security-Policy': reply.policy,
    'X-Content-Type-Options': 'nosniff',
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-store',
  });
  if (range.kind === 'unsatisfiable') {
    await handle.close();
    headers.set('Content-Range', `bytes */${stat.size}`);
    return new Response(null, { status: 416, headers });
  }
  const start = range.kind === 'part' ? range.start : 0;
  const end = range.kind === 'part' ? range.end : stat.size - 1;
  headers.set('Content-Length', String(end - start + 1));
  if (range.kind === 'part') headers.set('Content-Range', `bytes ${start}-${end}/${stat.size}`);
  let at = start;
  const file = handle;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller): Promise<void> {
        const wanted = Math.min(CHUNK_BYTES, end - at + 1);
        const { bytesRead, buffer } = wanted <= 0 ? { bytesRead: 0, buffer: new Uint8Array(0) } : await file.read(new Uint8Array(wanted), 0, wanted, at);
        at += bytesRead;
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead));
        if (bytesRead > 0 && at <= end) return;
        await file.close();
        if (at <= end) controller.error(new Error('the file became shorter while it was read'));
        else controller.close();
      },
      async cancel(): Promise<void> {
        await file.close();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { status: range.kind === 'part' ? 206 : 200, headers });
}

/** A file of the program's own pages in one piece: each piece of a stream passes two processes, and the window waits for all of them. */
export async function respondWithPage({ path, mime, policy }: Omit<FileReply, 'range'>): Promise<Response> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return refuse(404);
  return new Response(bytes, { status: 200, headers: { 'Content-Type': mime, 'Content-Length': String(bytes.length), 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' } });
}

/** One transparent pixel: what cannot be pictured is shown as an empty sheet, not as an error of the page. */
const emptyGif = Uint8Array.from(Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64'));

/** An empty picture in the place of one that cannot be drawn. */
export function respondWithNothing(): Response {
  return new Response(emptyGif, { status: 200, headers: { 'Content-Type': 'image/gif', 'Content-Security-Policy': "default-src 'none'", 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' } });
}

/** An answer without content, safe to show to anybody. */
export function refuse(status: 400 | 403 | 404 | 405): Response {
  return new Response(null, { status, headers: { 'Content-Security-Policy': "default-src 'none'", 'X-Content-Type-Options': 'nosniff' } });
}
