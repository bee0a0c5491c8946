// npm run build: bundles into dist/ what changed.
import { failWith } from './setup/log.mjs';
import { runWithTools } from './setup/tools.mjs';

try {
  process.exitCode = await runWithTools('scripts/build/main.mjs', process.argv.slice(2));
} catch (error) {
  failWith(error);
}
