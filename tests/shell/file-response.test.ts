import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { respondWithFile, respondWithPage } from '../../src-main/shell/file-response.ts';
import type { PageResponse } from '../../src-main/shell/file-response.ts';

const bytes = Uint8Array.from({ length: 1_000_003 }, (_, index) => (index * 31) % 251);
let folder = '';
let file = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chuangdang-response-'));
  file = join(folder, '材料.pdf');
  writeFileSync(file, bytes);
  writeFileSync(join(folder, 'empty'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** All that is sent. */
const bytesOf = ({ body }: PageResponse): Promise<Buffer> => buffer(body);

const ask = (path: string, range: string | null = null) => respondWithFile({ path, mime: 'application/pdf', policy: "default-src 'none'", range });

describe('respondWithFile', () => {
  it('streams a whole file unchanged', async () => {
    const reply = await ask(file);
    expect(reply.status).toBe(200);
    expect(reply.headers['Content-Length']).toBe(String(bytes.length));
    expect(reply.headers['Accept-Ranges']).toBe('bytes');
    expect(reply.headers['X-Content-Type-Options']).toBe('nosniff');
    expect((await bytesOf(reply)).equals(Buffer.from(bytes))).toBe(true);
  });

  it('streams the part that was asked for', async () => {
    const reply = await ask(file, 'bytes=300000-899999');
    expect(reply.status).toBe(206);
    expect(reply.headers['Content-Range']).toBe(`bytes 300000-899999/${bytes.length}`);
    expect((await bytesOf(reply)).equals(Buffer.from(bytes.subarray(300_000, 900_000)))).toBe(true);
  });

  it('says what it cannot give', async () => {
    const beyond = await ask(file, `bytes=${bytes.length}-`);
    expect([beyond.status, beyond.headers['Content-Range']]).toEqual([416, `bytes */${bytes.length}`]);
    expect((await ask(join(folder, 'missing'))).status).toBe(404);
    expect((await ask(folder)).status).toBe(404);
  });

  it('answers an empty file with nothing', async () => {
    const reply = await ask(join(folder, 'empty'));
    expect([reply.status, (await bytesOf(reply)).length]).toEqual([200, 0]);
  });

  it('breaks off, and never pretends to be whole, when the file becomes shorter meanwhile', async () => {
    const shrinking = join(folder, 'shrinking');
    writeFileSync(shrinking, bytes);
    const reply = await ask(shrinking);
    const pieces = reply.body.iterator();
    await pieces.next();
    truncateSync(shrinking, 300_000);
    const readRest = async (): Promise<void> => {
      while ((await pieces.next()).done !== true);
    };
    await expect(readRest()).rejects.toThrow('shorter');
  });

  it('gives a page of the program in one piece, and no other', async () => {
    const page = (path: string) => respondWithPage({ path, mime: 'text/javascript; charset=utf-8', policy: "default-src 'none'" });
    const reply = await page(file);
    expect([reply.status, reply.headers['Content-Type'], reply.headers['Content-Length'], reply.headers['Content-Security-Policy']]).toEqual([200, 'text/javascript; charset=utf-8', String(bytes.length), "default-src 'none'"]);
    expect((await bytesOf(reply)).equals(Buffer.from(bytes))).toBe(true);
    expect((await page(join(folder, 'missing'))).status).toBe(404);
  });
});
