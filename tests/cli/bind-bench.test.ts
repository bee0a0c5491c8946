import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { runBindBench } from '../../src-main/cli/bench/bind.ts';
import { fontFiles } from '../binder/workbench.ts';

it('measures binding beside copying, and leaves only the corpus behind', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const root = resolve(import.meta.dirname, '../..');
  // Builds the program if it is stale.
  expect(spawnSync(process.execPath, [join(root, 'scripts/cli.mjs'), '--version']).status).toBe(0);
  try {
    const rows = await runBindBench({ font: fontFiles.song, program: join(root, 'dist/cli/main.cjs'), rounds: 2, directory, corpora: ['400'], tools: ['cat', 'chuangdang'] });
    expect(rows.map((row) => [row.corpus, row.tool, row.ok])).toEqual([['400', 'cat', true], ['400', 'chuangdang', true]]);
    expect(rows[1]?.timesCat).toBeGreaterThan(0);
    expect(readdirSync(directory)).toEqual(['corpus-2-100-2-100-40000']);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
