import { fail, type Result } from '../domain/result.ts';
import { withFile, type ByteWindow } from './byte-window.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import { decodeXml, XmlDamaged, XmlForbidden } from './xml-scan.ts';
import { readZipDirectory, readZipEntry, ZipTrouble } from './zip-directory.ts';

/** Parts of a ZIP package (OOXML, OFD) by name; names are keys here, never paths on a disk. */
export interface Package {
  readonly names: readonly string[];
  readonly bytes: (name: string) => Promise<Uint8Array | undefined>;
  readonly xml: (name: string) => Promise<string | undefined>;
}

const largestPart = 128 * 1048576;
const largestXml = 64 * 1048576;
/** All that one file may unpack to, counted over every read. */
const largestPackage = 768 * 1048576;

/** Opens a package and hands it to `use`; a bomb, a broken part or a document type in its XML come back as trouble. */
export async function withPackage<Value>(path: string, use: (parts: Package) => Promise<Result<Value, IntakeTrouble>>): Promise<Result<Value, IntakeTrouble>> {
  return withFile(path, (file) => openPackage(file, use));
}

/** The same for a package that lies within another file. */
export async function openPackage<Value>(file: ByteWindow, use: (parts: Package) => Promise<Result<Value, IntakeTrouble>>): Promise<Result<Value, IntakeTrouble>> {
  try {
    const entries = await readZipDirectory(file);
    if (entries === undefined) return fail(trouble('file-damaged', '文件不完整，请向提供单位索取完整文件。'));
    const byName = new Map(entries.map((entry) => [normalisePartName(entry.name), entry]));
    let left = largestPackage;
    const read = async (name: string, limit: number): Promise<Uint8Array | undefined> => {
      const entry = byName.get(normalisePartName(name));
      if (entry === undefined) return undefined;
      const bytes = await readZipEntry(file, entry, Math.min(limit, left));
      left -= bytes.length;
      return bytes;
    };
    return await use({
      names: [...byName.keys()],
      bytes: (name) => read(name, largestPart),
      xml: async (name) => {
        const bytes = await read(name, largestXml);
        return bytes === undefined ? undefined : decodeXml(bytes);
      },
    });
  } catch (error) {
    if (error instanceof XmlForbidden) return fail(trouble('file-damaged', '文件里的 XML 声明了自定义实体，正常的办公软件不会这样写，可能是恶意文件，已拒绝。'));
    if (error instanceof XmlDamaged) return fail(trouble('file-damaged', '文件内部的 XML 已损坏，请重新导出后再导入。'));
    if (error instanceof ZipTrouble) {
      return fail(error.reason === 'too-large' ? trouble('file-too-large', '压缩内容展开后异常巨大，可能是恶意文件，已拒绝。') : trouble('file-damaged', '文件的压缩结构已损坏，请重新导出后再导入。'));
    }
    throw error;
  }
}

/** `/Doc_0/./Pages//Page_0/Content.xml` and `Doc_0\Pages\…` name the same part; `..` stays inside the package. */
export function normalisePartName(name: string): string {
  const parts: string[] = [];
  for (const part of name.replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/').toLowerCase();
}
