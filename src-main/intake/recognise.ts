import { extname } from 'node:path';
import type { FileKind } from '../domain/snapshot.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { withFile, type ByteWindow } from './byte-window.ts';
import { readCompoundFile, type CompoundEntry } from './compound-file.ts';
import { decodeText } from './decode-text.ts';
import { readBmpHeader, readJpegHeader, readPngHeader, readWebpHeader, type ImageFacts } from './image-header.ts';
import { nameForeignFormat } from './foreign-formats.ts';
import { readTiffPages, type TiffPage } from './tiff-header.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import { readZipDirectory, readZipEntry, ZipTrouble, type ZipEntry } from './zip-directory.ts';

/** What a file is, judged by its bytes alone. */
export interface Recognised {
  readonly kind: Exclude<FileKind, 'unknown'>;
  readonly bytes: number;
  /** For images whose header could be read. */
  readonly image: ImageFacts | null;
  /** For TIFF. */
  readonly tiffPages: readonly TiffPage[];
  /** Finer than `kind`: `pptx` among ppt, macro-enabled or template forms, the encoding of a text. Empty where there is none. */
  readonly variant: string;
  /** The name ends in an extension that belongs to another kind. */
  readonly misnamed: boolean;
}

const headLength = 65_536;
/** JPEG headers may hold an embedded preview and colour profiles before the frame. */
const longestJpegHeader = 4 * 1048576;
const longestText = 32 * 1048576;

const extensions: Readonly<Record<Exclude<FileKind, 'unknown'>, readonly string[]>> = {
  pdf: ['.pdf'],
  jpeg: ['.jpg', '.jpeg', '.jpe', '.jfif'],
  png: ['.png'],
  tiff: ['.tif', '.tiff'],
  webp: ['.webp'],
  bmp: ['.bmp', '.dib'],
  heic: ['.heic', '.heif', '.hif'],
  docx: ['.docx', '.docm', '.dotx', '.dotm'],
  xlsx: ['.xlsx', '.xlsm', '.xltx', '.xltm'],
  doc: ['.doc', '.dot', '.wps', '.wpt'],
  xls: ['.xls', '.xlt', '.et', '.ett'],
  ppt: ['.ppt', '.pptx', '.pps', '.ppsx', '.dps', '.pptm', '.potx'],
  ofd: ['.ofd'],
  txt: ['.txt', '.text', '.csv', '.log', '.md', '.tsv'],
};
/** Extensions of kinds that are never plain text: such a file with nothing but text in it is a failed download or a damaged copy. */
const binaryExtensions = new Set(Object.entries(extensions).flatMap(([kind, names]) => (kind === 'txt' ? [] : names)));

/**
 * Tells a file's kind by its content, never by its name. Refuses what is empty, encrypted, damaged beyond its header, or no kind
 * of evidence, each with its reason. The file is opened once, links are not followed.
 *
 * @example
 * const seen = await recognise('通知.docx');
 * if (seen.ok && seen.value.misnamed) console.log(`其实是 ${seen.value.kind}`);
 */
export async function recognise(path: string): Promise<Result<Recognised, IntakeTrouble>> {
  return withFile(path, async (file) => {
    if (file.size === 0) return fail(trouble('file-empty', '文件是空的（0 字节），请向提供单位索取完整文件。'));
    const head = await file.read(0, headLength);
    const extension = extname(path).toLowerCase();
    const seen = await recogniseContent(file, head, extension);
    return seen.ok ? ok({ ...seen.value, misnamed: extension !== '' && !extensions[seen.value.kind].includes(extension) }) : seen;
  });
}

type Seen = Omit<Recognised, 'misnamed'>;
type Answer = Result<Seen, IntakeTrouble>;

const damaged = (what: string): Answer => fail(trouble('file-damaged', `${what}，请重新导出、扫描或向提供单位索取完整文件。`));

