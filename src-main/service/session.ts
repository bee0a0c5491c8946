import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ServiceEvent } from '../contract/index.ts';
import { Jobs } from './jobs.ts';

export interface SessionOptions {
  readonly emit?: (event: ServiceEvent) => void;
}

/** One running service: the archive it holds open, its jobs, and where its resources lie. */
export class Session {
  readonly jobs: Jobs;
  readonly emit: (event: ServiceEvent) => void;

  constructor(options: SessionOptions) {
    this.emit = options.emit ?? ((): void => undefined);
    this.jobs = new Jobs(this.emit);
  }

  log(error: unknown): void {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }

  async close(): Promise<void> {
    this.jobs.cancelAll();
  }
}
