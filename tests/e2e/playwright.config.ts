import { defineConfig } from '@playwright/test';
import { sharedFolder } from './shared-folder.ts';

// Made by the runner before its workers start.
sharedFolder();

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/e2e',
  // One window at a time: two cores, and each spec file launches its own.
  workers: 1,
  fullyParallel: false,
  // A spec file is tried again from its beginning, in a new window (its tests build on each other: serial mode). The run's last line tells what needed it.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
});
