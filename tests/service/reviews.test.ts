import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePdf, openWorkbench } from './service-fixture.ts';
import type { Workbench } from './service-fixture.ts';

describe('review rounds', () => {
  let bench: Workbench;
  let proof: string;
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.ask('archive.create', { folder: bench.archive, from: { kind: 'builtin', id: 'shinan-2024' } });
    const file = await makePdf(join(bench.folder, '补充数据.pdf'), [['2021年县城污水处理率95.2%。']]);
    const imported = await bench.ask('evidence.import', { jobId: 'a', paths: [file], indicator: '5.1', year: 2021 });
    proof = imported.imported[0]?.id ?? '';
  });
  afterAll(() => bench.close());

  const unanswered = async (): Promise<readonly string[]> => (await bench.ask('check.run', {})).findings.filter((finding) => finding.rule === 'review.unanswered').map((finding) => finding.message);
  let id = '';

  it('starts with none, and opens them by number', async () => {
    expect(await bench.ask('review.rounds', {})).toEqual([]);
    expect(await bench.ask('review.open', { name: '市级预审' })).toEqual({ round: 1 });
    expect((await bench.ask('history.undo', {})).text).toContain('市级预审');
    expect(await bench.ask('review.rounds', {})).toEqual([]);
    await bench.ask('history.redo', {});
    expect(await bench.ask('review.rounds', {})).toMatchObject([{ number: 1, name: '市级预审', closedAt: '', findings: [] }]);
    expect(await bench.refuse('review.open', { name: ' ' })).toBe('wrong-input');
  });

  it('raises a finding, which is an error of the check until it is answered', async () => {
    const raised = await bench.ask('review.raise', { round: 1, indicator: '5.1', text: '缺2021年数据表', by: '专家甲' });
    ({ id } = raised);
    expect(raised).toMatchObject({ round: 1, indicator: '5.1', state: 'open', raisedBy: '专家甲', assignedTo: '' });
    expect(await unanswered()).toEqual(['第1轮审核意见还没有答复：缺2021年数据表。请整改并附材料答复。']);
    expect(await bench.refuse('review.raise', { round: 2, text: 'x', by: 'y' })).toBe('review-unknown');
    expect(await bench.refuse('review.raise', { round: 1, indicator: '99', text: 'x', by: 'y' })).toBe('indicator-unknown');
    expect(await bench.refuse('review.raise', { round: 1, text: 'x', by: '' })).toBe('wrong-input');
  });

  it('keeps to the order of the steps', async () => {
    expect(await bench.refuse('review.answer', { id, answer: '已补', by: '李工' })).toBe('review-order');
    expect(await bench.refuse('review.closeFinding', { id, by: '林晓梅' })).toBe('review-order');
    expect(await bench.refuse('review.reopen', { id })).toBe('review-order');
    expect(await bench.refuse('review.close', { round: 1 })).toBe('review-order');
    expect(await bench.refuse('review.assign', { id: 'f0', unit: '区委组织部' })).toBe('review-unknown');
    expect(await bench.refuse('review.assign', { id, unit: '无此单位' })).toBe('unit-unknown');
  });

  it('goes to a unit under the catalog\'s name for it, is answered with evidence and closed, each with its name', async () => {
    expect(await bench.ask('review.assign', { id, unit: '生态环境局市南分局', due: '2024-05-10' })).toMatchObject({ state: 'assigned', assignedTo: '市生态环境局市南分局', due: '2024-05-10' });
    expect(await unanswered(), 'assigned is not answered').toHaveLength(1);
    expect(await bench.refuse('review.answer', { id, answer: '已补', evidence: ['e0'], by: '李工' })).toBe('evidence-unknown');
    expect(await bench.ask('review.answer', { id, answer: '已补2021年数据表', evidence: [proof], by: '李工' })).toMatchObject({ state: 'answered', answerEvidence: [proof], answeredBy: '李工' });
    expect(await unanswered()).toEqual([]);
    expect(await bench.ask('review.closeFinding', { id, by: '林晓梅' })).toMatchObject({ state: 'closed', closedBy: '林晓梅' });
    expect((await bench.ask('history.undo', {})).text).toContain('缺2021年数据表');
    expect(await bench.ask('review.rounds', {})).toMatchObject([{ findings: [{ id, state: 'answered', closedBy: '', closedAt: '' }] }]);
    await bench.ask('history.redo', {});
  });

  it('goes back to its unit when it was closed too early', async () => {
    expect(await bench.ask('review.reopen', { id })).toMatchObject({ state: 'assigned', closedBy: '', answer: '已补2021年数据表' });
    expect(await unanswered()).toHaveLength(1);
    await bench.ask('review.answer', { id, answer: '已补并核对', evidence: [proof], by: '李工' });
    await bench.ask('review.closeFinding', { id, by: '林晓梅' });
  });

  it('ends a round when all is closed, and takes nothing more for it', async () => {
    await bench.ask('review.close', { round: 1 });
    const [round] = await bench.ask('review.rounds', {});
    expect(round?.closedAt).not.toBe('');
    expect(await bench.refuse('review.reopen', { id })).toBe('review-order');
    expect(await bench.refuse('review.raise', { round: 1, text: 'x', by: 'y' })).toBe('review-order');
    expect(await bench.ask('review.open', { name: '省级审核' })).toEqual({ round: 2 });
  });

  it('refuses an answer with evidence in 回收站', async () => {
    const { id: second } = await bench.ask('review.raise', { round: 2, text: '目录页号不符', by: '专家乙' });
    await bench.ask('review.assign', { id: second, unit: '区委组织部' });
    await bench.ask('evidence.trash', { id: proof });
    expect(await bench.refuse('review.answer', { id: second, answer: '已改', evidence: [proof], by: '李工' })).toBe('evidence-unknown');
  });

  it('stands step by step in the log, and the log holds', async () => {
    const { events } = await bench.ask('overview.read', {});
    expect(events.map((event) => event.text)).toEqual(expect.arrayContaining(['问题销号“缺2021年数据表”', '答复问题“缺2021年数据表”', '结束审核轮次 第1轮', '重新打开问题“缺2021年数据表”']));
    expect(await bench.ask('archive.verify', { jobId: 'v' })).toMatchObject({ ok: true, problems: [] });
  });
});
