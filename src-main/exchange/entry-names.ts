/** Longest part of a name that every file system takes, in UTF-8 bytes. */
const longestPart = 255;
/** Names that Windows keeps for devices, with any ending. */
const devices = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/iu;
/** Control characters and marks that turn the direction of a line: a name must be what it looks like. */
const hidden = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** The name of a ZIP entry as text: UTF-8 where it is valid, else the GBK that Chinese Windows writes. */
export const decodeEntryName = (raw: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
};

/** Why a name cannot be a relative path in a folder of ours, in Chinese; null where it can. */
export const whyUnsafe = (name: string): string | null => {
  if (name === '') return '名称为空';
  if (hidden.test(name)) return '名称里有控制字符';
  if (/^[\\/]/u.test(name)) return name.startsWith('\\\\') || name.startsWith('//') ? '名称是网络路径' : '名称是绝对路径';
  if (/^[A-Za-z]:/u.test(name)) return '名称带盘符';
  const parts = name.split(/[\\/]/u);
  // A folder's own entry ends in a slash.
  for (const part of parts.at(-1) === '' ? parts.slice(0, -1) : parts) {
    if (part === '' || part === '.' || part === '..') return '名称里有“..”或空的一级，会写到文件夹之外';
    if (/[<>:"|?*]/u.test(part)) return '名称里有文件名不能用的符号';
    if (/[. ]$/u.test(part)) return '名称以点或空格结尾，Windows会改写它';
    if (devices.test(part)) return '名称是Windows的设备名';
    if (Buffer.byteLength(part) > longestPart) return '名称过长';
  }
  return null;
};

/** What two names have in common on a disk that knows no case and normalises: equal means one would overwrite the other. */
export const collisionKey = (name: string): string => name.replaceAll('\\', '/').normalize('NFC').toLowerCase();
