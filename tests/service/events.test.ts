import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dispatcher } from '../../src-main/service/dispatcher.ts';
import { handlers } from '../../src-main/service/handlers/index.ts';
import { Session } from '../../src-main/service/session.ts';
import { makePdf, openWorkbench, resources } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

describe('操作记录', () => {
  let bench: Workbench;
  let proof: string;
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
    const file = await makePdf(join(bench.folder, '补充数据.pdf'), [['关于报送污水处理率数据的函', '2021年县城污水处理率95.2%。']]);
    const imported = await bench.ask('evidence.import', { jobId: 'a', paths: [file], indicator: '5.1', year: 2021 });
    proof = imported.imported[0]?.id ?? '';
  });
  afterAll(() => bench.close());

  const texts = async (wish: object = {}): Promise<readonly string[]> => (await bench.ask('event.list', wish)).events.map((event) => event.text);

  it('tells a person from the program, and says what was done to which document, unit and question', async () => {
    const { events } = await bench.ask('event.list', {});
    const read = events.find((event) => event.text.startsWith('识别著录'));
    expect(read).toMatchObject({ actor: '自动识别', item: proof });
    expect(events.find((event) => event.text.startsWith('导入材料'))?.actor).toBe(bench.session.actor);
    await bench.ask('evidence.update', { id: proof, change: { title: '污水处理率的函', issuer: '区城市管理局' } });
    expect((await texts())[0]).toBe('修改著录 污水处理率的函：题名、责任者');
    await bench.ask('office.change', { change: { compiler: '林晓梅' } });
    expect((await texts())[0]).toBe('修改全宗与装订信息');
    await bench.ask('exchange.handOut', { jobId: 'b', units: ['区审计局'], folder: join(bench.folder, '发'), as: 'pack' });
    expect((await texts())[0]).toBe('发出任务包：区审计局 任务包 区审计局.cdpack');
    await bench.ask('review.open', { name: '市级预审' });
    const { id } = await bench.ask('review.raise', { round: 1, indicator: '5.1', text: '缺2021年数据表', by: '专家甲' });
    await bench.ask('review.assign', { id, unit: '区审计局', due: '' });
    expect((await texts())[0]).toBe('交办问题“缺2021年数据表”：区审计局');
    await bench.ask('review.answer', { id, answer: '已补', evidence: [proof], by: '王敏' });
    expect((await texts())[0]).toBe('答复问题“缺2021年数据表”');
    await bench.ask('history.undo', {});
    expect((await texts())[0]).toBe('撤销：答复问题“缺2021年数据表”');
  });

  it('writes the name that was said on this computer, after a restart too', async () => {
    const personFile = join(bench.folder, '设置', 'person.json');
    expect(await bench.ask('person.read', {})).toMatchObject({ name: '', kept: false });
    const session = new Session({ resources, personFile });
    const dispatcher = new Dispatcher(handlers, session);
    expect(session.actor).toBe(session.account);
    expect(await dispatcher.callUntrusted('person.write', { name: ' 王敏 ' })).toMatchObject({ ok: true });
    expect(session.actor).toBe('王敏');
    await session.close();
    expect(new Session({ resources, personFile }).actor).toBe('王敏');
  });

  it('filters by day, person and words, and goes on where a page ended', async () => {
    const everything = await texts({ limit: 500 });
    expect(await texts({ actor: '自动识别' })).toEqual(everything.filter((text) => text.startsWith('识别著录')));
    expect(await texts({ words: '任务包 审计' })).toEqual(['发出任务包：区审计局 任务包 区审计局.cdpack']);
    const now = new Date();
    const day = (after: number): string => {
      const moved = new Date(now.getFullYear(), now.getMonth(), now.getDate() + after);
      return `${moved.getFullYear()}-${String(moved.getMonth() + 1).padStart(2, '0')}-${String(moved.getDate()).padStart(2, '0')}`;
    };
    expect(await texts({ limit: 500, from: day(-1), until: day(1) })).toEqual(everything);
    expect(await texts({ until: day(-2) })).toEqual([]);
    expect(await texts({ from: day(2) })).toEqual([]);
    const paged: string[] = [];
    let next: number | null = null;
    do {
      const page: { readonly events: readonly { readonly text: string }[]; readonly next: number | null } = await bench.ask('event.list', { limit: 3, before: next });
      paged.push(...page.events.map((event) => event.text));
      ({ next } = page);
    } while (next !== null);
    expect(paged).toEqual(everything);
    expect(await bench.refuse('event.list', { from: '昨天' })).toBe('wrong-input');
    expect(await bench.ask('event.actors', {})).toContain('自动识别');
    const today = day(0);
    expect((await bench.ask('papers.list', {})).kinds.find(({ kind }) => kind === 'event-log')?.scopes.map(({ id }) => id)).toContain(today);
    const { path } = await bench.ask('papers.make', { jobId: 'c', kind: 'event-log', scope: today, format: 'csv', out: join(bench.folder, '记录.csv') });
    expect(await readFile(path, 'utf8')).toContain('发出任务包：区审计局');
  });
});
