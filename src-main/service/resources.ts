import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const here = import.meta.dirname;

/**
 * Folder of catalogs, fonts and profiles that ship with the program. Named by the launcher in CHUANGDANG_RESOURCES; otherwise the
 * nearest `resources/` above this code.
 */
export function findResources(): string {
  const named = process.env['CHUANGDANG_RESOURCES'];
  if (named !== undefined && named !== '') return named;
  for (let folder = here; ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources');
    if (existsSync(join(candidate, 'catalogs'))) return candidate;
    if (dirname(folder) === folder) throw new Error('resources folder not found; the installation is incomplete');
  }
}

/** A program of its own beside the service: built, or its source when tests run from sources. */
function findBeside(built: string, ...source: string[]): string {
  const candidates = [join(here, built), join(here, '..', 'service', built), join(here, '..', ...source)];
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${built} is missing; the installation is incomplete`);
  return found;
}

/** The process that looks into files from outside. */
export const findWorkerFile = (): string => findBeside('intake-worker.cjs', 'intake', 'worker.ts');

/** The thread that writes DOCX. */
export const findDocxThread = (): string => findBeside('docx-thread.cjs', 'papers', 'docx-thread.ts');
