import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { collisionKey } from './entry-names.ts';
import { decodeTagFile, readDeclaration, readFetch, readManifest, readTags, whyOutside } from './bag-tags.ts';
import type { ManifestLine } from './bag-tags.ts';

/** What a bag is by RFC 8493 §3: complete where all is there, valid where every checksum holds as well. */
export interface BagReport {
  readonly valid: boolean;
  readonly complete: boolean;
  /** What is wrong, in Chinese, by file. */
  readonly errors: readonly BagRemark[];
  /** What is allowed but unwise: weak sums, names that other systems take for one. */
  readonly warnings: readonly BagRemark[];
  readonly files: number;
  readonly bytes: number;
}

export interface BagRemark {
  readonly path: string;
  readonly message: string;
}

export interface VerifyBagOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

const algorithms: Readonly<Record<string, string>> = { md5: 'md5', sha1: 'sha1', sha224: 'sha224', sha256: 'sha256', sha384: 'sha384', sha512: 'sha512' };
const weak = new Set(['md5', 'sha1']);
const MIB = 1_048_576;
const largestTagFile = 512 * MIB;
const deepest = 100;

interface BagFile {
  readonly path: string;
  readonly bytes: number;
}

interface Found {
  readonly files: ReadonlyMap<string, BagFile>;
  readonly folders: ReadonlySet<string>;
  /** Links, devices, pipes: never opened. */
  readonly special: readonly string[];
}

