import { readOutput } from '../setup/run.mjs';

/**
 * Chromium's sandbox needs user namespaces, which some systems keep from ordinary users (containers, Ubuntu 24.04 by default); root
 * is refused by Chromium itself. Without the sandbox the window still has no Node and no network.
 */
const isSandboxPossible = () => {
  if (process.platform !== 'linux') return true;
  return process.getuid?.() !== 0 && (readOutput('unshare', ['--version']) === null || readOutput('unshare', ['--user', '--map-root-user', 'true']) !== null);
};

/**
 * Switches that Chromium needs where it runs as root or without a graphics card. They must stand on the command line: its helper
 * processes start before the program's own code.
 * @param {{ virtualDisplay: boolean }} where
 * @returns {string[]}
 */
export const electronFlags = (where) => [
  // Chromium complains at length about buses and graphics cards it can do without; CHUANGDANG_VERBOSE lets it speak.
  ...(process.env['CHUANGDANG_VERBOSE'] === undefined ? ['--log-level=3'] : []),
  ...(isSandboxPossible() ? [] : ['--no-sandbox']),
  ...(where.virtualDisplay ? ['--disable-gpu'] : []),
];
