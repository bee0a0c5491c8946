// npm run fuzz -- --runs N: broken files for every reader. See tests/fuzz.
import { failWith } from './setup/log.mjs';
import { runWithTools } from './setup/tools.mjs';

try {
  process.exitCode = await runWithTools('tests/fuzz/run.ts', process.argv.slice(2));
} catch (error) {
  failWith(error);
}
