import { fail, type Result } from '../domain/result.ts';
import type { FileKind } from '../domain/snapshot.ts';
import type { ConversionFonts } from './ofd/font-shelf.ts';
import { drawFlow } from './flow/draw-flow.ts';
import { readDocxFlow } from './flow/docx-flow.ts';
import { readXlsxFlow } from './flow/xlsx-flow.ts';
import { convertHeic } from './heic-picture.ts';
import { convertOfd } from './ofd/ofd-to-pdf.ts';
import { convertPicture, convertTiff } from './picture-to-pdf.ts';
import { convertText } from './text-to-pdf.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import type { Conversion } from './worker-protocol.ts';

/** Makes a PDF of a file that needs no office program; runs in the worker, which is killed when the file is too much for it. */
export async function convertInWorker(task: { readonly path: string; readonly fileKind: FileKind; readonly out: string; readonly fonts: ConversionFonts }): Promise<Result<Conversion, IntakeTrouble>> {
  switch (task.fileKind) {
    case 'ofd':
      return convertOfd(task.path, task.out, task.fonts);
    case 'docx':
    case 'xlsx': {
      const document = await (task.fileKind === 'docx' ? readDocxFlow(task.path) : readXlsxFlow(task.path));
      return document.ok ? drawFlow(document.value, task.out, task.fonts) : document;
    }
    case 'txt':
      return convertText(task.path, task.out, task.fonts);
    case 'webp':
    case 'bmp':
      return convertPicture(task.path, task.out);
    case 'heic':
      return convertHeic(task.path, task.out);
    case 'tiff':
      return convertTiff(task.path, task.out);
    default:
      return fail(trouble('file-unsupported', `这类文件（${task.fileKind}）不能在这里转换，请用原程序打印为 PDF 后再导入。`));
  }
}
