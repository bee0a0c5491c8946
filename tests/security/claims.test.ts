import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..', '..');
const claims = readFileSync(join(root, 'SECURITY.md'), 'utf8').split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| claim'));

it('each claim of SECURITY.md names a test that is there', () => {
  expect(claims.length).toBeGreaterThan(20);
  const wrong: string[] = [];
  for (const line of claims) {
    const files = [...line.matchAll(/`(tests\/[\w./-]+\.ts)`(?: "([^"]+)")?/g)];
    if (files.length === 0) wrong.push(`no test: ${line}`);
    for (const [, file = '', title] of files) {
      if (!existsSync(join(root, file))) wrong.push(`${file} is not there`);
      else if (title !== undefined && !readFileSync(join(root, file), 'utf8').includes(title)) wrong.push(`${file} has no test "${title}"`);
    }
  }
  expect(wrong).toEqual([]);
});

it('no crash reporter is started', () => {
  const shell = join(root, 'src-main', 'shell');
  for (const name of readdirSync(shell)) if (name.endsWith('.ts')) expect(readFileSync(join(shell, name), 'utf8')).not.toContain('crashReporter');
});
