import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { SetupError, timedStep } from '../setup/log.mjs';
import { LOCAL_CACHE, ROOT } from '../setup/places.mjs';
import { findNpm, runProgram } from '../setup/run.mjs';
import { fingerprintFiles, hasStamp, writeStamp } from '../setup/stamp.mjs';

const SOURCE = path.join(ROOT, 'packaging', 'tools');
const FOLDER = path.join(LOCAL_CACHE, 'packaging-tools');

/**
 * The part of electron-builder that is used here; its own types are not installed with the program's packages.
 * @typedef {{ readonly appOutDir: string, readonly electronPlatformName: string }} PackContext
 * @typedef {{ createTarget(targets: readonly string[], arch: number): unknown }} BuilderPlatform
 * @typedef {{ readonly Arch: { readonly x64: number, readonly arm64: number }, readonly Platform: { readonly LINUX: BuilderPlatform, readonly WINDOWS: BuilderPlatform }, build(options: object): Promise<readonly string[]> }} Builder
 */

/**
 * electron-builder, installed by its own lockfile apart from the program's packages: a hundred megabytes that only packing needs.
 * @returns {Promise<Builder>}
 */
export const providePackagingTools = async () => {
  const wanted = fingerprintFiles([SOURCE]);
  const stamp = path.join(FOLDER, 'stamp');
  if (!hasStamp(stamp, wanted)) {
    await timedStep('Installing the packaging tools', async () => {
      fs.rmSync(FOLDER, { recursive: true, force: true });
      fs.cpSync(SOURCE, FOLDER, { recursive: true });
      const npm = findNpm();
      const { code } = await runProgram(npm.program, [...npm.before, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: FOLDER });
      if (code !== 0) throw new SetupError(`npm ci for the packaging tools ended with ${code}.`, 'Check that npm reaches its registry (npm ping), then run the command again.');
      writeStamp(stamp, wanted);
    });
  }
  return createRequire(path.join(FOLDER, 'package.json'))('electron-builder');
};
