import { say } from '../setup/log.mjs';
import { runProgram } from '../setup/run.mjs';

/**
 * PNGs to a third of their size, without a difference that one sees; where pngquant (Debian: pngquant) is missing they stay as they are,
 * and that is said.
 * @param {readonly string[]} files
 */
export const shrinkPictures = async (files) => {
  const done = await runProgram('pngquant', ['--force', '--ext', '.png', '--skip-if-larger', '--strip', '128', ...files], { quiet: true }).catch(() => ({ code: 127 }));
  // 98 and 99: some were small already.
  if (![0, 98, 99].includes(done.code)) say('The pictures were not made smaller: install pngquant.');
};
