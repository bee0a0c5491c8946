import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { callFromPage } from './bridge.ts';
import { expect } from './harness.ts';
import type { OpenWindow } from './harness.ts';

/**
 * Opens a fresh copy of the small sample archive in the window, on its overview. The sample is made once for each window and only
 * copied from, so that no spec sees what another changed. Answers the copy's folder.
 */
export async function openSample({ page, folder }: OpenWindow, name: string): Promise<string> {
  const pristine = join(folder, 'pristine.cdarchive');
  if (!existsSync(pristine)) await callFromPage(page, 'archive.sample', { jobId: 'sample', folder: pristine, size: 'small' });
  await callFromPage(page, 'archive.close', {});
  const copy = join(folder, `${name}.cdarchive`);
  await cp(pristine, copy, { recursive: true });
  await callFromPage(page, 'archive.open', { folder: copy });
  await page.reload();
  await expect(page.getByTestId('workbench')).toBeVisible();
  await expect(page.getByTestId('overview-page')).toBeVisible();
  return copy;
}
