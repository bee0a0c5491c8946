import { fail, type Result } from '../domain/result.ts';
import type { FileKind } from '../domain/snapshot.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import type { Conversion } from './worker-protocol.ts';

/** Makes a PDF of a file; runs in the worker. */
export async function convertInWorker(task: { readonly path: string; readonly fileKind: FileKind; readonly out: string; readonly fonts: readonly string[] }): Promise<Result<Conversion, IntakeTrouble>> {
  return fail(trouble('file-unsupported', `${task.fileKind} 不能转换，请用原程序打印为 PDF 后再导入。`));
}
