import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * A short word that changes when a file below the given places is added, removed or written. Looks at sizes and times, reads nothing.
 * @param {readonly string[]} places files and folders; missing ones count as missing
 */
export const fingerprintFiles = (places) => {
  const hash = createHash('sha256');
  /** @param {string} place */
  const add = (place) => {
    const stat = fs.statSync(place, { throwIfNoEntry: false });
    if (stat === undefined) hash.update(`${place} missing\n`);
    else if (!stat.isDirectory()) hash.update(`${place} ${stat.size} ${stat.mtimeMs}\n`);
    else for (const name of fs.readdirSync(place).toSorted()) add(path.join(place, name));
  };
  for (const place of places) add(place);
  return hash.digest('hex');
};

/**
 * @param {string} file
 * @param {string} value
 */
export const hasStamp = (file, value) => {
  try {
    return fs.readFileSync(file, 'utf8') === value;
  } catch {
    return false;
  }
};

/**
 * @param {string} file
 * @param {string} value
 */
export const writeStamp = (file, value) => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, value);
};
