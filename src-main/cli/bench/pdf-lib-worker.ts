import { readFileSync, writeFileSync } from 'node:fs';
import { PDFDocument } from 'pdf-lib';

/** The usual way to merge in JavaScript, for comparison: `node pdf-lib-worker.ts LIST OUT`. */
const [list, out] = process.argv.slice(2);
if (list !== undefined && out !== undefined) {
  const target = await PDFDocument.create();
  for (const file of readFileSync(list, 'utf8').split('\n')) {
    if (file === '') continue;
    const source = await PDFDocument.load(readFileSync(file), { updateMetadata: false });
    for (const page of await target.copyPages(source, source.getPageIndices())) target.addPage(page);
  }
  writeFileSync(out, await target.save());
}
