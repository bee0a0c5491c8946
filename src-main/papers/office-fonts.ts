import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { homedir, platform } from 'node:os';
import path from 'node:path';
import type { FontRole } from '../domain/page-drawing.ts';

/** Fonts that an office may have and that cannot come with the program, by role, the better first. */
const officeFamilies: Partial<Record<FontRole, readonly string[]>> = {
  fangsong: ['仿宋_GB2312', 'FangSong_GB2312', '仿宋', 'FangSong', '方正仿宋_GBK', 'FZFangSong-Z02', '方正仿宋简体', '华文仿宋', 'STFangsong'],
  xiaobiaosong: ['方正小标宋简体', 'FZXiaoBiaoSong-B05S', '方正小标宋_GBK', 'FZXiaoBiaoSong-B05'],
  kai: ['楷体_GB2312', 'KaiTi_GB2312', '楷体', 'KaiTi'],
};

/** A font file of the office that a PDF may embed a subset of. */
export interface OfficeFont {
  readonly role: FontRole;
  readonly family: string;
  readonly file: string;
}

/** Where each system keeps its fonts. */
function listFontFolders(): readonly string[] {
  const home = homedir();
  switch (platform()) {
    case 'win32':
      return [path.join(process.env.WINDIR ?? 'C:\\Windows', 'Fonts'), path.join(process.env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'Microsoft', 'Windows', 'Fonts')];
    case 'darwin':
      return ['/System/Library/Fonts', '/Library/Fonts', path.join(home, 'Library', 'Fonts')];
    default:
      return ['/usr/share/fonts', '/usr/local/share/fonts', path.join(home, '.fonts'), path.join(home, '.local', 'share', 'fonts')];
  }
}

/**
 * The best installed font for each role that the office's own fonts should serve. Only TrueType outlines whose licence flags (OS/2
 * fsType) allow embedding a subset are answered; folders and files that cannot be read are passed over.
 */
export async function findOfficeFonts(folders: readonly string[] = listFontFolders(), families = officeFamilies): Promise<readonly OfficeFont[]> {
  const found: (OfficeFont & { readonly rank: number })[] = [];
  for (const file of (await Promise.all(folders.map((folder) => listFontFiles(folder, 4)))).flat()) {
    const facts = await readFontFacts(file);
    if (facts === undefined || !facts.embeddable) continue;
    for (const [role, names] of Object.entries(families)) {
      const rank = names.findIndex((name) => facts.families.has(name));
      const [family, known] = [names[rank], roles.find((each) => each === role)];
      if (family !== undefined && known !== undefined) found.push({ role: known, family, file, rank });
    }
  }
  return roles.flatMap((role) => {
    const [best] = found.filter((font) => font.role === role).toSorted((a, b) => a.rank - b.rank || (a.file < b.file ? -1 : 1));
    return best === undefined ? [] : [{ role, family: best.family, file: best.file }];
  });
}

const roles: readonly FontRole[] = ['hei', 'song', 'xiaobiaosong', 'kai', 'fangsong'];

/** No Chinese font is smaller. */
const leastBytes = 1_000_000;

async function listFontFiles(folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return depth > 0 ? listFontFiles(file, depth - 1) : [];
      if (!/\.ttf$/iu.test(entry.name)) return [];
      const size = await stat(file).then((facts) => facts.size, () => 0);
      return size >= leastBytes ? [file] : [];
    }),
  );
  return nested.flat().toSorted();
}

interface FontFacts {
  readonly families: ReadonlySet<string>;
  readonly embeddable: boolean;
}

/** Family and full names, and what the licence flags allow; undefined for what is no TrueType font. */
async function readFontFacts(file: string): Promise<FontFacts | undefined> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const head = await readAt(handle, 0, 12);
    const version = head.readUInt32BE(0);
    if (version !== 0x00010000 && version !== 0x74727565) return undefined;
    const directory = await readAt(handle, 12, 16 * head.readUInt16BE(4));
    const tables = new Map<string, { readonly offset: number; readonly length: number }>();
    for (let at = 0; at + 16 <= directory.length; at += 16) {
      tables.set(directory.toString('latin1', at, at + 4), { offset: directory.readUInt32BE(at + 8), length: directory.readUInt32BE(at + 12) });
    }
    const [name, os2] = [tables.get('name'), tables.get('OS/2')];
    if (name === undefined || os2 === undefined || !tables.has('glyf')) return undefined;
    const flags = (await readAt(handle, os2.offset, 10)).readUInt16BE(8);
    return { families: readNames(await readAt(handle, name.offset, Math.min(name.length, 1_000_000))), embeddable: mayEmbedSubset(flags) };
  } catch (error) {
    // A damaged font is none of ours to report: another one or the bundled one serves.
    if (error instanceof RangeError) return undefined;
    throw error;
  } finally {
    await handle.close();
  }
}

/** fsType of OpenType's OS/2 table: 2 alone forbids embedding, 0x100 forbids subsets, 0x200 allows bitmaps only. */
const mayEmbedSubset = (fsType: number): boolean => (fsType & 0x000f) !== 2 && (fsType & 0x0300) === 0;

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, offset);
  return buffer.subarray(0, bytesRead);
}

/** Names 1, 4 and 16 that are stored as UTF-16 (Windows and Unicode platforms). */
function readNames(table: Buffer): ReadonlySet<string> {
  const names = new Set<string>();
  const [count, storage] = [table.readUInt16BE(2), table.readUInt16BE(4)];
  for (let i = 0; i < count; i += 1) {
    const at = 6 + 12 * i;
    const [platformId, nameId] = [table.readUInt16BE(at), table.readUInt16BE(at + 6)];
    if ((platformId !== 3 && platformId !== 0) || ![1, 4, 16].includes(nameId)) continue;
    const start = storage + table.readUInt16BE(at + 10);
    names.add(new TextDecoder('utf-16be').decode(table.subarray(start, start + table.readUInt16BE(at + 8))));
  }
  return names;
}
