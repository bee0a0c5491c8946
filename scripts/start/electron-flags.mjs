/**
 * Switches that Chromium needs where it runs as root or without a graphics card. They must stand on the command line: its helper
 * processes start before the program's own code.
 * @param {{ virtualDisplay: boolean }} where
 * @returns {string[]}
 */
export const electronFlags = (where) => [
  // Chromium complains at length about buses and graphics cards it can do without; CHUANGDANG_VERBOSE lets it speak.
  ...(process.env['CHUANGDANG_VERBOSE'] === undefined ? ['--log-level=3'] : []),
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...(where.virtualDisplay ? ['--disable-gpu'] : []),
];
