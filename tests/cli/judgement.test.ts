import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../src-main/archive/migrations/index.ts';

const root = resolve(import.meta.dirname, '../..');

describe('judging from the command line', () => {
  let folder: string;
  let archive: string;
  const cli = (...args: readonly string[]): { readonly code: number | null; readonly stdout: string; readonly stderr: string } => {
    const run = spawnSync(process.execPath, [join(root, 'scripts/cli.mjs'), ...args], { encoding: 'utf8', cwd: root, env: { ...process.env, INIT_CWD: root } });
    return { code: run.status, stdout: run.stdout, stderr: run.stderr };
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chuangdang-cli-'));
    archive = join(folder, 'a.cdarchive');
    expect(cli('new', archive).code).toBe(0);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('decides a year that was left open, with reason and name', () => {
    expect(JSON.parse(cli('set', archive, '5.1', '--year', '2023', '--value', '0.963', '--json').stdout)).toMatchObject({ verdicts: [{}, {}, { year: 2023, verdict: 'judge' }] });
    const ruled = cli('set', archive, '5.1', '--year', '2023', '--rule', 'met', '--reason', '原表为96.3%', '--by', '周立群', '--json');
    expect(ruled.code).toBe(0);
    expect(JSON.parse(ruled.stdout)).toMatchObject({ verdicts: [{}, {}, { year: 2023, verdict: 'met', because: '周立群判定达标：原表为96.3%' }] });
  });

  it('reads an archive that an earlier version left, bringing it up to date', () => {
    const db = new Sqlite(join(archive, 'archive.sqlite'));
    // What later versions made goes: the archive is as the first version left it.
    const made = migrations.slice(1).flatMap(({ sql }) => [...sql.matchAll(/CREATE TABLE (\w+)/gu)].map(([, table]) => `DROP TABLE ${table}`));
    db.exec(['DELETE FROM events', 'DELETE FROM changes', ...made].join('; '));
    db.pragma('user_version = 10');
    db.close();
    const check = cli('check', archive, '--json');
    expect([check.code, check.stderr]).toEqual([1, '']);
    expect(JSON.parse(check.stdout)).toMatchObject({ indicators: 36 });
  });

  it.each([
    ['without a reason', ['--rule', 'met', '--by', '周立群']],
    ['without a name', ['--rule', 'met', '--reason', '核对无误']],
    ['with another word', ['--rule', 'maybe', '--reason', '核对无误', '--by', '周立群']],
    ['for a year that is none', ['--rule', 'met', '--year', 'x', '--reason', '核对无误', '--by', '周立群']],
  ])('is wrong use %s', (_name, options) => {
    expect(cli('set', archive, '5.1', ...options).code).toBe(2);
  });

  it('opens a round of review and takes in a list', async () => {
    const list = join(folder, '问题.txt');
    await writeFile(list, '1. 指标5.1：缺2021年数据表（责任单位：生态环境局市南分局；5月底前）\n');
    const taken = cli('review', archive, '--open', '省级预审', '--import', list, '--by', '专家甲', '--json');
    expect(JSON.parse(taken.stdout)).toEqual({ round: 1, added: 1, notes: [] });
    const listed = cli('review', archive, '--json');
    expect(listed.code).toBe(1);
    expect(JSON.parse(listed.stdout)).toMatchObject({ rounds: [{ number: 1, findings: [{ indicator: '5.1', state: 'assigned', assignedTo: '市生态环境局市南分局' }] }] });
    expect(cli('review', archive, '--import', list, '--round', 'x').code).toBe(2);
  });
});
