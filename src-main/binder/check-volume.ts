import { finishInTurns } from '../domain/steps.ts';
import { BindFailure } from './bind-error.ts';
import { spells } from './name-table.ts';
import { countTreePages } from './page-tree.ts';
import { PdfSource } from './pdf-source.ts';
import { SourceFile } from './source-file.ts';

/** Reopens what was written: its cross-reference leads to exactly `pages` pages without repair. Rejects with BindFailure `check-failed`. */
export async function checkVolume(path: string, pages: number, bytes: number, pause: () => Promise<void> | null): Promise<void> {
  const file = new SourceFile(path);
  try {
    if (file.size !== bytes) throw new BindFailure('check-failed', `${file.size} bytes on disk, ${bytes} written`);
    const source = PdfSource.open(file, undefined);
    const found = await finishInTurns(countTreePages(source, (num) => beginsAsPage(source, num)), pause);
    if (found !== pages) throw new BindFailure('check-failed', `${found} pages found, ${pages} planned`);
    if (source.repaired) throw new BindFailure('check-failed', 'the cross-reference does not lead to every object');
  } finally {
    file.close();
  }
}

/** As `writePdfPage` and its like begin a page. */
const PAGE_START = '<</Type/Page/';

function beginsAsPage(source: PdfSource, num: number): boolean {
  const raw = source.locate(num);
  return raw !== null && spells(raw.bytes, raw.start, PAGE_START);
}
