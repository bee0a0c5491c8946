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

async function openWindow(): Promise<OpenWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'chuangdang-e2e-'));
  const { app, page } = await launchWindow({ userData: join(folder, 'user-data') });
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') pageErrors.push(message.text());
  });
  await page.waitForLoadState('load');
  return { app, page, folder, pageErrors };
}

/** The window of the spec file that is running; the one before is closed when the next file begins. */
class WindowPerFile {
  #file = '';
  #open: OpenWindow | null = null;

  async of(file: string): Promise<OpenWindow> {
    if (this.#open !== null && this.#file === file) return this.#open;
    await this.close();
    this.#file = file;
    this.#open = await openWindow();
    return this.#open;
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    await open.app.close();
    await rm(open.folder, { recursive: true, force: true });
  }
}

/** Launches the real program once for each spec file; its tests run in order in that one window. */
export const test = base.extend<{ readonly open: OpenWindow }, { readonly windows: WindowPerFile }>({
  windows: [
    async ({}, use) => {
      const windows = new WindowPerFile();
      await use(windows);
      await windows.close();
    },
    { scope: 'worker' },
  ],
  open: async ({ windows }, use, testInfo) => use(await windows.of(testInfo.file)),
});

export { expect } from '@playwright/test';
