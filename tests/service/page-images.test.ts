import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getEvidence } from '../../src-main/archive/index.ts';
import { evidenceId } from '../../src-main/domain/ids.ts';
import { WorkerPool } from '../../src-main/intake/index.ts';
import { PageImages } from '../../src-main/service/page-images.ts';
import { succeed } from '../../src-main/contract/index.ts';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

describe('pictures of pages', () => {
  let bench: Workbench;
  const ids: string[] = [];
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
    const incoming = join(bench.folder, 'incoming');
    await mkdir(incoming);
    await makePdf(join(incoming, 'a.pdf'), Array.from({ length: 6 }, (_, index) => [`第${index + 1}页 污水处理率数据表`]));
    const result = await bench.ask('evidence.import', { jobId: 'i', paths: [incoming], indicator: null, year: null });
    ids.push(...result.imported.map(({ id }) => id));
  });
  afterAll(() => bench.close());
  const folder = (): string => join(bench.archive, 'derived', 'pages');

  it('are drawn in the asked size, once, and kept', async () => {
    const [one, again] = await Promise.all([1, 2].map(() => bench.ask('evidence.pageImage', { id: ids[0], page: 2, size: 'small' })));
    expect(one).toEqual(again);
    const image = await loadImage(one?.path ?? '');
    expect([image.width, image.height]).toEqual([156, 220]);
    expect(await readdir(folder())).toHaveLength(1);
  });

  it('are refused for a page or an item that is not there', async () => {
    expect(await bench.refuse('evidence.pageImage', { id: ids[0], page: 7, size: 'small' })).toBe('file-no-pages');
    expect(await bench.refuse('evidence.pageImage', { id: 'none', page: 1, size: 'small' })).toBe('evidence-unknown');
  });

  // Attack: a picture of some bytes whose header asks for gigabytes of memory.
  it('are refused for a picture too large to be unpacked, by its header alone', async () => {
    const bomb = createCanvas(16, 16).toBuffer('image/png');
    bomb.writeUInt32BE(30_000, 16);
    bomb.writeUInt32BE(30_000, 20);
    const path = join(bench.folder, 'bomb.png');
    await writeFile(path, bomb);
    const workers = new WorkerPool();
    const answers = [await workers.renderPageImage(path, 'png', { page: 1, longestSide: 200, out: join(bench.folder, 'bomb.jpg') }), await workers.lookAtPages(path, 'png', { pages: [1] }), await workers.recognisePage(path, 'png', { page: 1, turn: 0 })];
    await workers.close();
    expect(answers.map((answer) => !answer.ok && answer.error.error)).toEqual(['file-too-large', 'file-too-large', 'file-too-large']);
    expect(answers[0]).toMatchObject({ error: { message: expect.stringContaining('30000 × 30000') } });
  });

  it('take bounded room: what was made first goes first', async () => {
    const workers = new WorkerPool();
    const answer = await bench.session.read(async (archive) => {
      const images = new PageImages({ archive, workers: () => workers, fonts: () => bench.session.fonts, bounds: { files: 3, bytes: 1e9 } });
      const record = getEvidence(archive.db, evidenceId(ids[0] ?? ''));
      if (record === null) throw new Error('the item is gone');
      const paths: string[] = [];
      for (const page of [3, 4, 5, 6]) {
        const drawn = await images.get(record, page, 'small');
        if (drawn.ok) paths.push(drawn.value);
      }
      return succeed(paths.map((path) => existsSync(path)));
    });
    await workers.close();
    expect(answer).toEqual({ ok: true, value: [false, true, true, true] });
  });
});
