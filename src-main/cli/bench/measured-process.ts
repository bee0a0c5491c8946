import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';

export interface MeasuredRun {
  readonly ok: boolean;
  readonly seconds: number;
  /** Highest resident memory in MiB; null where the system does not tell. */
  readonly peakMiB: number | null;
  readonly output: string;
}

const POLL_MS = 15;

/** Runs a program and measures its time and peak memory. With `outputFile` its standard output goes there, as with `cat`. */
export async function measureProcess(program: string, args: readonly string[], outputFile?: string): Promise<MeasuredRun> {
  const started = performance.now();
  return await new Promise<MeasuredRun>((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let peak: number | null = null;
    const poll = (): void => {
      const now = peakOf(child.pid);
      if (now !== null) peak = Math.max(peak ?? 0, now);
    };
    const timer = setInterval(poll, POLL_MS);
    if (outputFile !== undefined) child.stdout.pipe(createWriteStream(outputFile));
    else child.stdout.on('data', (part: Buffer) => (output += part.toString('utf8')));
    child.stderr.on('data', (part: Buffer) => (output += part.toString('utf8')));
    const end = (ok: boolean): void => {
      clearInterval(timer);
      resolve({ ok, seconds: (performance.now() - started) / 1000, peakMiB: peak, output });
    };
    child.on('error', () => end(false));
    child.on('close', (code) => end(code === 0));
  });
}

/** VmHWM of a process on Linux. */
function peakOf(pid: number | undefined): number | null {
  if (pid === undefined) return null;
  try {
    const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match === null ? null : Number(match[1]) / 1024;
  } catch {
    return null;
  }
}
