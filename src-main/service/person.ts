import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';

/** The name under which the system knows who is logged in; an account (`root`, `user1`), not a person's name. */
export function readAccountName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the system's list.
    return '未知用户';
  }
}

/** Whose name the log bears on this computer: said once, kept beside the program's other settings, not in an archive that several people open. */
export class PersonName {
  readonly #file: string;
  #name: string;

  /** An empty `file` keeps nothing: the account's name stands, as on the command line. */
  constructor(file: string) {
    this.#file = file;
    this.#name = file === '' ? '' : readName(file);
  }

  /** Empty where nobody has said it. */
  get name(): string {
    return this.#name;
  }

  /** Whether it can be said at all. */
  get isKept(): boolean {
    return this.#file !== '';
  }

  /** Keeps a name, or with an empty one the account's again; throws where the file cannot be written. */
  set(name: string): void {
    if (!this.isKept) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    const part = `${this.#file}.${process.pid}.part`;
    writeFileSync(part, JSON.stringify({ name }));
    renameSync(part, this.#file);
    this.#name = name;
  }
}

function readName(file: string): string {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof kept === 'object' && kept !== null && 'name' in kept && typeof kept.name === 'string' ? kept.name.trim() : '';
  } catch {
    return '';
  }
}
