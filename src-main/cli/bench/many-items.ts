import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { addEvidence, createArchive, linkEvidence, objectPath, putPageTexts, transact } from '../../archive/index.ts';
import type { Catalog } from '../../domain/catalog.ts';
import { sha256 } from '../../domain/ids.ts';
import type { Sha256 } from '../../domain/ids.ts';
import { OfficeText } from './office-text.ts';

const BATCH = 1000;

const shaOf = (bytes: Buffer): Sha256 => sha256(createHash('sha256').update(bytes).digest('hex'));
export const pagesOfSmallPdf = (at: number): number => 1 + (at % 7);

/** The least that is a document of so many pages; no two are the same. */
export function smallPdf(at: number): Buffer {
  const pages = pagesOfSmallPdf(at);
  const parts = ['%PDF-1.4\n'];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const put = (body: string): void => {
    offsets.push(length);
    const part = `${offsets.length} 0 obj\n${body}\nendobj\n`;
    parts.push(part);
    length += part.length;
  };
  put('<</Type/Catalog/Pages 2 0 R>>');
  put(`<</Type/Pages/Count ${pages}/Kids[${Array.from({ length: pages }, (_, page) => `${4 + page * 2} 0 R`).join(' ')}]>>`);
  put('<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>');
  for (let page = 0; page < pages; page += 1) {
    put(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents ${5 + page * 2} 0 R>>`);
    const content = `BT /F1 24 Tf 72 700 Td (item ${at + 1} page ${page + 1}) Tj ET`;
    put(`<</Length ${content.length}>>\nstream\n${content}\nendstream`);
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  parts.push(`xref\n0 ${rows.length + 1}\n0000000000 65535 f \n${rows.join('')}trailer\n<</Size ${rows.length + 1}/Root 1 0 R>>\nstartxref\n${length}\n%%EOF\n`);
  return Buffer.from(parts.join(''), 'latin1');
}

/**
 * An archive of many items for looking at how the window holds out: rows, links, proposals and small documents as an office has them.
 * One in ten is linked to nothing.
 */
export async function makeManyItems(folder: string, catalog: Catalog, items: number): Promise<void> {
  const made = await createArchive(folder, { title: catalog.title, catalog });
  if (!made.ok) throw new Error(`cannot make the archive: ${made.error.code}`);
  const codes = catalog.groups.flatMap((group) => group.indicators.map(({ code }) => code));
  const office = new OfficeText(7);
  try {
    for (let from = 0; from < items; from += BATCH) {
      const documents = new Map(Array.from({ length: Math.min(BATCH, items - from) }, (_, index) => {
        const bytes = smallPdf(from + index);
        return [from + index, { sha: shaOf(bytes), bytes }] as const;
      }));
      for (const { sha, bytes } of documents.values()) {
        const place = objectPath(made.value, sha);
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, bytes);
      }
      transact(made.value.db, 'bench', (tx) => {
        for (let at = from; at < Math.min(items, from + BATCH); at += 1) {
          const code = codes[at % codes.length];
          const document = documents.get(at);
          if (code === undefined || document === undefined) continue;
          const year = catalog.years[at % catalog.years.length] ?? 2023;
          const title = `关于${year}年${office.word()}${office.word()}工作的通知（第${at + 1}件）`;
          const id = addEvidence(tx, {
            sha256: document.sha,
            fileName: `${title}.pdf`, fileKind: 'pdf', bytes: document.bytes.length, pages: pagesOfSmallPdf(at), title, kind: 'official-document', documentNumber: office.documentNumber(), issuer: '区生态环境局', date: `${year}-05-06`,
            retention: '30年', original: 'original', sealed: true, confirmed: at % 3 !== 0,
            suggestions: [{ code, score: 0.9, words: [office.word()] }, { code: codes[(at + 1) % codes.length] ?? code, score: 0.3, words: [office.word()] }],
          });
          if (at % 10 !== 0) linkEvidence(tx, { evidenceId: id, indicator: code, year, requirement: '', order: at });
        }
      });
      // Read already, as in an archive that has been in use: nothing is left to do in the background.
      made.value.db.atomically(() => {
        for (const { sha } of documents.values()) putPageTexts(made.value.db, sha, [], { state: 'none', source: 'pdf', note: '' });
      });
    }
  } finally {
    made.value.close();
  }
}
