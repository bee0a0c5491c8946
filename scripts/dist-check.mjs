// npm run dist:check [-- --deb]: starts what npm run dist packed and walks through it. See docs/packaging.md.
import { failWith } from './setup/log.mjs';
import { runWithTools } from './setup/tools.mjs';

try {
  process.exitCode = await runWithTools('scripts/packaging/check.mjs', process.argv.slice(2));
} catch (error) {
  failWith(error);
}
