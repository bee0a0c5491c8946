import fs from 'node:fs';
import path from 'node:path';
import { shrinkPictures } from '../pictures/shrink.mjs';
import { failWith } from '../setup/log.mjs';
import { childEnvironment, ROOT } from '../setup/places.mjs';
import { provideAll } from '../setup/provide.mjs';
import { handOver } from '../setup/run.mjs';
import { openVirtualDisplay } from '../start/display.mjs';

const shrink = async () => {
  const folder = path.join(ROOT, 'docs', 'manual', 'pictures');
  await shrinkPictures(fs.readdirSync(folder).filter((name) => name.endsWith('.png')).map((name) => path.join(folder, name)));
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
