// npm run manual: takes the pictures of docs/manual from the real window with the sample archive.
import { failWith } from './setup/log.mjs';
import { runWithTools } from './setup/tools.mjs';

try {
  process.exitCode = await runWithTools('scripts/manual/main.mjs', process.argv.slice(2));
} catch (error) {
  failWith(error);
}
