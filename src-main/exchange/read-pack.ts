import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import type { RowState } from '../archive/index.ts';
import { parseHistoryText } from './field-history.ts';
import type { Histories } from './field-history.ts';
import { HISTORIES_ENTRY, MANIFEST_ENTRY, PACK_FORMAT, PACK_VERSION, ROWS_ENTRY, SEAL, VERSION_WITHOUT_HISTORIES, packManifestSchema, sha256Of } from './pack-manifest.ts';
import type { PackEntry, PackManifest } from './pack-manifest.ts';
import { PackFault } from './pack-trouble.ts';
import { parseRowText } from './row-lines.ts';
import { openZip, readEntry } from './zip-reader.ts';
import type { OpenZip, ZipEntry } from './zip-reader.ts';

const MIB = 1_048_576;
const limits = { entries: 250_000, bytes: 2 ** 42 };
const largestManifest = 128 * MIB;
const largestRows = 512 * MIB;
/** What a pack may hold beside objects and rows: papers at its top. */
const paperName = /^[^/]{1,120}\.(?:txt|docx|pdf|xlsx)$/u;
const objectName = /^objects\/[0-9a-f]{64}$/u;
const derivedName = /^derived\/[a-z0-9][a-z0-9-]{0,30}\/[A-Za-z0-9][A-Za-z0-9._-]{0,180}$/u;

/** A pack that was opened and whose directory, manifest and rows were found to be as they were written. */
export interface OpenPack {
  readonly path: string;
  readonly manifest: PackManifest;
  readonly digest: string;
  readonly rows: RowState;
  readonly rowText: string;
  /** Null in packs of a version that told none. */
  readonly histories: Histories | null;
  /** Objects by hash, conversions by their name in `derived/`. */
  readonly objects: ReadonlyMap<string, PackEntry>;
  readonly derived: ReadonlyMap<string, PackEntry>;
  /** Bytes of an entry; whoever reads them compares the hash. */
  readonly read: (entry: PackEntry) => Promise<AsyncIterable<Uint8Array>>;
  readonly close: () => void;
}

const refusal = (path: string) => ({
  changed: (detail: string): PackFault => new PackFault({ code: 'pack-changed', path, detail }),
  notAPack: (detail: string): PackFault => new PackFault({ code: 'pack-not-a-pack', path, detail }),
});

const parseManifest = (path: string, bytes: Buffer): PackManifest => {
  const { changed, notAPack } = refusal(path);
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw changed('清单读不出来');
  }
  // Asked before the rest: a later format may look otherwise.
  if (typeof json === 'object' && json !== null && 'format' in json && json.format === PACK_FORMAT && 'version' in json && typeof json.version === 'number' && json.version > PACK_VERSION) {
    throw new PackFault({ code: 'pack-newer', path, detail: `任务包格式${json.version}，本程序支持到${PACK_VERSION}` });
  }
  const parsed = packManifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw typeof json === 'object' && json !== null && 'format' in json && json.format === PACK_FORMAT ? changed('清单的内容不完整') : notAPack('压缩文件里没有任务包的清单');
};

/** Every entry is in the manifest and the other way round, and each has the size that was promised. */
const compareEntries = (path: string, zip: OpenZip, manifest: PackManifest): void => {
  const { changed } = refusal(path);
  const listed = new Set(manifest.entries.map((entry) => entry.path));
  for (const name of zip.entries.keys()) if (name !== 'mimetype' && name !== MANIFEST_ENTRY && !listed.has(name)) throw changed(`多出了清单里没有的“${name.slice(0, 60)}”`);
  for (const { path: name, bytes } of manifest.entries) {
    const found = zip.entries.get(name);
    if (found === undefined) throw changed(`缺少“${name.slice(0, 60)}”`);
    if (found.bytes !== bytes) throw changed(`“${name.slice(0, 60)}”的大小与清单不符`);
    if (name !== ROWS_ENTRY && name !== HISTORIES_ENTRY && !paperName.test(name) && !objectName.test(name) && !derivedName.test(name)) throw changed(`清单里有不属于任务包的“${name.slice(0, 60)}”`);
  }
};

