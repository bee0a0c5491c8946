/** Packs a whole archive, or merges a pack into one, in a process of its own: `pack ARCHIVE FILE`, `merge ARCHIVE FILE`. */
import { openArchive } from '../../archive/index.ts';
import { mergePack, writePack } from '../../exchange/index.ts';

const [work = '', folder = '', file = ''] = process.argv.slice(2);
const opened = await openArchive(folder);
if (!opened.ok || opened.value.readOnly) throw new Error(JSON.stringify(opened.ok ? 'read-only' : opened.error));
const archive = opened.value;
try {
  const done =
    work === 'pack'
      ? await writePack(archive, { kind: 'whole', unit: '', out: file, actor: 'bench', sender: 'bench', due: '', papers: [] })
      : await mergePack(archive, file, { actor: 'bench' });
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  process.stdout.write(`${JSON.stringify({ items: done.value.items })}\n`);
} finally {
  archive.close();
}
