// npm run faults -- --runs N: kills the archive's writer at random instants, N times. See tests/faults.
import { failWith } from './setup/log.mjs';
import { runWithTools } from './setup/tools.mjs';

try {
  process.exitCode = await runWithTools('tests/faults/run.ts', process.argv.slice(2));
} catch (error) {
  failWith(error);
}
