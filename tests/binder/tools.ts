import { spawnSync } from 'node:child_process';

/** Whether an independent tool is installed; tests that judge with it say so when it is not. */
export function hasTool(name: string): boolean {
  return spawnSync(name, ['--version']).error === undefined;
}

export function runTool(name: string, args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(name, args, { encoding: 'latin1', maxBuffer: 64 * 1024 * 1024 });
  return { status, output: stdout + stderr };
}

/** The same for files that may keep a tool busy or fill the memory: it is ended after a minute or beyond 4 GiB, and answers with a status above 100. */
export function runBounded(name: string, args: readonly string[]): ReturnType<typeof runTool> {
  return runTool('prlimit', [`--as=${4 * 1024 ** 3}`, 'timeout', '--kill-after=1', '60', name, ...args]);
}
