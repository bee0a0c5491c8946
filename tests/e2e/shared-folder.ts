import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = 'CHUANGDANG_E2E_SHARED';

/**
 * A folder that all specs of one run share, for what is costly to make and only copied from. The runner makes it, its workers inherit
 * it (a worker that failed is replaced by another), and it goes with the runner.
 */
export function sharedFolder(): string {
  const inherited = process.env[NAME];
  if (inherited !== undefined) return inherited;
  const folder = mkdtempSync(join(tmpdir(), 'chuangdang-e2e-shared-'));
  process.env[NAME] = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
