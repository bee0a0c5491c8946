import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Folder of catalogs, fonts and profiles that ship with the program. Named by the launcher in CHUANGDANG_RESOURCES; otherwise the
 * nearest `resources/` above the running script.
 */
export function findResources(): string {
  const named = process.env['CHUANGDANG_RESOURCES'];
  if (named !== undefined && named !== '') return named;
  for (let folder = dirname(process.argv[1] ?? process.cwd()); ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources');
    if (existsSync(join(candidate, 'catalogs'))) return candidate;
    if (dirname(folder) === folder) throw new Error('resources folder not found; the installation is incomplete');
  }
}
