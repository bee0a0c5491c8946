import { defineConfig } from '@playwright/test';
import { sharedFolder } from '../shared-folder.ts';

sharedFolder();

/** `npm run manual`: drives the sample archive and takes the pictures of docs/manual. */
export default defineConfig({ testDir: '.', testMatch: 'pictures.ts', outputDir: '../../../test-results/manual', workers: 1, retries: 0, timeout: 600_000, expect: { timeout: 60_000 } });
