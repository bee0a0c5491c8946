import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

describe('what a verification sees of the files', () => {
  let bench: Workbench;
  let path: string;
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
    const file = await makePdf(join(bench.folder, '甲.pdf'), [['2023年县城污水处理率96.3%。']]);
    const { sha256 = '' } = (await bench.ask('evidence.import', { jobId: 'a', paths: [file], indicator: '5.1', year: 2023 })).imported[0] ?? {};
    path = join(bench.archive, 'objects', sha256.slice(0, 2), sha256);
  });
  afterAll(() => bench.close());

  const fileRules = async (): Promise<readonly string[]> => (await bench.ask('check.run', {})).findings.map((finding) => finding.rule).filter((rule) => rule.startsWith('file.'));
  const verify = (): Promise<{ readonly ok: boolean }> => bench.ask('archive.verify', { jobId: 'v' });

  it('is told by the check until the file is whole again', async () => {
    expect(await fileRules()).toEqual([]);
    const whole = await readFile(path);
    await chmod(path, 0o600);
    await writeFile(path, Buffer.concat([whole.subarray(0, -1), Buffer.from('x')]));
    bench.events.length = 0;
    expect((await verify()).ok).toBe(false);
    expect(bench.events.filter((event) => event.kind === 'archive-changed')).toHaveLength(1);
    expect(await fileRules()).toEqual(['file.changed']);
    await writeFile(path, whole);
    bench.events.length = 0;
    expect((await verify()).ok).toBe(true);
    expect(await fileRules()).toEqual([]);
    await verify();
    expect(bench.events.filter((event) => event.kind === 'archive-changed'), 'what stays as it was is not written').toHaveLength(1);
  });

  it('tells a file that is gone as one that cannot be read', async () => {
    await rename(path, `${bench.folder}/away`);
    await verify();
    expect(await fileRules()).toEqual(['file.unreadable']);
    await rename(`${bench.folder}/away`, path);
    await verify();
    expect(await fileRules()).toEqual([]);
  });

  it('writes nothing where the log itself is in doubt', async () => {
    await bench.session.write(({ db }) => {
      db.run("UPDATE evidence SET title = '别的题名'");
      return { ok: true, value: {} };
    });
    await rename(path, `${bench.folder}/away`);
    expect((await verify()).ok).toBe(false);
    expect(await fileRules()).toEqual([]);
  });
});
