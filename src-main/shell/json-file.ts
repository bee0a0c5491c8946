import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** What a small settings file holds, or null where it is missing or not of that shape: settings are never a reason not to start. */
export function readJsonFile<S extends z.ZodType>(file: string, schema: S): z.output<S> | null {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Replaces the file by one rename. False where it could not be written (full disk, read-only home). */
export function writeJsonFile(file: string, value: object): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const part = `${file}.${process.pid}.part`;
    writeFileSync(part, JSON.stringify(value));
    renameSync(part, file);
    return true;
  } catch {
    return false;
  }
}
