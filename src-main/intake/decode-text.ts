/** How a text file's bytes are to be read. */
export type TextEncodingName = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

export interface DecodedText {
  readonly encoding: TextEncodingName;
  readonly text: string;
}

/**
 * Bytes as text, or undefined where they are no text: a byte order mark decides, else strict UTF-8, else GB18030 (what Chinese
 * Windows calls ANSI) if the result reads like Chinese. Nothing is replaced by question marks.
 */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return accept('utf-16le', decodeStrictly('utf-16le', bytes));
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return accept('utf-16be', decodeStrictly('utf-16be', bytes));
  if (bytes.includes(0)) return undefined;
  const utf8 = decodeStrictly('utf-8', bytes);
  if (utf8 !== undefined) return accept('utf-8', utf8);
  const chinese = decodeStrictly('gb18030', bytes);
  return chinese !== undefined && readsLikeChinese(chinese) ? accept('gb18030', chinese) : undefined;
}

function decodeStrictly(encoding: TextEncodingName, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Control characters other than tab, line ends and page break are not found in texts. */
function accept(encoding: TextEncodingName, text: string | undefined): DecodedText | undefined {
  // oxlint-disable-next-line no-control-regex
  if (text === undefined || /[\u0000-\u0008\u000b\u000e-\u0019\u001b-\u001f\ufffe\uffff]/u.test(text)) return undefined;
  return { encoding, text };
}

/** Other legacy encodings decode to rare ideographs and private use; Chinese text has few of either. */
function readsLikeChinese(text: string): boolean {
  let foreign = 0;
  let usual = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) continue;
    foreign += 1;
    const ideograph = code >= 0x4e00 && code <= 0x9fa5;
    const mark = (code >= 0x2010 && code <= 0x2642) || (code >= 0x3000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xffef) || code === 0xb7 || code === 0xd7 || code === 0xb0;
    if (ideograph || mark) usual += 1;
  }
  return foreign > 0 && usual / foreign >= 0.9 && commonShare(text) >= 0.05;
}

/** Words without which hardly any Chinese text of the office is written. */
const common = new Set('的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严');
function commonShare(text: string): number {
  let ideographs = 0;
  let known = 0;
  for (const character of text) {
    if (character < '一' || character > '龥') continue;
    ideographs += 1;
    if (common.has(character)) known += 1;
  }
  return ideographs === 0 ? 0 : known / ideographs;
}
