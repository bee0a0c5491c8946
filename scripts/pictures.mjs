// npm run pictures [-- ARCHIVE]: makes the pictures of papers below docs/pictures again, from a full sample archive or that one, and the real window.
import { failWith } from './setup/log.mjs';
import { runWithTools } from './setup/tools.mjs';

try {
  process.exitCode = await runWithTools('scripts/pictures/main.mjs', process.argv.slice(2));
} catch (error) {
  failWith(error);
}
