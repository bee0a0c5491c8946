/** Tag files of a bag as RFC 8493 §2 has them, written and read. */

export const BAG_VERSION = '1.0';

/** §2.1.3: CR, LF and % in a path are percent-encoded, nothing else is. */
export const encodeBagPath = (path: string): string => path.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
export const decodeBagPath = (path: string): string => path.replace(/%(0d|0a|25)/giu, (code) => ({ '%0d': '\r', '%0a': '\n', '%25': '%' })[code.toLowerCase()] ?? code);

/** §2.2.2: `Label: value`, one line each; a line break within a value would begin a new element. */
export const writeTags = (tags: readonly (readonly [label: string, value: string])[]): string => tags.map(([label, value]) => `${label}: ${value.replace(/\s+/gu, ' ').trim()}\n`).join('');

export interface BagDeclaration {
  readonly version: string;
  readonly encoding: string;
}

const utf8 = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

/** §2.1.1: exactly two lines, in UTF-8 without a byte order mark. A text says what is wrong, in Chinese. */
export const readDeclaration = (bytes: Uint8Array): BagDeclaration | string => {
  let text: string;
  try {
    text = utf8(bytes);
  } catch {
    return 'bagit.txt 不是UTF-8编码';
  }
  if (text.startsWith('\uFEFF')) return 'bagit.txt 开头有字节顺序标记（BOM）';
  const lines = text.replace(/(?:\r\n|\r|\n)$/u, '').split(/\r\n|\r|\n/u);
  if (lines.length !== 2) return `bagit.txt 应有两行，实有${lines.length}行`;
  const version = /^BagIt-Version: (\d+\.\d+)$/u.exec(lines[0] ?? '')?.[1];
  if (version === undefined) return 'bagit.txt 第一行应为“BagIt-Version: 1.0”';
  const encoding = /^Tag-File-Character-Encoding: (\S+)$/u.exec(lines[1] ?? '')?.[1];
  if (encoding === undefined) return 'bagit.txt 第二行应为“Tag-File-Character-Encoding: UTF-8”';
  return { version, encoding };
};

/** Decodes a tag file by the encoding that the bag declares; null where it is not in it, or the encoding is none that is known. */
export const decodeTagFile = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

export interface ManifestLine {
  readonly checksum: string;
  /** As the file system has it. */
  readonly path: string;
  /** Began with `./`, or with the asterisk of md5sum's binary mode: to be accepted, not to be written. */
  readonly odd: boolean;
}

/** §2.1.3: checksum, white space, path. Lines that are none are answered by their numbers. */
export const readManifest = (text: string): { readonly lines: readonly ManifestLine[]; readonly wrong: readonly number[] } => {
  const lines: ManifestLine[] = [];
  const wrong: number[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/u).entries()) {
    if (line === '') continue;
    const match = /^([0-9a-fA-F]+)[ \t]+(\*?)(.+)$/u.exec(line);
    if (match === null) wrong.push(index + 1);
    else {
      const [, checksum = '', star = '', written = ''] = match;
      const path = written.replace(/^(?:\.\/)+/u, '');
      lines.push({ checksum: checksum.toLowerCase(), path: decodeBagPath(path), odd: star !== '' || path !== written });
    }
  }
  return { lines, wrong };
};

/** §2.2.3: url, length (`-` where not known), path. */
export const readFetch = (text: string): readonly { readonly url: string; readonly path: string }[] | null => {
  const items: { url: string; path: string }[] = [];
  for (const line of text.split(/\r\n|\r|\n/u)) {
    if (line === '') continue;
    const match = /^(\S+)[ \t]+(?:\d+|-)[ \t]+(.+)$/u.exec(line);
    if (match === null) return null;
    items.push({ url: match[1] ?? '', path: decodeBagPath((match[2] ?? '').replace(/^(?:\.\/)+/u, '')) });
  }
  return items;
};

/** §2.2.2: labels may repeat; a line that begins with white space goes on with the value before. Null where a line is neither. */
export const readTags = (text: string): readonly (readonly [label: string, value: string])[] | null => {
  const tags: [string, string][] = [];
  for (const line of text.replace(/^\uFEFF/u, '').split(/\r\n|\r|\n/u)) {
    if (line.trim() === '') continue;
    const last = tags.at(-1);
    if (/^[ \t]/u.test(line) && last !== undefined) {
      last[1] = `${last[1]} ${line.trim()}`.trim();
      continue;
    }
    const match = /^([^:\s][^:]*?)\s*:[ \t]*(.*)$/u.exec(line);
    if (match === null) return null;
    tags.push([match[1] ?? '', (match[2] ?? '').trim()]);
  }
  return tags;
};

/** Why a path may not stand in a manifest (§5.2: outside of the bag, or of one system only), in Chinese; null where it may. */
export const whyOutside = (path: string): string | null => {
  if (/^[\\/]/u.test(path)) return '是绝对路径';
  if (/^[A-Za-z]:/u.test(path)) return '带盘符';
  if (path.startsWith('~')) return '指向用户目录';
  if (path.split(/[\\/]/u).includes('..')) return '用“..”指到包外';
  if (path.includes('\0')) return '含有空字符';
  return null;
};