const entryOf = (path: string, zip: OpenZip, name: string): ZipEntry => {
  const entry = zip.entries.get(name);
  if (entry === undefined) throw refusal(path).changed(`缺少“${name}”`);
  return entry;
};

/**
 * Opens a pack and judges it before anything is taken from it: shape, names, manifest against its seal, entries against the manifest,
 * the rows' own hash. Objects are compared as they are read. Throws `PackFault`, or what the file system throws.
 */
export const openPack = async (path: string): Promise<OpenPack> => {
  const found = await lstat(path);
  const { changed, notAPack } = refusal(path);
  if (!found.isFile()) throw notAPack(found.isSymbolicLink() ? '这是快捷方式或链接，请选择任务包文件本身' : '不是文件');
  const zip = await openZip(path, limits);
  try {
    const manifestEntry = zip.entries.get(MANIFEST_ENTRY);
    if (manifestEntry === undefined || manifestEntry.bytes > largestManifest) throw notAPack('压缩文件里没有任务包的清单');
    const manifestBytes = await readEntry(zip, manifestEntry, largestManifest).catch((error: unknown) => {
      throw readingFault(path, MANIFEST_ENTRY, error);
    });
    const manifest = parseManifest(path, manifestBytes);
    const digest = sha256Of(manifestBytes);
    if (zip.comment !== `${SEAL}${digest}`) throw changed('清单与封签不符');
    compareEntries(path, zip, manifest);
    const readText = async (name: string): Promise<string> => {
      const listed = manifest.entries.find((entry) => entry.path === name);
      if (listed === undefined) throw changed('清单里没有登记数据');
      const bytes = await readEntry(zip, entryOf(path, zip, name), largestRows).catch((error: unknown) => {
        throw readingFault(path, name, error);
      });
      if (sha256Of(bytes) !== listed.sha256) throw changed('登记数据与清单不符');
      return bytes.toString('utf8');
    };
    const rowText = await readText(ROWS_ENTRY);
    const historyText = manifest.version === VERSION_WITHOUT_HISTORIES ? null : await readText(HISTORIES_ENTRY);
    let rows: RowState;
    let histories: Histories | null;
    try {
      rows = parseRowText(rowText);
      histories = historyText === null ? null : parseHistoryText(historyText);
    } catch (error) {
      throw changed(`登记数据有误（${error instanceof Error ? error.message : String(error)}）`);
    }
    const named = (prefix: string): ReadonlyMap<string, PackEntry> => new Map(manifest.entries.filter((entry) => entry.path.startsWith(prefix)).map((entry) => [entry.path.slice(prefix.length), entry]));
    return {
      path, manifest, digest, rows, rowText, histories,
      objects: named('objects/'),
      derived: named('derived/'),
      read: (entry) => zip.read(entryOf(path, zip, entry.path)),
      close: zip.close,
    };
  } catch (error) {
    zip.close();
    throw error;
  }
};

const driveCodes = new Set(['EIO', 'ENODEV', 'ENXIO', 'ESTALE', 'EBADF']);

/** A drive that goes is told as such; every other trouble of an entry means that it is not as it was written. */
export const readingFault = (path: string, name: string, error: unknown): unknown => {
  if (error instanceof PackFault) return error;
  if (error instanceof Error && (error.name === 'AbortError' || ('code' in error && typeof error.code === 'string' && driveCodes.has(error.code)))) return error;
  return refusal(path).changed(`“${name.slice(0, 60)}”读不出来（${error instanceof Error ? error.message : String(error)}）`);
};

/** Reads every entry and compares its hash: what a receipt vouches for. Throws as `openPack` does. */
export const verifyPackBodies = async (pack: OpenPack, signal?: AbortSignal): Promise<void> => {
  for (const entry of pack.manifest.entries) {
    const hash = createHash('sha256');
    try {
      for await (const piece of await pack.read(entry)) {
        signal?.throwIfAborted();
        hash.update(piece);
      }
    } catch (error) {
      throw readingFault(pack.path, entry.path, error);
    }
    if (hash.digest('hex') !== entry.sha256) throw refusal(pack.path).changed(`“${entry.path.slice(0, 60)}”的内容与清单不符`);
  }
};
