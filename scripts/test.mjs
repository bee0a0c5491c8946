// npm test [-- types|lint|unit|e2e [filter]]: the same set-up as npm start, then every check.
import { failWith } from './setup/log.mjs';
import { runWithTools } from './setup/tools.mjs';

try {
  process.exitCode = await runWithTools('scripts/test/main.mjs', process.argv.slice(2));
} catch (error) {
  failWith(error);
}
