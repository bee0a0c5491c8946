import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundles } from '../build/build.mjs';
import { provideElectron } from '../setup/electron-runtime.mjs';
import { ensureFonts } from '../setup/fonts.mjs';
import { failWith, say, SetupError, timedStep } from '../setup/log.mjs';
import { findNode } from '../setup/node-runtime.mjs';
import { ROOT } from '../setup/places.mjs';
import { runProgram } from '../setup/run.mjs';
import { finishFolder } from './finish-folder.mjs';
import { providePackagingTools } from './packaging-tools.mjs';
import { layOut, sizeOf } from './stage.mjs';

const OUT = path.join(ROOT, 'out');
const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** @param {string} given @returns {string[]} */
const chooseTargets = (given) => {
  if (given !== '') return given.split(',').map((word) => word.trim());
  return process.platform === 'win32' ? ['nsis'] : ['dir', 'tar.gz', 'deb'];
};

const pack = async () => {
  const { values } = parseArgs({ options: { targets: { type: 'string', default: '' } } });
  const targets = chooseTargets(values.targets);
  const electron = await provideElectron();
  await ensureFonts(process.execPath);
  await buildBundles();
  const builder = await providePackagingTools();
  const machine = { platform: process.platform, arch: process.arch };
  const stage = path.join(OUT, 'stage');
  const laid = await timedStep('Laying out the files', async () => layOut(stage, machine));
  const windows = process.platform === 'win32';
  if (!windows && process.platform !== 'linux') throw new SetupError(`Packing is set up for Linux and Windows, not for ${process.platform}.`, 'Run it on one of them.');
  process.env['CUSTOM_FPM_PATH'] ??= path.join(ROOT, 'scripts', 'packaging', 'fpm-stand-in.mjs');
  const arch = process.arch === 'arm64' ? builder.Arch.arm64 : builder.Arch.x64;
  await timedStep(`Packing ${targets.join(', ')}`, async () => {
    await builder.build({
      projectDir: ROOT,
      targets: (windows ? builder.Platform.WINDOWS : builder.Platform.LINUX).createTarget(targets.map((target) => (target === 'tar.gz' ? 'dir' : target)), arch),
      publish: 'never',
      config: {
        extends: path.join(ROOT, 'electron-builder.yml'),
        directories: { app: laid.app, output: OUT, buildResources: path.join(ROOT, 'packaging') },
        electronDist: electron.folder,
        electronVersion: electron.version,
        extraResources: [{ from: laid.program, to: 'program' }],
        linux: { icon: path.join(laid.program, 'icons') },
        win: { icon: path.join(laid.program, 'icons', 'icon.ico') },
        afterPack: async (/** @type {import('./packaging-tools.mjs').PackContext} */ context) => finishFolder({ folder: context.appOutDir, platform: context.electronPlatformName, node: findNode() }),
      },
    });
  });
  if (targets.includes('tar.gz')) await timedStep('Packing tar.gz', packTar);
  report(laid.packages, electron);
};

/** By the system's tar: electron-builder's own way takes ten minutes for the same bytes. */
const packTar = async () => {
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const unpacked = fs.readdirSync(OUT).find((name) => name.startsWith('linux') && name.endsWith('unpacked')) ?? '';
  const made = await runProgram('tar', ['-czf', path.join(OUT, `chuangdang-${version}-${process.arch}.tar.gz`), '--owner=0', '--group=0', `--transform=s,^${unpacked},chuangdang-${version},`, '-C', OUT, unpacked], { quiet: true });
  if (made.code !== 0) throw new SetupError('The tar.gz could not be written.', 'Check the free space on this disk.', made.output);
};

/**
 * @param {readonly { name: string, version: string, bytes: number }[]} packages
 * @param {import('../setup/electron-runtime.mjs').ElectronRuntime} electron
 */
const report = (packages, electron) => {
  for (const { name, version, bytes } of packages) say(`  ${name} ${version}: ${megabytes(bytes)}`);
  for (const entry of fs.readdirSync(OUT, { withFileTypes: true })) {
    const place = path.join(OUT, entry.name);
    if (entry.isDirectory() && entry.name.endsWith('unpacked')) say(`${path.relative(ROOT, place)}: ${megabytes(sizeOf(place))}`);
    else if (/\.(deb|rpm|gz|exe|AppImage)$/.test(entry.name)) say(`${path.relative(ROOT, place)}: ${megabytes(fs.statSync(place).size)}`);
  }
  if (electron.source === 'stand-in') say(`Packed with the stand-in Electron ${electron.version}: good for trying the package, not for giving it away.`);
};

try {
  await pack();
} catch (error) {
  failWith(error);
}
