// npm run setup [-- --tests]: everything npm start (or npm test) needs, without starting it.
import { failWith } from './setup/log.mjs';
import { runWithTools } from './setup/tools.mjs';

try {
  process.exitCode = await runWithTools('scripts/setup/main.mjs', process.argv.slice(2));
} catch (error) {
  failWith(error);
}
