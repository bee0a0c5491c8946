import { failWith } from '../setup/log.mjs';
import { buildBundles } from './build.mjs';

try {
  const named = process.argv[2];
  await buildBundles(named === 'cli' ? ['cli', 'worker', 'papers'] : undefined);
} catch (error) {
  failWith(error);
}