const walkBag = async (root: string): Promise<Found> => {
  const files = new Map<string, BagFile>();
  const folders = new Set<string>();
  const special: string[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    for (const entry of (await readdir(join(root, folder), { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const stat = await lstat(join(root, path));
      if (stat.isDirectory() && depth < deepest) {
        folders.add(path);
        await walk(path, depth + 1);
      } else if (stat.isFile()) files.set(path, { path, bytes: stat.size });
      else special.push(path);
    }
  };
  await walk('', 0);
  return { files, folders, special };
};

/** All the sums that are asked of a file, in one reading. */
const hashOnce = async (path: string, names: readonly string[], onBytes: (count: number) => void, signal: AbortSignal | undefined): Promise<ReadonlyMap<string, string>> => {
  const hashes = names.map((name) => [name, createHash(algorithms[name] ?? name)] as const);
  for await (const piece of createReadStream(path, { highWaterMark: MIB })) {
    signal?.throwIfAborted();
    const bytes: Buffer = piece;
    for (const [, hash] of hashes) hash.update(bytes);
    onBytes(bytes.length);
  }
  return new Map(hashes.map(([name, hash]) => [name, hash.digest('hex')]));
};

class Judge {
  readonly errors: BagRemark[] = [];
  readonly warnings: BagRemark[] = [];
  complete = true;
  readonly root: string;
  readonly found: Found;
  encoding = 'UTF-8';
  version = '1.0';

  constructor(root: string, found: Found) {
    this.root = root;
    this.found = found;
  }

  /** An element that is missing or not as it must be: the bag is not even complete. */
  lacks(path: string, message: string): void {
    this.complete = false;
    this.errors.push({ path, message });
  }

  warn(path: string, message: string): void {
    this.warnings.push({ path, message });
  }

  async text(path: string): Promise<string | null> {
    if ((this.found.files.get(path)?.bytes ?? 0) > largestTagFile) {
      this.lacks(path, '标签文件过大');
      return null;
    }
    const text = decodeTagFile(await readFile(join(this.root, path)), this.encoding);
    if (text === null) this.lacks(path, `不是声明的编码（${this.encoding}）`);
    return text;
  }
}

interface Manifest {
  readonly file: string;
  readonly algorithm: string;
  readonly lines: ReadonlyMap<string, ManifestLine>;
}

/** One manifest, held against §2.1.3 and against what lies in the bag. */
const readOne = async (judge: Judge, file: string, algorithm: string, isPayload: boolean): Promise<Manifest | null> => {
  if (!Object.hasOwn(algorithms, algorithm)) {
    judge.lacks(file, `校验算法“${algorithm}”不认识，无法核验`);
    return null;
  }
  if (weak.has(algorithm)) judge.warn(file, `${algorithm}已不够安全，建议改用sha256或sha512`);
  const text = await judge.text(file);
  if (text === null) return null;
  const { lines, wrong } = readManifest(text);
  if (wrong.length > 0) judge.lacks(file, `第${wrong.slice(0, 5).join('、')}行不是“校验值 路径”`);
  const known = new Map<string, ManifestLine>();
  for (const line of lines) {
    const outside = whyOutside(line.path);
    if (outside !== null) judge.lacks(file, `“${line.path}”${outside}`);
    else if (isPayload !== line.path.startsWith('data/')) judge.lacks(file, `“${line.path}”${isPayload ? '不在data/里' : '是内容文件，不应列在标签清单里'}`);
    else if (!isPayload && /^tagmanifest-[^/]+\.txt$/u.test(line.path)) judge.lacks(file, `标签清单不得列出标签清单“${line.path}”`);
    else if (known.has(line.path)) {
      if (known.get(line.path)?.checksum === line.checksum) judge.warn(file, `“${line.path}”列了两次`);
      else judge.lacks(file, `“${line.path}”列了两次，校验值不同`);
    } else {
      if (line.odd) judge.warn(file, `“${line.path}”前有多余的“./”或“*”`);
      known.set(line.path, line);
    }
  }
  return { file, algorithm, lines: known };
};

const readManifests = async (judge: Judge, pattern: RegExp, isPayload: boolean): Promise<readonly Manifest[]> => {
  const manifests: Manifest[] = [];
  for (const path of judge.found.files.keys()) {
    const algorithm = pattern.exec(path)?.[1];
    if (algorithm === undefined) continue;
    const read = await readOne(judge, path, algorithm.toLowerCase().replace('-', ''), isPayload);
    if (read !== null) manifests.push(read);
  }
  return manifests;
};

/** §2.2.2: what bag-info says must be readable, and its Payload-Oxum must be so. */
const checkInfo = async (judge: Judge): Promise<void> => {
  if (!judge.found.files.has('bag-info.txt')) return;
  const text = await judge.text('bag-info.txt');
  if (text === null) return;
  const tags = readTags(text);
  if (tags === null) {
    judge.lacks('bag-info.txt', '有不是“名称: 内容”的行');
    return;
  }
  const oxums = tags.filter(([label]) => label.toLowerCase() === 'payload-oxum').map(([, value]) => value);
  if (oxums.length > 1) judge.warn('bag-info.txt', 'Payload-Oxum写了不止一次');
  const payload = [...judge.found.files.values()].filter((file) => file.path.startsWith('data/'));
  const actual = `${payload.reduce((sum, file) => sum + file.bytes, 0)}.${payload.length}`;
  for (const oxum of oxums) if (oxum !== actual) judge.lacks('bag-info.txt', `Payload-Oxum写的是${oxum}，实际是${actual}`);
};

/** §2.2.3: what is still to be fetched is not there yet. */
const checkFetch = async (judge: Judge, manifests: readonly Manifest[]): Promise<void> => {
  if (!judge.found.files.has('fetch.txt')) return;
  const text = await judge.text('fetch.txt');
  if (text === null) return;
  const items = readFetch(text);
  if (items === null) {
    judge.lacks('fetch.txt', '有不是“网址 长度 路径”的行');
    return;
  }
  for (const { path } of items) {
    const outside = whyOutside(path);
    if (outside !== null || !path.startsWith('data/')) judge.lacks('fetch.txt', `“${path}”${outside ?? '不在data/里'}`);
    else if (!manifests.every((manifest) => manifest.lines.has(path))) judge.lacks('fetch.txt', `“${path}”不在内容清单里`);
    else if (!judge.found.files.has(path)) judge.lacks(path, '还没有下载（fetch.txt）；本程序不联网，请先补齐');
  }
};

const checkPresence = (judge: Judge, payload: readonly Manifest[], tags: readonly Manifest[]): void => {
  const { files } = judge.found;
  for (const { file, lines } of [...payload, ...tags]) {
    for (const path of lines.keys()) if (!files.has(path)) judge.lacks(path, judge.found.folders.has(path) ? `${file}里列的是文件夹，只能列文件` : `${file}里列了，但文件不在`);
  }
  // From 1.0 on each payload file stands in every payload manifest (§3); before in at least one.
  const strict = Number(judge.version.split('.')[0]) >= 1;
  for (const path of files.keys()) {
    if (!path.startsWith('data/')) continue;
    const absent = payload.filter((manifest) => !manifest.lines.has(path));
    if (absent.length === payload.length || (strict && absent.length > 0)) judge.lacks(path, `没有列在${absent.map((manifest) => manifest.file).join('、') || '任何清单'}里`);
  }
  for (const path of judge.found.special) judge.lacks(path, '是链接或特殊文件，不是普通文件');
  const names = new Map<string, string>();
  for (const path of files.keys()) {
    const key = collisionKey(path);
    const other = names.get(key);
    if (other !== undefined) judge.warn(path, `与“${other}”只差大小写或字形写法，在Windows或macOS上会互相覆盖`);
    names.set(key, path);
    if (/(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)$/iu.test(path)) judge.warn(path, '是系统自动生成的文件，不属于内容');
  }
};

/**
 * Judges a bag by RFC 8493 §§2–3; nothing is changed and nothing fetched. Every file is read once for all its sums. Rejects with the
 * signal's reason when aborted, and with what the file system throws where the folder cannot be read.
 */
export const verifyBag = async (root: string, options: VerifyBagOptions = {}): Promise<BagReport> => {
  const found = await walkBag(root);
  const judge = new Judge(root, found);
  const total = [...found.files.values()].reduce((sum, file) => sum + file.bytes, 0);
  const report = (): BagReport => ({ valid: judge.errors.length === 0, complete: judge.complete, errors: judge.errors, warnings: judge.warnings, files: found.files.size, bytes: total });
  if (!found.files.has('bagit.txt')) {
    judge.lacks('bagit.txt', '缺少bagit.txt，不是BagIt包');
    return report();
  }
  const declaration = readDeclaration(await readFile(join(root, 'bagit.txt')));
  if (typeof declaration === 'string') {
    judge.lacks('bagit.txt', declaration);
    return report();
  }
  const [major = 0, minor = 0] = declaration.version.split('.').map(Number);
  if (major > 1 || (major === 1 && minor > 0) || (major === 0 && (minor < 93 || minor > 97))) judge.lacks('bagit.txt', `BagIt版本${declaration.version}不认识`);
  judge.version = declaration.version;
  judge.encoding = declaration.encoding;
  if (!found.folders.has('data')) judge.lacks('data', '缺少data文件夹');
  const payload = await readManifests(judge, /^manifest-([A-Za-z0-9-]+)\.txt$/u, true);
  const tags = await readManifests(judge, /^tagmanifest-([A-Za-z0-9-]+)\.txt$/u, false);
  if (payload.length === 0) judge.lacks('manifest', '没有内容清单（manifest-算法.txt）');
  await checkInfo(judge);
  await checkFetch(judge, payload);
  checkPresence(judge, payload, tags);
  let done = 0;
  for (const { path } of found.files.values()) {
    const asked = [...payload, ...tags].filter((manifest) => manifest.lines.has(path));
    if (asked.length === 0) continue;
    const sums = await hashOnce(join(root, path), asked.map((manifest) => manifest.algorithm), (count) => options.onProgress?.((done += count), total), options.signal);
    for (const manifest of asked) if (sums.get(manifest.algorithm) !== manifest.lines.get(path)?.checksum) judge.errors.push({ path, message: `内容与${manifest.file}的校验值不符` });
  }
  return report();
};