async function recogniseContent(file: ByteWindow, head: Uint8Array, extension: string): Promise<Answer> {
  const latin = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
  const seen = (kind: Seen['kind'], more: Partial<Seen> = {}): Answer => ok({ kind, bytes: file.size, image: null, tiffPages: [], variant: '', ...more });
  if (latin.startsWith('\xff\xd8\xff')) return seenImage(seen, 'jpeg', await readLongJpegHeader(file, head), await hasEnd(file, '\xff\xd9', 65_536));
  if (latin.startsWith('\x89PNG\r\n\x1a\n')) return seenImage(seen, 'png', readPngHeader(head), await hasEnd(file, 'IEND', 65_536));
  if (latin.startsWith('II*\0') || latin.startsWith('MM\0*')) {
    const tiffPages = await readTiffPages(file);
    if (tiffPages === undefined) return damaged('TIFF 图像的目录不完整');
    return tiffPages.length === 0 ? fail(trouble('file-no-pages', 'TIFF 文件里没有图像。')) : seen('tiff', { tiffPages });
  }
  if (latin.startsWith('RIFF') && latin.startsWith('WEBP', 8)) return seenImage(seen, 'webp', readWebpHeader(head), true);
  if (latin.startsWith('BM') && head.length >= 26 && [12, 40, 52, 56, 64, 108, 124].includes(head[14] ?? 0)) return seenImage(seen, 'bmp', readBmpHeader(head), true);
  if (latin.startsWith('ftyp', 4) && /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)/u.test(latin.slice(8, 12)) && !latin.slice(8, 64).includes('avif')) return seen('heic');
  if (latin.startsWith('PK\x03\x04') || latin.startsWith('PK\x05\x06')) return recogniseZip(file, seen);
  if (latin.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return recogniseCompound(file, seen);
  const foreign = nameForeignFormat(latin);
  if (foreign !== undefined && !latin.slice(0, 1024).includes('%PDF-')) return fail(trouble('file-unsupported', foreign));
  // Readers accept a PDF header anywhere in the first kilobyte; scanners and mail gateways put bytes before it.
  if (latin.slice(0, 1032).includes('%PDF-')) return seen('pdf');
  if (/\d+ \d+ obj\b/u.test(latin) && /endobj|trailer|startxref/u.test(latin) && extension === '.pdf') return seen('pdf', { variant: 'headless' });
  return recogniseText(file, extension, seen);
}

type See = (kind: Seen['kind'], more?: Partial<Seen>) => Answer;

function seenImage(seen: See, kind: Seen['kind'], image: ImageFacts | undefined, whole: boolean): Answer {
  if (image === undefined) return damaged('图像的文件头已损坏');
  if (!whole) return damaged('图像不完整，后半部分缺失');
  if (image.width * image.height > 1_000_000_000 || image.width > 65_535 || image.height > 65_535) {
    return fail(trouble('file-too-large', `图像有 ${image.width} × ${image.height} 像素，超过能处理的上限，请缩小后再导入。`));
  }
  return seen(kind, { image });
}

async function readLongJpegHeader(file: ByteWindow, head: Uint8Array): Promise<ImageFacts | undefined> {
  return readJpegHeader(head) ?? (file.size > head.length ? readJpegHeader(await file.read(0, longestJpegHeader)) : undefined);
}

/** Whether the end mark stands in the last bytes; cameras and editors may add some after it. */
async function hasEnd(file: ByteWindow, mark: string, within: number): Promise<boolean> {
  const from = Math.max(0, file.size - within);
  const tail = await file.read(from, within);
  return Buffer.from(tail.buffer, tail.byteOffset, tail.length).includes(Buffer.from(mark, 'latin1'));
}

