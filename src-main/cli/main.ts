import { enableCompileCache } from 'node:module';

// The bundles are large and a command short: compiled code is kept between runs. What is loaded from here on profits from it.
enableCompileCache();
process.stdout.on('error', () => process.exit(0));
import('./run-command.ts')
  .then(async ({ runCommandLine }) => runCommandLine(process.argv.slice(2)))
  .then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 3;
    },
  );
