// npm run fixture: writes the kept database of each schema version that has none yet. See tests/archive/version-fixture.ts.
import { failWith } from './setup/log.mjs';
import { runWithTools } from './setup/tools.mjs';

try {
  process.exitCode = await runWithTools('tests/archive/write-fixture.ts', process.argv.slice(2));
} catch (error) {
  failWith(error);
}
