import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('every comparison of the verdict code, changed, makes a case of the table fail', { timeout: 120_000 }, () => {
  const lines = execFileSync(process.execPath, ['--no-warnings', join(import.meta.dirname, 'mutants.ts')], { encoding: 'utf8' }).trim().split('\n');
  expect(lines.slice(0, -1)).toEqual([]);
  expect(Number(/^tried (\d+)$/u.exec(lines.at(-1) ?? '')?.[1])).toBeGreaterThan(60);
});
