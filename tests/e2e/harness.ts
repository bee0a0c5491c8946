import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { launchWindow } from '../../scripts/start/launch-window.mjs';

export interface OpenWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** A folder of this spec file, removed afterwards. */
  readonly folder: string;
  /** Errors the page threw and messages its console showed as errors; a spec may assert that there are none. */
  readonly pageErrors: readonly string[];
}

/** Launches the real program once for each spec file; its tests run in order in that one window. */
export const test = base.extend<object, { readonly open: OpenWindow }>({
  open: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'chuangdang-e2e-'));
      const { app, page } = await launchWindow({ userData: join(folder, 'user-data') });
      const pageErrors: string[] = [];
      page.on('pageerror', (error) => pageErrors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') pageErrors.push(message.text());
      });
      try {
        await page.waitForLoadState('load');
        await use({ app, page, folder, pageErrors });
      } finally {
        await app.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
