import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { failWith, SetupError } from '../setup/log.mjs';
import { childEnvironment, LOCAL_CACHE, ROOT } from '../setup/places.mjs';
import { handOver } from '../setup/run.mjs';
import { openVirtualDisplay } from '../start/display.mjs';
import { electronFlags } from '../start/electron-flags.mjs';
import { installInCleanRoot } from './clean-root.mjs';

const OUT = path.join(ROOT, 'out');

/** @param {RegExp} pattern @returns {string} */
const findPacked = (pattern) => {
  const name = fs.existsSync(OUT) ? fs.readdirSync(OUT).find((one) => pattern.test(one)) : undefined;
  if (name === undefined) throw new SetupError(`There is no ${String(pattern)} in out/.`, 'Run npm run dist first.');
  return path.join(OUT, name);
};

const check = async () => {
  const { values } = parseArgs({ options: { deb: { type: 'boolean', default: false }, root: { type: 'string', default: path.join(LOCAL_CACHE, 'clean-root') }, shots: { type: 'string', default: '' } } });
  const root = values.deb ? path.resolve(values.root) : '';
  const folder = values.deb ? path.join(root, 'opt', 'chuangdang') : findPacked(/^linux.*unpacked$/);
  const clean = values.deb ? await installInCleanRoot(root, findPacked(/\.deb$/)) : null;
  const display = await openVirtualDisplay({ anyUser: values.deb });
  const started = path.join(folder, 'chuangdang').slice(root.length);
  const command = clean === null ? [started, ...electronFlags({ virtualDisplay: true })] : [...clean.enter, started, '--no-sandbox', '--disable-gpu', '--log-level=3'];
  if (values.shots !== '') fs.mkdirSync(values.shots, { recursive: true });
  try {
    return await handOver(process.execPath, [path.join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js'), 'test', '-c', path.join(ROOT, 'tests', 'packaged', 'playwright.config.ts')], {
      ...childEnvironment,
      DISPLAY: display.display,
      CHUANGDANG_PACKAGED_COMMAND: command.join('\n'),
      CHUANGDANG_PACKAGED_FOLDER: folder,
      CHUANGDANG_PACKAGED_ROOT: root,
      CHUANGDANG_PACKAGED_SHOTS: values.shots,
    });
  } finally {
    await display.stop();
    await clean?.leave();
  }
};

try {
  process.exitCode = await check();
} catch (error) {
  failWith(error);
}
