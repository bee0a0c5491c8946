// npm run dist: packs the program into out/. See docs/packaging.md.
import { failWith } from './setup/log.mjs';
import { runWithTools } from './setup/tools.mjs';

try {
  process.exitCode = await runWithTools('scripts/packaging/main.mjs', process.argv.slice(2));
} catch (error) {
  failWith(error);
}
