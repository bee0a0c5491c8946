/** Formats that offices hand in by mistake, and what to do about each. Signatures as in their specifications. */
const foreignFormats: readonly { readonly at: number; readonly mark: string; readonly message: string }[] = [
  { at: 0, mark: 'Rar!\x1a\x07', message: '这是 RAR 压缩包，请先解压，再导入里面的文件。' },
  { at: 0, mark: '7z\xbc\xaf\x27\x1c', message: '这是 7z 压缩包，请先解压，再导入里面的文件。' },
  { at: 0, mark: '\x1f\x8b', message: '这是 GZ 压缩包，请先解压，再导入里面的文件。' },
  { at: 257, mark: 'ustar', message: '这是 TAR 打包文件，请先解开，再导入里面的文件。' },
  { at: 0, mark: 'MZ', message: '这是程序，不是材料。' },
  { at: 0, mark: '\x7fELF', message: '这是程序，不是材料。' },
  { at: 0, mark: '{\\rtf', message: '这是 RTF 文档，请用办公软件另存为 PDF 或 DOCX 后再导入。' },
  { at: 0, mark: 'GIF8', message: '这是 GIF 图像，请另存为 PNG 或 JPEG 后再导入。' },
  { at: 0, mark: '8BPS', message: '这是 Photoshop 源文件，请导出为 JPEG 或 PNG 后再导入。' },
  { at: 0, mark: '%!PS', message: '这是 PostScript 文件，请转换为 PDF 后再导入。' },
  { at: 0, mark: 'AC10', message: '这是 CAD 图纸（DWG），请打印为 PDF 后再导入。' },
  { at: 0, mark: 'CAJ\0', message: '这是知网 CAJ 文献，请用其阅读器打印为 PDF 后再导入。' },
  { at: 0, mark: 'ID3', message: '这是音频，不能装订成页；请存放原件并导入其说明材料。' },
  { at: 0, mark: 'RIFF', message: '这是音频或视频，不能装订成页；请截取画面或导入其说明材料。' },
  { at: 4, mark: 'ftypavif', message: '这是 AVIF 图像，请另存为 PNG 或 JPEG 后再导入。' },
  { at: 4, mark: 'ftyp', message: '这是视频，不能装订成页；请截取画面或导入其说明材料。' },
  { at: 0, mark: '\x1aE\xdf\xa3', message: '这是视频，不能装订成页；请截取画面或导入其说明材料。' },
  { at: 0, mark: 'II+\0', message: '这是超大格式 TIFF（BigTIFF），请另存为普通 TIFF 或 PDF 后再导入。' },
  { at: 0, mark: 'MM\0+', message: '这是超大格式 TIFF（BigTIFF），请另存为普通 TIFF 或 PDF 后再导入。' },
  { at: 0, mark: 'SQLite format 3\0', message: '这是数据库文件，不是材料。' },
];

/** What to tell the clerk about a known format that is no evidence; `head` is the file's first bytes as Latin-1. */
export function nameForeignFormat(head: string): string | undefined {
  return foreignFormats.find(({ at, mark }) => head.startsWith(mark, at))?.message;
}
