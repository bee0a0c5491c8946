import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ProgramLog } from '../../src-main/shell/program-log.ts';
import { redact } from '../../src-main/shell/redact.ts';

const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangdang-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

describe('what a log line may keep', () => {
  it.each([
    ["ENOENT: no such file or directory, open '/home/王敏/密 级/secret plan.pdf'", ['ENOENT'], ['王敏', 'secret', 'plan', 'home']],
    ['Unexpected token \'h\', "he said "top secret" to"... is not valid JSON', ['Unexpected token'], ['secret', 'said']],
    ['cannot read C:\\Users\\clerk\\Desktop\\salary list.xlsx', ['cannot read'], ['clerk', 'salary', 'list']],
    ['cannot read \\\\server\\share\\plan.docx', ['cannot read'], ['server', 'plan']],
    ['SqliteError: disk I/O error 青南政发〔2024〕10号 关于印发', ['SqliteError: disk I/O error'], ['青南', '印发']],
    ['phone 13800138000 id 370202198001011234', ['phone'], ['13800138000', '370202198001011234']],
    ['Error: “绝密材料” unfinished quote', ['Error:'], ['绝密']],
    ['near "SELECT', ['near'], ['SELECT']],
  ])('%s', (text, kept, gone) => {
    const line = redact(text);
    for (const word of kept) expect(line).toContain(word);
    for (const word of gone) expect(line).not.toContain(word);
  });

  it('keeps places in the code without the folders they lie in', () => {
    expect(redact('TypeError: x\n    at readPage (/home/clerk/创档/resources/app.asar.unpacked/dist/service/main.cjs:120:7)\n    at async /home/clerk/a.cjs:1:2')).toBe('TypeError: x\n    at readPage main.cjs:120:7\n    at  a.cjs:1:2');
  });

  it('takes no more than forty lines of one message', () => expect(redact('line\n'.repeat(1000)).split('\n')).toHaveLength(40));
});

describe('the log', () => {
  it('keeps the last lines over its change of files, and stays small', () => {
    const folder = makeFolder();
    const log = new ProgramLog(folder);
    for (let no = 0; no < 6000; no += 1) log.write('service', `Error: number ${no} ${'x'.repeat(200)}`);
    const file = join(folder, 'logs', 'chuangdang.log');
    expect(statSync(file).size + statSync(`${file}.1`).size).toBeLessThan(1_200_000);
    expect(log.tail(3).map((line) => /number (\d+)/.exec(line)?.[1])).toEqual(['5997', '5998', '5999']);
    expect(readFileSync(file, 'utf8')).toMatch(/^\d{4}-\d{2}-\d{2}T\S+ service Error: number/);
  });

  it('is no reason to stop where it cannot be written', () => {
    const file = join(makeFolder(), 'a-file');
    writeFileSync(file, '');
    const log = new ProgramLog(file);
    expect(() => log.write('main', 'trouble')).not.toThrow();
    expect(log.tail(5)).toEqual([]);
  });
});