async function recogniseZip(file: ByteWindow, seen: See): Promise<Answer> {
  let entries: readonly ZipEntry[] | undefined;
  try {
    entries = await readZipDirectory(file);
    if (entries === undefined) return damaged('文件不完整（压缩结构的末尾缺失）');
    if (entries.length === 0) return file.size > 22 ? damaged('压缩结构已损坏') : fail(trouble('file-empty', '压缩包里没有任何文件。'));
    const find = (name: string): ZipEntry | undefined => entries?.find((entry) => entry.name.replaceAll('\\', '/').replace(/^\//u, '').toLowerCase() === name);
    const ofd = find('ofd.xml');
    if (ofd !== undefined) return ofd.encrypted ? encrypted() : seen('ofd');
    if (find('encryptions.xml') !== undefined) return encrypted();
    const types = find('[content_types].xml');
    if (types !== undefined) {
      if (types.encrypted) return encrypted();
      const text = new TextDecoder().decode(await readZipEntry(file, types, 4 * 1048576)).toLowerCase();
      const macro = text.includes('macroenabled') ? 'macro' : '';
      if (/wordprocessingml\.(document|template)\.main|ms-word\.(document|template)/u.test(text)) return seen('docx', { variant: macro });
      if (/spreadsheetml\.(sheet|template)\.main|ms-excel\.(sheet|template)/u.test(text)) return seen('xlsx', { variant: macro });
      if (/presentationml\.(presentation|slideshow|template)\.main|ms-powerpoint/u.test(text)) return seen('ppt', { variant: 'pptx' });
      if (find('word/document.xml') !== undefined) return seen('docx');
      if (find('xl/workbook.xml') !== undefined) return seen('xlsx');
      return damaged('办公文档缺少正文部分');
    }
    if (find('mimetype') !== undefined && find('content.xml') !== undefined) return fail(trouble('file-unsupported', '这是 OpenDocument 文档（ODT/ODS），请用办公软件另存为 PDF 或 DOCX 后再导入。'));
    if (find('word/document.xml') !== undefined || find('xl/workbook.xml') !== undefined) return damaged('办公文档缺少目录部分');
    return fail(trouble('file-unsupported', '这是压缩包，请先解压，再导入里面的文件。'));
  } catch (error) {
    if (!(error instanceof ZipTrouble)) throw error;
    return error.reason === 'too-large' ? fail(trouble('file-too-large', '压缩内容展开后异常巨大，可能是恶意文件，已拒绝。')) : damaged('压缩结构已损坏');
  }
}

const encrypted = (): Answer => fail(trouble('file-encrypted', '文件有打开密码，请索取密码后另存为不加密的文件，或请提供单位重新提供。'));

async function recogniseCompound(file: ByteWindow, seen: See): Promise<Answer> {
  const entries = await readCompoundFile(file);
  if (entries === undefined) return damaged('旧版办公文档的目录已损坏');
  const find = (...names: readonly string[]): CompoundEntry | undefined => entries.find((entry) => names.includes(entry.name));
  if (find('EncryptedPackage') !== undefined) return encrypted();
  const word = find('WordDocument');
  if (word !== undefined) return (((word.head[11] ?? 0) & 1) !== 0 ? encrypted() : seen('doc'));
  const sheet = find('Workbook', 'Book', 'ETExtData');
  if (sheet !== undefined) return hasFilePass(sheet.head) ? encrypted() : seen('xls');
  if (find('PowerPoint Document') !== undefined) return find('EncryptedSummary') === undefined ? seen('ppt') : encrypted();
  if (entries.some((entry) => entry.name.startsWith('__substg1.0_'))) return fail(trouble('file-unsupported', '这是 Outlook 邮件，请打印为 PDF，附件另存后再导入。'));
  return fail(trouble('file-unsupported', '这种旧格式文件不能作为材料，请打印为 PDF 后再导入。'));
}

/** A BIFF stream begins with BOF; record 0x2F right behind it says that all else is encrypted. */
function hasFilePass(head: Uint8Array): boolean {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 0, records = 0; at + 4 <= head.length && records < 12; records += 1) {
    const type = view.getUint16(at, true);
    if (type === 0x2f) return true;
    at += 4 + view.getUint16(at + 2, true);
  }
  return false;
}

async function recogniseText(file: ByteWindow, extension: string, seen: See): Promise<Answer> {
  const unknown = (): Answer => fail(trouble('file-unsupported', '认不出这是什么文件，请转换为 PDF、JPEG 或 PNG 后再导入。'));
  if (file.size > longestText) return binaryExtensions.has(extension) ? damaged(`名为 ${extension}，内容却不是这种文件`) : unknown();
  const decoded = decodeText(await file.read(0, file.size));
  if (binaryExtensions.has(extension)) return damaged(`名为 ${extension}，内容却不是这种文件`);
  if (decoded === undefined) return unknown();
  if (decoded.text.trim() === '') return fail(trouble('file-empty', '文本文件里没有文字。'));
  if (/^\s*(<!doctype html|<html[\s>])/iu.test(decoded.text)) return fail(trouble('file-unsupported', '这是保存下来的网页，请在浏览器里打印为 PDF（带网址和日期）后再导入。'));
  return seen('txt', { variant: decoded.encoding });
}
