// npm start: from a fresh clone to the open window. Plain Node 20; the rest runs with the packages it installs.
import { failWith } from './setup/log.mjs';
import { runWithTools } from './setup/tools.mjs';

try {
  process.exitCode = await runWithTools('scripts/start/main.mjs', process.argv.slice(2));
} catch (error) {
  failWith(error);
}
