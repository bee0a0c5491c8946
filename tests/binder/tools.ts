import { spawnSync } from 'node:child_process';

/** Whether an independent tool is installed; tests that judge with it say so when it is not. */
export function hasTool(name: string): boolean {
  return spawnSync(name, ['--version']).error === undefined;
}

export function runTool(name: string, args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(name, args, { encoding: 'latin1', maxBuffer: 64 * 1024 * 1024 });
  return { status, output: stdout + stderr };
}
