/** A title read from a page, as the guessing of metadata has it. */
interface ReadTitle {
  readonly value: string;
  readonly where: { readonly page: number; readonly text: string };
  readonly confidence: number;
}

/** What decides between a title and a file's name. */
export interface NamedFile {
  readonly fileName: string;
  /** The name without its ending and its number, spaces of layout closed up. */
  readonly name: string;
  /** Whether the title was recognised from a picture. */
  readonly recognised: boolean;
  readonly endsAsTitle: (text: string) => boolean;
  /** Kinds of document whose whole title is the kind: 证明. */
  readonly isKindAlone: (text: string) => boolean;
}

const mostOfName = 120;
/** Names that say nothing of the document, or of a heap of them. */
const idleName = /^(?:扫描|scan|img|dsc|图片|图像|微信|mmexport|qq|文档|文件|新建|未命名|附件|截图|截屏|屏幕)|(?:材料|资料|文件)$/iu;
const leastLetters = 6;
/** Share of a title's pairs of letters that its file's name has where both speak of the same. */
const leastLikeness = 0.4;

const ideographs = (text: string): string => text.replace(/[^\u4e00-\u9fff]/gu, '');

/** Share of the neighbouring letters of one text that the other has too; 0 for a text without two ideographs. */
function likeness(text: string, other: string): number {
  const [letters, known] = [ideographs(text), ideographs(other)];
  const pairs = Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2));
  return pairs.length === 0 ? 0 : pairs.filter((pair) => known.includes(pair)).length / pairs.length;
}

/**
 * The file's name in place of a title that knows less: of which only the last line was found, that is nothing but the kind (证明 over a page,
 * 关于…的证明 as its name), or that recognition made of a seal or a banner, as it has nothing in common with the name.
 */
export function agreeWithName(title: ReadTitle | null, { fileName, name: whole, recognised, endsAsTitle, isKindAlone }: NamedFile): ReadTitle | null {
  // A second copy of a name: …的证明2.
  const name = whole.replace(/(?<=[\u4e00-\u9fff])(?:\d{1,2}|[（(]\d{1,2}[）)])$/u, '');
  if (title === null || title.where.page === 0 || name.length > mostOfName) return title;
  const named = (confidence: number): ReadTitle => ({ value: name, where: { page: 0, text: fileName }, confidence });
  const kind = title.value.replace(/[（(].*[）)]$/u, '');
  const saysMore = name.length > title.value.length && name.endsWith(title.value);
  const saysOfWhat = isKindAlone(kind) && name.endsWith(kind) && name.length >= kind.length + leastLetters;
  if (endsAsTitle(name) && (saysMore || saysOfWhat)) return named(0.75);
  if (!recognised || ideographs(name).length < leastLetters || idleName.test(name)) return title;
  const readsAsTitle = endsAsTitle(title.value);
  if ((readsAsTitle && title.value.includes('关于')) || (readsAsTitle && !endsAsTitle(name))) return title;
  return likeness(title.value, name) < leastLikeness ? named(0.6) : title;
}
