import { defineConfig } from '@playwright/test';

/** `npm run dist:check`: the packed program, not the checkout. */
export default defineConfig({ testDir: '.', testMatch: '**/*.spec.ts', outputDir: '../../test-results/packaged', workers: 1, fullyParallel: false, retries: 0, timeout: 400_000, expect: { timeout: 30_000 } });
