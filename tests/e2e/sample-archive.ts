import { existsSync } from 'node:fs';
import { cp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { callFromPage } from './bridge.ts';
import { expect, test } from './harness.ts';
import type { OpenWindow } from './harness.ts';
import { sharedFolder } from './shared-folder.ts';

/**
 * Opens a fresh copy of the small sample archive in the window, on its overview. The sample is made once for each run of the suite and
 * only copied from, so that no spec sees what another changed. Answers the copy's folder.
 */
export async function openSample({ page, folder }: OpenWindow, name: string): Promise<string> {
  const pristine = join(sharedFolder(), 'pristine.cdarchive');
  if (!existsSync(pristine)) {
    // The one spec that comes first makes it for all; on a machine under load that takes longer than a test may.
    test.setTimeout(test.info().timeout + 240_000);
    const making = join(folder, 'making.cdarchive');
    await callFromPage(page, 'archive.sample', { jobId: 'sample', folder: making, size: 'small' });
    await callFromPage(page, 'archive.close', {});
    await rename(making, pristine);
  }
  await callFromPage(page, 'archive.close', {});
  const copy = join(folder, `${name}.cdarchive`);
  await cp(pristine, copy, { recursive: true });
  await callFromPage(page, 'archive.open', { folder: copy });
  await page.reload();
  await expect(page.getByTestId('workbench')).toBeVisible();
  await expect(page.getByTestId('overview-page')).toBeVisible();
  return copy;
}
