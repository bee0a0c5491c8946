import fs from 'node:fs';
import path from 'node:path';
import { SetupError, timedStep } from '../setup/log.mjs';
import { ROOT } from '../setup/places.mjs';
import { fingerprintFiles, hasStamp, writeStamp } from '../setup/stamp.mjs';

/** @typedef {'shell' | 'preload' | 'service' | 'cli' | 'worker' | 'papers' | 'renderer' | 'extras'} BundleName */

/** @type {readonly BundleName[]} */
const allBundles = ['shell', 'preload', 'service', 'cli', 'worker', 'papers', 'renderer', 'extras'];
const common = ['scripts/build', 'package.json', 'package-lock.json', 'tsconfig.base.json'];

/** @param {BundleName} name */
const fingerprint = (name) => {
  const sources = name === 'extras' ? ['resources/icons', 'docs/manual'] : name === 'renderer' ? ['src-renderer', 'src-main/contract', 'src-main/domain'] : ['src-main'];
  return fingerprintFiles([...common, ...sources].map((place) => path.join(ROOT, place)));
};

/** @param {BundleName} name */
const stampFile = (name) => path.join(ROOT, 'dist', `${name}.stamp`);

/**
 * Whether a bundle in `dist/` was made of the sources as they are now. A few milliseconds.
 * @param {BundleName} name
 */
export const isBuilt = (name) => hasStamp(stampFile(name), fingerprint(name));

/**
 * Bundles into `dist/` what changed.
 * @param {readonly BundleName[]} [names]
 */
export const buildBundles = async (names = allBundles) => {
  const wanted = names.filter((name) => !isBuilt(name));
  if (wanted.length === 0) return;
  await timedStep(`Building ${wanted.join(', ')}`, async () => {
    const [{ build }, { bundles }, { writeNotices }, { drawIcons }, { writeManual }] = await Promise.all([import('vite'), import('./bundles.mjs'), import('./notices.mjs'), import('./icons.mjs'), import('./manual.mjs')]);
    /** Licences of what is carried, the manual, and the program's mark in pixels. */
    const makeExtras = async () => {
      writeNotices();
      writeManual();
      await drawIcons();
    };
    const ends = await Promise.allSettled(
      wanted.map(async (name) => {
        // Taken before the work: a file saved while it is bundled makes the result stale.
        const inputs = fingerprint(name);
        fs.rmSync(stampFile(name), { force: true });
        await (name === 'extras' ? makeExtras() : build(bundles[name]()));
        writeStamp(stampFile(name), inputs);
      }),
    );
    for (const end of ends) if (end.status === 'rejected') throw new SetupError('The program could not be built.', 'The message below names the file.', end.reason);
  });
};
