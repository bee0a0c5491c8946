import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getDocument, PasswordException, VerbosityLevel, type PDFDocumentLoadingTask, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { fail, type Result } from '../domain/result.ts';
import { teachPdfPictures } from './pdf-pictures.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';

/** Largest picture that is decoded; A3 at 600 dpi has 70 million. */
const mostPixels = 80_000_000;

/**
 * How every PDF is opened for reading: no script of the document runs, no font is installed, character maps and stand-in fonts come
 * from the package's own files, pictures are bounded.
 */
export function openPdf(source: string | Uint8Array): PDFDocumentLoadingTask {
  teachPdfPictures();
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const within = (name: string): string => join(folder, name) + sep;
  return getDocument({
    ...(typeof source === 'string' ? { url: pathToFileURL(source).href } : { data: source }),
    cMapUrl: within('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: within('standard_fonts'),
    wasmUrl: within('wasm'),
    iccUrl: within('iccs'),
    isImageDecoderSupported: true,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    disableAutoFetch: true,
    disableStream: true,
    stopAtErrors: false,
    maxImageSize: mostPixels,
    canvasMaxAreaInBytes: mostPixels * 4,
    verbosity: VerbosityLevel.ERRORS,
  });
}

/** Opens a PDF, a file's path or its bytes, for reading text and drawing pages, hands it to `use` and closes it. Runs in the worker process only. */
export async function withPdf<Value>(source: string | Uint8Array, use: (pdf: PDFDocumentProxy) => Promise<Result<Value, IntakeTrouble>>): Promise<Result<Value, IntakeTrouble>> {
  const loading = openPdf(source);
  try {
    const pdf = await loading.promise;
    if (pdf.numPages === 0) return fail(trouble('file-no-pages', '文件里一页也没有，请向提供单位索取完整文件。'));
    return await use(pdf);
  } catch (error) {
    if (error instanceof PasswordException) return fail(trouble('file-encrypted', '文件有打开密码，请索取密码后另存为不加密的文件。'));
    return fail(trouble('file-damaged', `PDF 无法解读（${error instanceof Error ? error.message.slice(0, 80) : '原因不明'}），请重新导出或扫描。`));
  } finally {
    await loading.destroy();
  }
}
