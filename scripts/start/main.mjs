import path from 'node:path';
import { failWith, say } from '../setup/log.mjs';
import { ROOT } from '../setup/places.mjs';
import { provideAll } from '../setup/provide.mjs';
import { handOver } from '../setup/run.mjs';
import { hasDisplay } from './display.mjs';
import { electronFlags } from './electron-flags.mjs';

const start = async () => {
  const virtualDisplay = !hasDisplay();
  const { electron, seconds } = await provideAll({ forTests: false, virtualDisplay });
  say(`Ready after ${seconds.toFixed(1)} s: Electron ${electron.version} (${electron.source}), Node ${process.versions.node}.`);
  if (electron.source === 'stand-in') say('This Electron stands in for the one that is shipped; it is for development and tests only.');
  if (virtualDisplay) {
    const { showFirstLook } = await import('./first-look.mjs');
    return showFirstLook(electron);
  }
  // npm runs this in the checkout; a path is meant from where the person stands.
  const from = process.env['INIT_CWD'] ?? process.cwd();
  const args = process.argv.slice(2).map((argument) => (argument.startsWith('-') ? argument : path.resolve(from, argument)));
  return handOver(electron.program, [...electronFlags({ virtualDisplay }), ROOT, ...args]);
};

try {
  process.exitCode = await start();
} catch (error) {
  failWith(error);
}
