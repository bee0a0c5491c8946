import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useState } from 'react';
import { openPdf } from './pdf-source.ts';

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

export type PdfState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'ready'; readonly pdf: PDFDocumentProxy; /** Of page 1, points, as its /Rotate shows it. */ readonly firstPage: PageSize }
  | { readonly kind: 'trouble'; readonly text: string };

function explainTrouble(error: unknown): string {
  if (error instanceof Error && error.name === 'PasswordException') return '这份PDF有打开密码，不能预览。请向提供单位索取不加密的文件。';
  if (error instanceof Error && error.name === 'InvalidPDFException') return '这份PDF已损坏，读不出页面。请向提供单位索取完整文件后重新导入。';
  return '这份文件读不出来。请检查磁盘是否断开，或在“设置—核验”中核验档案库。';
}

/** Opens the PDF at `url` and closes it when it is no longer looked at. */
export function usePdf(url: string): PdfState {
  const [opened, setOpened] = useState<{ readonly url: string; readonly state: PdfState }>({ url, state: { kind: 'reading' } });
  useEffect(() => {
    let wanted = true;
    let close = (): void => undefined;
    const tell = (state: PdfState): void => {
      if (wanted) setOpened({ url, state });
    };
    const read = async (): Promise<void> => {
      try {
        const task = await openPdf(url, (error) => tell({ kind: 'trouble', text: explainTrouble(error) }));
        // A document that is closed while it is still being opened makes pdf.js fail in its worker: it is let open first.
        const destroy = (): void => void task.destroy();
        close = () => void task.promise.then(destroy, destroy);
        if (!wanted) return close();
        const pdf = await task.promise;
        const { width, height } = (await pdf.getPage(1)).getViewport({ scale: 1 });
        tell({ kind: 'ready', pdf, firstPage: { width, height } });
      } catch (error) {
        tell({ kind: 'trouble', text: explainTrouble(error) });
      }
    };
    void read();
    return () => {
      wanted = false;
      close();
    };
  }, [url]);
  return opened.url === url ? opened.state : { kind: 'reading' };
}
