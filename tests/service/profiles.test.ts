import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainError } from '../../src-main/contract/index.ts';
import type { ProfileList } from '../../src-main/contract/index.ts';
import { openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

describe('layouts of the office', () => {
  let bench: Workbench;
  let own: string;

  const list = (): Promise<ProfileList> => bench.ask('profile.list', {});
  const active = async () => {
    const { active: id, profiles } = await list();
    return profiles.find((profile) => profile.id === id);
  };
  /** The sentence that a clerk reads where a change is refused. */
  const refusal = async (name: 'profile.change' | 'profile.import', input: unknown): Promise<string> => {
    const reply = await bench.dispatcher.callUntrusted(name, input);
    return reply.ok ? '' : explainError(reply.error);
  };

  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: (await bench.ask('catalog.builtin', {}))[0]?.id } });
    own = (await bench.ask('profile.copy', { from: 'dat-22-2015', name: '区档案馆版式' })).id;
  });
  afterAll(() => bench.close());

  it('are copies of the built-in ones, which stay as they are', async () => {
    expect(await active()).toMatchObject({ id: own, name: '区档案馆版式', builtIn: false });
    expect(await refusal('profile.change', { id: 'dat-22-2015', place: 'pageStamp.size', value: 11 })).toContain('内置版式不能改动，请先复制一份');
    await bench.ask('profile.change', { id: own, place: 'pageStamp.fromSide', value: 9.5 });
    expect((await active())?.values['pageStamp.fromSide']).toBe(9.5);
    await bench.ask('history.undo', {});
    expect((await active())?.values['pageStamp.fromSide']).toBe(12);
  });

  it('change what papers print', async () => {
    await bench.ask('profile.change', { id: own, place: 'archivalCode.style', value: 'DA/T 13-2022' });
    await bench.ask('profile.change', { id: own, place: 'wording.draft', value: '征求意见' });
    await bench.ask('office.change', { change: { fondsCode: 'Z109', organ: 'STB', retention: '30年' } });
    const made = await bench.ask('papers.make', { jobId: 'make', kind: 'report', format: 'docx' });
    expect(made.draft).toBe(true);
    const { path } = await bench.ask('papers.file', { id: made.id });
    expect((await readFile(path)).length).toBeGreaterThan(5000);
  });

  it('refuse a wrong value, name its place, and stay as they were', async () => {
    expect(await refusal('profile.change', { id: own, place: 'pageStamp.size', value: 200 })).toContain('页号（pageStamp.size）：数值或长度过大，不得大于 30');
    expect(await refusal('profile.change', { id: own, place: 'pageStamp.size', value: '大' })).toContain('pageStamp.size');
    expect(await refusal('profile.change', { id: own, place: 'volumeIndex.columns.3.width', value: 150 })).toContain('卷内目录（volumeIndex.columns）：各列宽度合计');
    expect(await refusal('profile.change', { id: own, place: 'pageStamp.nothing', value: 1 })).toContain('pageStamp.nothing：版式里没有这一项');
    expect(await refusal('profile.change', { id: own, place: '__proto__.x', value: 1 })).toContain('版式里没有这一项');
    expect((await active())?.values['pageStamp.size']).toBe(12);
  });

  it('go out as a file and come in from one; a wrong file names what is wrong', async () => {
    const file = join(bench.folder, '版式.json');
    expect((await bench.ask('profile.export', { id: own, out: file })).path).toBe(file);
    const text = await readFile(file, 'utf8');
    await bench.ask('profile.import', { path: file });
    expect((await list()).profiles).toHaveLength(4);
    await writeFile(file, text.replace('"upper"', '"middle"'));
    expect(await refusal('profile.import', { path: file })).toContain('页号（pageStamp.corner）：只能取 upper、lower');
    await writeFile(file, text.slice(0, 200));
    expect(await refusal('profile.import', { path: file })).toContain('不是 JSON 文件');
    expect(await refusal('profile.import', { path: join(bench.folder, '没有.json') })).toContain('找不到文件');
    expect((await list()).profiles).toHaveLength(4);
  });

  it('go, and the built-in one stands in', async () => {
    await bench.ask('profile.choose', { id: own });
    await bench.ask('profile.remove', { id: own });
    expect((await active())?.builtIn).toBe(true);
    expect(await bench.refuse('profile.choose', { id: own })).toBe('profile-wrong');
    expect(await bench.refuse('profile.remove', { id: 'dat-22-2015' })).toBe('profile-wrong');
  });
});
