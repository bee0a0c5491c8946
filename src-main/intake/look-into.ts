import type { FileKind } from '../domain/snapshot.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { ImageFacts } from './image-header.ts';
import { recognise, type Recognised } from './recognise.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';

/** What a file is and how many pages it fills. */
export interface LookedInto {
  readonly kind: Exclude<FileKind, 'unknown'>;
  /** Pages as bound; 0 where a conversion must tell (`needsConversion`). */
  readonly pages: number;
  readonly bytes: number;
  readonly misnamed: boolean;
  readonly variant: string;
  readonly image: ImageFacts | null;
  /** Cannot be bound as it is: a PDF must be made of it first (`WorkerPool.convert`, `OfficeConverter`). */
  readonly needsConversion: boolean;
}

export interface LookOptions {
  /**
   * Page count of a PDF or TIFF by whoever will bind it, so that both agree. Trouble is the binder's, as this room's value.
   */
  readonly inspectBindable: (path: string) => Result<{ readonly pages: number }, IntakeTrouble>;
  /** Kinds that a conversion can be made of here and now; others are refused with what to do. */
  readonly convertible?: ReadonlySet<FileKind>;
}

/** Kinds that the binder takes as they are. TIFF only as far as its compression allows; the others are asked for a conversion. */
export const bindableKinds: ReadonlySet<FileKind> = new Set(['pdf', 'jpeg', 'png', 'tiff']);

/** Kinds of which `WorkerPool.convert` makes a PDF without any office program. */
export const convertedHere: ReadonlySet<FileKind> = new Set(['ofd', 'txt', 'webp', 'bmp', 'tiff', 'heic']);

/** Kinds of which it makes pages that say the same but break otherwise (近似转换): for offices without an office program. */
export const approximatedHere: ReadonlySet<FileKind> = new Set(['docx', 'xlsx']);

/**
 * Recognises a file and counts its pages. Refuses, with the reason and what to do, whatever can neither be bound nor converted.
 *
 * @example
 * const seen = await lookInto('通知.pdf', { inspectBindable });
 * if (!seen.ok) console.log(seen.error.error, seen.error.message);
 */
export async function lookInto(path: string, options: LookOptions): Promise<Result<LookedInto, IntakeTrouble>> {
  const seen = await recognise(path);
  if (!seen.ok) return seen;
  const { kind, bytes, misnamed, variant, image } = seen.value;
  const described = { kind, bytes, misnamed, variant, image };
  const convertible = options.convertible?.has(kind) === true;
  if (bindableKinds.has(kind)) {
    const inspected = options.inspectBindable(path);
    if (inspected.ok) return inspected.value.pages > 0 ? ok({ ...described, pages: inspected.value.pages, needsConversion: false }) : fail(trouble('file-no-pages', '文件里一页也没有，请向提供单位索取完整文件。'));
    // What bears a PDF's objects but not its first line is a broken PDF, not a strange kind.
    if (kind === 'pdf' && inspected.error.error === 'file-unsupported') return fail(trouble('file-damaged', 'PDF 的文件头已损坏，请重新导出、扫描或向提供单位索取完整文件。'));
    if (inspected.error.error !== 'file-unsupported' || !convertible) return fail(inspected.error);
  }
  return convertible ? ok({ ...described, pages: 0, needsConversion: true }) : fail(refusal(seen.value));
}

function refusal({ kind, variant }: Recognised): IntakeTrouble {
  switch (kind) {
    case 'docx':
    case 'doc':
      return trouble('file-unsupported', '这是文字文档，本机没有可用的办公软件来转换，请用 WPS 或 Word 另存为 PDF 后再导入。');
    case 'xlsx':
    case 'xls':
      return trouble('file-unsupported', '这是电子表格，本机没有可用的办公软件来转换，请用 WPS 或 Excel 打印为 PDF 后再导入。');
    case 'ppt':
      return trouble('file-unsupported', '这是演示文稿，请用办公软件另存为 PDF 后再导入。');
    case 'ofd':
      return trouble('file-unsupported', '这是 OFD 版式文件，请用 OFD 阅读器打印或导出为 PDF 后再导入。');
    case 'heic':
      return trouble('file-unsupported', '这是手机的 HEIC 照片，请另存为 JPEG 后再导入（手机相机设置里可改为“兼容性最佳”）。');
    case 'txt':
      return trouble('file-unsupported', '这是纯文本，请用办公软件排版并另存为 PDF 后再导入。');
    case 'tiff':
    case 'webp':
    case 'bmp':
      return trouble('file-unsupported', `这种 ${kind.toUpperCase()} 图像不能直接装订，请另存为 PNG、JPEG 或 PDF 后再导入。`);
    case 'pdf':
    case 'jpeg':
    case 'png':
      return trouble('file-unsupported', `这种 ${kind.toUpperCase()} 文件${variant === '' ? '' : `（${variant}）`}不能装订，请重新导出后再导入。`);
    default:
      return kind satisfies never;
  }
}
