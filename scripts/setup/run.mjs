import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { childEnvironment } from './places.mjs';

/**
 * Runs a program to its end; its output goes to stderr (or nowhere), never to stdout.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>} `output` holds the last 20 kB when `quiet`
 */
export const runProgram = (program, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...childEnvironment, ...options.env },
      stdio: options.quiet === true ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output = (output + text).slice(-20_000);
      });
    }
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });

/**
 * What a short program prints, or null where it is missing or fails.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export const readOutput = (program, args, env = {}) => {
  const done = spawnSync(program, args, { env: { ...childEnvironment, ...env }, encoding: 'utf8', timeout: 30_000, stdio: ['ignore', 'pipe', 'pipe'] });
  return done.status === 0 ? done.stdout : null;
};

/**
 * Hands the terminal over to a program and ends as it ends.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} exit code
 */
export const handOver = (program, args, env = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env: { ...childEnvironment, ...env } });
    // Ctrl-C reaches the whole group; a lone TERM only this process, so it is passed on.
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => child.kill(signal);
    const wait = () => undefined;
    process.on('SIGTERM', pass);
    process.on('SIGHUP', pass);
    process.on('SIGINT', wait);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGTERM', pass);
      process.off('SIGHUP', pass);
      process.off('SIGINT', wait);
      resolve(code ?? (signal === null ? 1 : 128 + 15));
    });
  });

/**
 * The npm client that started this process, else the one on the path.
 * @returns {{ program: string, before: readonly string[] }}
 */
export const findNpm = () => {
  const running = process.env['npm_execpath'];
  if (running !== undefined && path.basename(running) === 'npm-cli.js') return { program: process.execPath, before: [running] };
  return process.platform === 'win32' ? { program: 'cmd.exe', before: ['/d', '/s', '/c', 'npm'] } : { program: 'npm', before: [] };
};
