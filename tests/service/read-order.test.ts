import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { getEvidence, listPageLooks } from '../../src-main/archive/index.ts';
import { succeed } from '../../src-main/contract/index.ts';
import { evidenceId, sha256 } from '../../src-main/domain/ids.ts';
import type { EvidenceId } from '../../src-main/domain/ids.ts';
import { importFiles } from '../../src-main/service/import/import-files.ts';
import { readEvidenceText } from '../../src-main/service/import/read-text.ts';
import { readersAtOnce } from '../../src-main/service/import/reading-room.ts';
import { letter, scanSheet, toJpeg } from './scan-pages.ts';
import { makePdf, openWorkbench } from './service-fixture.ts';

/** Waits until the worker has answered the last of these questions, and for what follows of it at once. */
async function answered({ mock }: { readonly mock: { readonly results: readonly { readonly value: unknown }[] } }, times: number): Promise<void> {
  await vi.waitFor(() => expect(mock.results).toHaveLength(times), { timeout: 30_000 });
  await mock.results.at(-1)?.value;
  await nextTurn();
}

it('reads beside what is still being read, and settles and describes only behind it', { timeout: 60_000 }, async () => {
  const bench = await openWorkbench();
  await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
  const incoming = join(bench.folder, 'incoming');
  await mkdir(incoming);
  await makePdf(join(incoming, '1数据表.pdf'), [['2023年污水处理率数据表']]);
  await writeFile(join(incoming, '2扫描.jpg'), toJpeg(await scanSheet(letter(['关于报送数据的函']), 'one')));
  const { signal } = new AbortController();
  const room = bench.session.readingRoom;
  await bench.session.write(async (archive) => {
    const imported = await importFiles(archive, room, { paths: [incoming], indicator: null, year: null, readText: false }, 'clerk', { signal, progress: () => undefined });
    if (!imported.ok) throw new Error(imported.error.code);
    const [text, scan] = imported.value.imported.map((item) => evidenceId(item.id));
    if (text === undefined || scan === undefined) throw new Error('two files were imported');
    const guessOf = (id: EvidenceId): unknown => getEvidence(archive.db, id)?.details['guess'];
    const looksOf = (id: EvidenceId): number => listPageLooks(archive.db, getEvidence(archive.db, id)?.sha256 ?? sha256('')).length;
    let release = (): void => undefined;
    const before = new Promise<void>((resolve) => {
      release = resolve;
    });
    const extract = vi.spyOn(room.workers, 'extractText');
    const look = vi.spyOn(room.workers, 'lookAtPages');
    const reading = [readEvidenceText(archive, room, text, signal, before)];
    await answered(extract, 1);
    reading.push(readEvidenceText(archive, room, scan, signal, before));
    await answered(look, 1);
    expect([guessOf(text), guessOf(scan), looksOf(scan)]).toEqual([undefined, undefined, 0]);
    release();
    await Promise.all(reading);
    expect([guessOf(text), guessOf(scan), looksOf(scan)]).toEqual([expect.anything(), expect.anything(), 1]);
    return succeed(null);
  });
  await bench.close();
});

it('looks into two files at once where the machine has two cores, and leaves one core free where it has more', () => {
  const [gigabyte, little] = [2 ** 30, 4 * 2 ** 30];
  expect([1, 2, 4, 8].map((cores) => readersAtOnce(cores, 8 * gigabyte))).toEqual([1, 2, 3, 7]);
  expect([1, 2, 4].map((cores) => readersAtOnce(cores, little))).toEqual([1, 1, 3]);
});
