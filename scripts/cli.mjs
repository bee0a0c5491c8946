// npm run -s cli -- <command>: the program without a window. Set-up speaks on stderr; stdout belongs to the command.
import fs from 'node:fs';
import path from 'node:path';
import { isBuilt } from './build/build.mjs';
import { ensureFonts } from './setup/fonts.mjs';
import { failWith } from './setup/log.mjs';
import { findNode } from './setup/node-runtime.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { ROOT, SERVICE_FLAGS } from './setup/places.mjs';
import { handOver, runProgram } from './setup/run.mjs';

try {
  await ensurePackages();
  const node = findNode();
  await ensureFonts(node);
  const bundle = path.join(ROOT, 'dist', 'cli', 'main.cjs');
  if (!isBuilt('cli') || !isBuilt('worker') || !isBuilt('papers') || !fs.existsSync(bundle)) {
    const built = await runProgram(node, [path.join(ROOT, 'scripts', 'build', 'main.mjs'), 'cli']);
    if (built.code !== 0) process.exit(3);
  }
  // npm runs scripts in the checkout; paths on the command line are meant from where the person stands.
  const from = process.env['INIT_CWD'];
  if (from !== undefined && fs.existsSync(from)) process.chdir(from);
  process.exitCode = await handOver(node, [...SERVICE_FLAGS, bundle, ...process.argv.slice(2)]);
} catch (error) {
  failWith(error);
}
