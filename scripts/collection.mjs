// npm run collection -- DIR: binds every PDF of a folder and lets qpdf and poppler judge. See tests/collection.
import { failWith } from './setup/log.mjs';
import { runWithTools } from './setup/tools.mjs';

try {
  process.exitCode = await runWithTools('tests/collection/run.ts', process.argv.slice(2));
} catch (error) {
  failWith(error);
}
