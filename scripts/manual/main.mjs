import fs from 'node:fs';
import path from 'node:path';
import { failWith, say } from '../setup/log.mjs';
import { childEnvironment, ROOT } from '../setup/places.mjs';
import { provideAll } from '../setup/provide.mjs';
import { handOver, runProgram } from '../setup/run.mjs';
import { openVirtualDisplay } from '../start/display.mjs';

/** To a third of their size, without a difference that one sees; where pngquant (Debian: pngquant) is missing they stay as they are, and that is said. */
const shrink = async () => {
  const folder = path.join(ROOT, 'docs', 'manual', 'pictures');
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.png')).map((name) => path.join(folder, name));
  const done = await runProgram('pngquant', ['--force', '--ext', '.png', '--skip-if-larger', '--strip', '128', ...files], { quiet: true }).catch(() => ({ code: 127 }));
  // 98 and 99: some were small already.
  if (![0, 98, 99].includes(done.code)) say('The pictures were not made smaller: install pngquant.');
};

const takePictures = async () => {
  const { electron } = await provideAll({ forTests: true, virtualDisplay: process.platform === 'linux', build: true });
  const display = process.platform === 'linux' ? await openVirtualDisplay() : null;
  try {
    const code = await handOver(process.execPath, [path.join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js'), 'test', '-c', path.join(ROOT, 'tests', 'e2e', 'manual', 'playwright.config.ts'), ...process.argv.slice(2)], {
      ...childEnvironment,
      ELECTRON_OVERRIDE_DIST_PATH: electron.folder,
      CHUANGDANG_NODE: process.execPath,
      ...(display === null ? {} : { DISPLAY: display.display }),
    });
    await shrink();
    return code;
  } finally {
    await display?.stop();
  }
};

try {
  process.exitCode = await takePictures();
} catch (error) {
  failWith(error);
}
