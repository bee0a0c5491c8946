import { failWith, say } from './log.mjs';
import { provideAll } from './provide.mjs';

try {
  const { electron, seconds } = await provideAll({ forTests: process.argv.includes('--tests'), virtualDisplay: true });
  say(`Ready after ${seconds.toFixed(1)} s: Node ${process.versions.node}, Electron ${electron.version} (${electron.source}).`);
} catch (error) {
  failWith(error);
}
