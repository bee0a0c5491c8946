import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/** One measured import in a process of its own: `node import-worker.ts LIST ARCHIVE RESOURCES`. Copies, hashes, counts pages, enters; reads no text. */
async function main(list: string, folder: string, resources: string): Promise<void> {
  enableCompileCache();
  const { createArchive } = await import('../../archive/index.ts');
  const { readCatalog } = await import('../../domain/catalog-file.ts');
  const { WorkerPool } = await import('../../intake/index.ts');
  const { openBundledFonts } = await import('../../service/font-files.ts');
  const { importFiles } = await import('../../service/import/import-files.ts');
  const catalog = readCatalog(JSON.parse(readFileSync(join(resources, 'catalogs', 'shinan-2024.json'), 'utf8')));
  if (!catalog.ok) throw new Error('the built-in catalog has faults');
  const archive = await createArchive(folder, { title: '导入', catalog: catalog.value });
  if (!archive.ok) throw new Error(archive.error.code);
  const workers = new WorkerPool();
  try {
    const paths = readFileSync(list, 'utf8').split('\n').filter((line) => line !== '');
    const started = performance.now();
    const answer = await importFiles(archive.value, { workers, resources, fonts: () => openBundledFonts(resources) }, { paths, indicator: null, year: null, readText: false }, '', { signal: new AbortController().signal, progress: () => undefined });
    if (!answer.ok || answer.value.imported.length !== paths.length) throw new Error(answer.ok ? `${answer.value.imported.length} of ${paths.length} imported` : answer.error.code);
    process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - started) / 1000 })}\n`);
  } finally {
    await workers.close();
    archive.value.close();
  }
}

const [list, folder, resources] = process.argv.slice(2);
if (list !== undefined && folder !== undefined && resources !== undefined) await main(list, folder, resources);
