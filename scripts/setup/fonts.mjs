import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { SetupError, timedStep } from './log.mjs';
import { findCacheFolder, LOCAL_CACHE, ROOT } from './places.mjs';
import { runProgram } from './run.mjs';
import { fingerprintFiles, hasStamp, writeStamp } from './stamp.mjs';

const FONTS = path.join(ROOT, 'resources', 'fonts');
const SCRIPT = path.join(ROOT, 'scripts', 'build-fonts.mjs');
const STAMP = path.join(LOCAL_CACHE, 'fonts.stamp');
const SOURCES = ['@expo-google-fonts/noto-sans-sc', '@expo-google-fonts/noto-serif-sc', '@fontsource/lxgw-wenkai', 'subset-font'];

const readKey = () => {
  const hash = createHash('sha256').update(fs.readFileSync(SCRIPT));
  for (const name of SOURCES) hash.update(fs.readFileSync(path.join(ROOT, 'node_modules', name, 'package.json')));
  return hash.digest('hex').slice(0, 16);
};

/** @param {string} folder */
const listFonts = (folder) => (fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.ttf')).toSorted() : []);

/**
 * Makes the fonts that papers and volumes embed, or takes them from the cache where the same script made them of the same packages.
 * @param {string} node
 */
export const ensureFonts = async (node) => {
  const inputs = fingerprintFiles([SCRIPT, path.join(ROOT, 'package-lock.json')]);
  const stamp = () => `${inputs} ${fingerprintFiles(listFonts(FONTS).map((name) => path.join(FONTS, name)))}`;
  if (hasStamp(STAMP, stamp()) && listFonts(FONTS).length > 0) return;
  const kept = path.join(findCacheFolder(), `fonts-${readKey()}`);
  const isKept = listFonts(kept).length > 0;
  if (listFonts(FONTS).length === 0 && isKept) for (const name of fs.readdirSync(kept)) fs.copyFileSync(path.join(kept, name), path.join(FONTS, name));
  // The script checks what is there and makes what is missing or out of date.
  const done = await (isKept ? runProgram(node, [SCRIPT], { quiet: true }) : timedStep('Building the fonts', () => runProgram(node, [SCRIPT], { quiet: true })));
  if (done.code !== 0) throw new SetupError('The fonts could not be built.', 'Delete node_modules and run the command again.', done.output.trim());
  if (!isKept) keep(kept);
  writeStamp(STAMP, stamp());
};

/** @param {string} folder */
const keep = (folder) => {
  const part = fs.mkdtempSync(`${folder}-part-`);
  try {
    for (const name of [...listFonts(FONTS), 'built.stamp']) {
      if (fs.existsSync(path.join(FONTS, name))) fs.copyFileSync(path.join(FONTS, name), path.join(part, name));
    }
    fs.renameSync(part, folder);
  } catch {
    // A full disk or another set-up that was first: the fonts are in their place all the same.
    fs.rmSync(part, { recursive: true, force: true });
  }
};
