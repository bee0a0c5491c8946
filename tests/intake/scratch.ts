import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is removed when the test ends. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chuangdang-intake-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes one file into a folder of its own and answers its path. */
export function writeScratch(name: string, bytes: Uint8Array | string): string {
  const path = join(makeFolder(), name);
  writeFileSync(path, bytes);
  return path;
}
