import { PDFDocument, type SKRSContext2D } from '@napi-rs/canvas';

/** A PDF that is drawn page by page; fonts are embedded as subsets and stay searchable. */
export interface PdfCanvas {
  /** Ends the page before and begins one; sizes in points. */
  readonly beginPage: (width: number, height: number) => SKRSContext2D;
  readonly pages: () => number;
  /** Bytes of the whole file. */
  readonly close: () => Buffer;
}

/** Whether a context has what the package's own types leave out for PDF pages, though it is the same class. */
const isFullContext = (pen: object): pen is SKRSContext2D => 'drawImage' in pen && 'fillText' in pen;

/** `photos`: pictures without transparency are kept as JPEG of quality 92 instead of without loss, a tenth of the size. */
export function createPdf(producer: string, options: { readonly photos?: boolean } = {}): PdfCanvas {
  const pdf = new PDFDocument({ creator: '创档', producer, encodingQuality: options.photos === true ? 92 : 101 });
  let pages = 0;
  return {
    beginPage: (width, height) => {
      if (pages > 0) pdf.endPage();
      pages += 1;
      const pen = pdf.beginPage(width, height);
      if (!isFullContext(pen)) throw new Error('the canvas cannot draw PDF pages');
      return pen;
    },
    pages: () => pages,
    close: () => {
      if (pages > 0) pdf.endPage();
      return pdf.close();
    },
  };
}
