import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { redact } from './redact.ts';

const MOST_BYTES = 512 * 1024;

/**
 * What went wrong, kept on this machine: `logs/chuangdang.log` and the one before it, half a megabyte each. Nothing of a document
 * gets in (`redact`). A log that cannot be written is no reason to stop.
 */
export class ProgramLog {
  readonly #file: string;
  readonly #folder: string;

  constructor(userData: string) {
    this.#folder = join(userData, 'logs');
    this.#file = join(this.#folder, 'chuangdang.log');
  }

  write(origin: 'main' | 'service' | 'window', text: string): void {
    const kept = redact(text);
    if (kept === '') return;
    try {
      mkdirSync(this.#folder, { recursive: true });
      if ((statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES) renameSync(this.#file, `${this.#file}.1`);
      appendFileSync(this.#file, `${new Date().toISOString()} ${origin} ${kept}\n`);
    } catch {
      // A full disk or a read-only home.
    }
  }

  /** The last lines, oldest first. */
  tail(lines: number): string[] {
    const read = (file: string): string[] => {
      try {
        return readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');
      } catch {
        return [];
      }
    };
    return [...read(`${this.#file}.1`), ...read(this.#file)].slice(-lines);
  }
}
