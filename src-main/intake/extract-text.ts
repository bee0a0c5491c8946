import { fail, ok, type Result } from '../domain/result.ts';
import type { FileKind } from '../domain/snapshot.ts';
import { readWhole } from './byte-window.ts';
import { decodeText } from './decode-text.ts';
import { normaliseText } from './normalise-text.ts';
import { readDocxText, readXlsxText } from './office-text.ts';
import { withPdf } from './pdf-document.ts';
import { readPdfPageText } from './pdf-text.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import type { PageText } from './worker-protocol.ts';

export interface TextProgress {
  readonly started: (page: number, of: number) => void;
  readonly done: (page: PageText) => void;
}

/** More than the longest yearbook has; beyond it a file is an attack on the index. */
const mostCharacters = 30_000_000;
const longestTextFile = 32 * 1048576;

/**
 * Text of a file, page by page in order, handed to `progress` as it is found. Kinds without pages of their own (TXT, DOCX, XLSX)
 * give one page. `until` is a moment in `Date.now()` milliseconds after which the rest is left out.
 */
export async function extractText(
  task: { readonly path: string; readonly fileKind: FileKind; readonly fromPage: number; readonly until: number },
  progress: TextProgress,
): Promise<Result<{ readonly truncated: boolean }, IntakeTrouble>> {
  const single = (text: string): Result<{ readonly truncated: boolean }, IntakeTrouble> => {
    progress.done({ page: 1, text: normaliseText(text).slice(0, mostCharacters), items: [] });
    return ok({ truncated: text.length > mostCharacters });
  };
  switch (task.fileKind) {
    case 'pdf':
      return withPdf<{ readonly truncated: boolean }>(task.path, async (pdf) => {
        let characters = 0;
        for (let number = task.fromPage; number <= pdf.numPages; number += 1) {
          if (Date.now() > task.until || characters > mostCharacters) return ok({ truncated: true });
          progress.started(number, pdf.numPages);
          const page = await readPage(() => readPdfPageText(pdf, number));
          if (page === undefined) continue;
          characters += page.text.length;
          progress.done(page);
        }
        return ok({ truncated: false });
      });
    case 'txt': {
      const bytes = await readWhole(task.path, longestTextFile);
      if (!bytes.ok) return bytes;
      const decoded = decodeText(bytes.value);
      return decoded === undefined ? fail(trouble('file-damaged', '文本的编码无法辨认，请另存为 UTF-8 后再导入。')) : single(decoded.text);
    }
    case 'docx':
    case 'xlsx': {
      const text = await (task.fileKind === 'docx' ? readDocxText(task.path) : readXlsxText(task.path));
      return text.ok ? single(text.value) : text;
    }
    default:
      return ok({ truncated: false });
  }
}

/** One broken page costs its own text, not the document's. */
async function readPage(read: () => Promise<PageText>): Promise<PageText | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}
