import { createHash } from 'node:crypto';
import { addEvidence, createArchive, linkEvidence, putPageTexts, transact } from '../../archive/index.ts';
import type { Catalog } from '../../domain/catalog.ts';
import { sha256 } from '../../domain/ids.ts';
import type { Sha256 } from '../../domain/ids.ts';
import { OfficeText } from './office-text.ts';

const BATCH = 1000;

const shaOf = (at: number): Sha256 => sha256(createHash('sha256').update(String(at)).digest('hex'));

/**
 * An archive of many items for looking at how the window holds out: rows, links and proposals as an office has them, without files
 * behind them. One in ten is linked to nothing.
 */
export async function makeManyItems(folder: string, catalog: Catalog, items: number): Promise<void> {
  const made = await createArchive(folder, { title: catalog.title, catalog });
  if (!made.ok) throw new Error(`cannot make the archive: ${made.error.code}`);
  const codes = catalog.groups.flatMap((group) => group.indicators.map(({ code }) => code));
  const office = new OfficeText(7);
  try {
    for (let from = 0; from < items; from += BATCH) {
      transact(made.value.db, 'bench', (tx) => {
        for (let at = from; at < Math.min(items, from + BATCH); at += 1) {
          const code = codes[at % codes.length];
          if (code === undefined) continue;
          const year = catalog.years[at % catalog.years.length] ?? 2023;
          const title = `关于${year}年${office.word()}${office.word()}工作的通知（第${at + 1}件）`;
          const id = addEvidence(tx, {
            sha256: shaOf(at),
            fileName: `${title}.pdf`, fileKind: 'pdf', bytes: 80_000, pages: 1 + (at % 7), title, kind: 'official-document', documentNumber: office.documentNumber(), issuer: '区生态环境局', date: `${year}-05-06`,
            retention: '30年', original: 'original', sealed: true, confirmed: at % 3 !== 0,
            suggestions: [{ code, score: 0.9, words: [office.word()] }, { code: codes[(at + 1) % codes.length] ?? code, score: 0.3, words: [office.word()] }],
          });
          if (at % 10 !== 0) linkEvidence(tx, { evidenceId: id, indicator: code, year, requirement: '', order: at });
        }
      });
      // Read already, as in an archive that has been in use: nothing is left to do in the background.
      made.value.db.atomically(() => {
        for (let at = from; at < Math.min(items, from + BATCH); at += 1) putPageTexts(made.value.db, shaOf(at), [], { state: 'none', source: 'pdf', note: '' });
      });
    }
  } finally {
    made.value.close();
  }
}
