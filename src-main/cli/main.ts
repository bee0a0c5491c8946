import { enableCompileCache } from 'node:module';

// The bundles are large and a command short: compiled code is kept between runs. What is loaded from here on profits from it.
enableCompileCache();
process.stdout.on('error', () => process.exit(0));
import('./run-command.ts')
  .then(async ({ runCommandLine }) => runCommandLine(process.argv.slice(2)))
  .then(
    (code) => {
      // Everything is closed and on disk by now: taking the heap apart would only cost time. An empty write waits for what was printed.
      process.stdout.write('', () => process.exit(code));
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 3;
    },
  );
