/** Control characters, direction marks and other characters that show nothing but change what a name looks like. */
// oxlint-disable-next-line no-control-regex
const invisible = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

const longestName = 200;

/**
 * A file's name as it may be shown, stored and printed: without invisible characters, in composed form (NFC), at most 200 bytes of
 * UTF-8 with its extension kept. An `invoice‮fdp.exe` that only looks like a PDF shows its true letters.
 */
export function cleanFileName(name: string): string {
  const clean = name.normalize('NFC').replace(invisible, '').trim() || '未命名';
  if (Buffer.byteLength(clean) <= longestName) return clean;
  const extension = /\.[A-Za-z0-9]{1,8}$/u.exec(clean)?.[0] ?? '';
  const budget = longestName - Buffer.byteLength(extension) - Buffer.byteLength('…');
  let head = '';
  let used = 0;
  for (const character of clean.slice(0, clean.length - extension.length)) {
    used += Buffer.byteLength(character);
    if (used > budget) break;
    head += character;
  }
  return `${head}…${extension}`;
}

/** A file's name without its ending. */
export const withoutEnding = (fileName: string): string => fileName.replace(/\.[A-Za-z0-9]{1,5}$/u, '');

/** A file's name without its ending and without the number that put it in order: 01 实施办法.pdf. */
export const plainFileName = (fileName: string): string => withoutEnding(fileName).replace(/^\d{1,3}(?:[.、．_\-\s]+)(?=[\u4e00-\u9fff《“]|(?:19|20)\d{2}\D)/u, '').trim();

/** Why a file of that name is no evidence, or undefined: what systems and office programs leave beside documents. */
export function findLitterReason(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (['thumbs.db', 'ehthumbs.db', 'desktop.ini', '.ds_store', 'icon\r', '__macosx', '$recycle.bin', 'system volume information', 'lost+found'].includes(lower)) {
    return '系统自动生成的文件，不是材料。';
  }
  if (lower.startsWith('~$') || lower.startsWith('.~lock.') || /^~wrl?\d+\.tmp$/u.test(lower)) return '办公软件打开文档时留下的临时文件，不是材料。';
  if (lower.startsWith('._')) return '苹果电脑附带的信息文件，不是材料。';
  if (lower.startsWith('.')) return '隐藏文件，不作为材料导入；确需导入请先改名。';
  if (/\.(lnk|url|webloc|desktop)$/u.test(lower)) return '快捷方式不是文件本身，请导入它指向的原文件。';
  if (/\.(tmp|crdownload|part|download)$/u.test(lower)) return '没有下载或保存完的临时文件，请导入完整的文件。';
  return undefined;
}
