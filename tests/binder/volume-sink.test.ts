import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BindFailure } from '../../src-main/binder/bind-error.ts';
import { SourceFile } from '../../src-main/binder/source-file.ts';
import { sinkAside, sinkInPlace, type VolumeSink } from '../../src-main/binder/volume-sink.ts';
import { sharedBuffer } from '../../src-main/binder/write-queue.ts';

const folder = mkdtempSync(join(tmpdir(), 'chuangdang-sink-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shared = (text: string): Buffer => {
  const bytes = sharedBuffer(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
};

/** Longer than the sinks' buffer, without a period that would hide a piece out of place. */
const longBytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => String(i)).join(','));

describe.each([
  ['on the spot', sinkInPlace],
  ['in a thread', sinkAside],
] as const)('a volume written %s', (name, makeSink) => {
  const sourcePath = join(folder, `${name}-source.bin`);
  const target = join(folder, `${name}-volume.bin`);

  const within = async (flags: string, work: (sink: VolumeSink) => Promise<void>): Promise<void> => {
    const fd = openSync(target, flags);
    const sink = makeSink(fd, true);
    try {
      await work(sink);
    } finally {
      await sink.close();
      closeSync(fd);
    }
  };

  it('holds every part at its place and knows its hash', async () => {
    writeFileSync(sourcePath, longBytes);
    const file = new SourceFile(sourcePath);
    await within('w', async (sink) => {
      const batches = [
        [shared('head;'), { file, start: 3, length: longBytes.length - 3 }, shared(';middle;')],
        [{ file, start: 0, length: 10 }, ...Array.from({ length: 1500 }, (_, i) => shared(`${i};`))],
      ];
      let position = 0;
      const writes = batches.map((parts) => {
        const at = position;
        position += parts.reduce((sum, part) => sum + part.length, 0);
        return sink.write(parts, at);
      });
      await Promise.all(writes);
      const expected = Buffer.concat([Buffer.from('head;'), longBytes.subarray(3), Buffer.from(';middle;'), longBytes.subarray(0, 10), Buffer.from(Array.from({ length: 1500 }, (_, i) => `${i};`).join(''))]);
      expect(readFileSync(target).equals(expected)).toBe(true);
      expect(await sink.digest()).toBe(createHash('sha256').update(expected).digest('hex'));
    });
    file.close();
  });

  it('names the source that became shorter', async () => {
    writeFileSync(sourcePath, longBytes);
    const file = new SourceFile(sourcePath);
    truncateSync(sourcePath, 1000);
    await within('w', async (sink) => {
      const failure: unknown = await sink.write([shared('head'), { file, start: 0, length: longBytes.length }], 0).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(BindFailure);
      expect(failure).toMatchObject({ code: 'source-changed', file: sourcePath });
    });
    file.close();
  });

  it('says with the system’s word why the volume cannot be written', async () => {
    writeFileSync(target, '');
    await within('r', async (sink) => {
      await expect(sink.write([shared('head')], 0)).rejects.toMatchObject({ code: 'EBADF' });
    });
  });
});
