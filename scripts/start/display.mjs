import { spawn } from 'node:child_process';
import { childEnvironment } from '../setup/places.mjs';

/** Whether a window could be seen here. */
export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);

/**
 * A display without a screen. Xvfb chooses a free number itself and tells it, so that several can run at once.
 * @param {{ anyUser?: boolean }} [options] `anyUser`: also for programs that run as another user of this machine
 * @returns {Promise<{ readonly display: string, stop(): Promise<void> }>}
 */
export const openVirtualDisplay = ({ anyUser = false } = {}) =>
  new Promise((resolve, reject) => {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset', ...(anyUser ? ['-ac'] : [])], {
      env: childEnvironment,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      said = (said + text).slice(-2000);
    });
    const ended = new Promise((done) => server.once('exit', done));
    const stop = async () => {
      server.kill('SIGTERM');
      await ended;
    };
    let number = '';
    server.stdio[3]?.on('data', (/** @type {Buffer} */ data) => {
      number += data.toString('latin1');
      if (number.endsWith('\n')) resolve({ display: `:${number.trim()}`, stop });
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`Xvfb did not start: ${said.trim()}`)));
  });
