import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';

/** Writes `count` small PDFs that differ in text and page count (1 to 3 pages) into a new folder; answers their paths. */
export async function writeEvidenceFiles(folder: string, count: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const document = await PDFDocument.create();
    for (let page = 1; page <= 1 + (number % 3); page += 1) document.addPage([595, 842]).drawText(`evidence ${number} page ${page}`, { x: 72, y: 700 });
    const path = join(folder, `evidence-${String(number).padStart(3, '0')}.pdf`);
    await writeFile(path, await document.save());
    paths.push(path);
  }
  return paths;
}
