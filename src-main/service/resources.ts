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

/** The program that looks into files from outside: built beside the service, or its source when tests run from sources. */
export function findWorkerFile(): string {
  const candidates = [join(here, 'intake-worker.cjs'), join(here, '..', 'service', 'intake-worker.cjs'), join(here, '..', 'intake', 'worker.ts')];
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Error('the intake worker is missing; the installation is incomplete');
  return found;
}
