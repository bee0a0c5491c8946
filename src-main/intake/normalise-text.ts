/**
 * Kangxi and CJK radicals that NFKC leaves alone, as the ideographs they are read as. PDF producers map glyphs to them because
 * fonts share one outline; without this 民 written as U+2EA0 is not found.
 */
const radicals: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '⺀': '冫', '⺁': '厂', '⺄': '乙', '⺆': '冂', '⺈': '刀', '⺉': '刂', '⺋': '卩', '⺌': '小', '⺍': '小', '⺎': '兀', '⺏': '尣', '⺐': '尢', '⺒': '巳', '⺓': '幺', '⺔': '彑', '⺕': '彐', '⺖': '忄', '⺗': '心', '⺘': '扌', '⺙': '攵', '⺛': '旡', '⺜': '日', '⺝': '月', '⺞': '歺', '⺠': '民', '⺡': '氵', '⺢': '氺', '⺣': '灬', '⺤': '爪', '⺥': '爫', '⺦': '丬', '⺧': '牛', '⺨': '犭', '⺩': '王', '⺪': '疋', '⺫': '目', '⺬': '示', '⺭': '礻', '⺮': '竹', '⺯': '糹', '⺰': '纟', '⺱': '罒', '⺲': '罒', '⺶': '羊', '⺷': '羊', '⺸': '羊', '⺹': '耂', '⺺': '肀', '⺻': '聿', '⺼': '月', '⺽': '臼', '⺾': '艹', '⺿': '艹', '⻀': '艹', '⻁': '虎', '⻂': '衤', '⻃': '西', '⻄': '西', '⻅': '见', '⻆': '角', '⻇': '角', '⻈': '讠', '⻉': '贝', '⻊': '足', '⻋': '车', '⻌': '辶', '⻍': '辶', '⻎': '辶', '⻏': '阝', '⻐': '钅', '⻑': '長', '⻒': '镸', '⻓': '长', '⻔': '门', '⻕': '阜', '⻖': '阝', '⻗': '雨', '⻘': '青', '⻙': '韦', '⻚': '页', '⻛': '风', '⻜': '飞', '⻝': '食', '⻞': '食', '⻟': '飠', '⻠': '饣', '⻡': '首', '⻢': '马', '⻣': '骨', '⻤': '鬼', '⻥': '鱼', '⻦': '鸟', '⻧': '卤', '⻨': '麦', '⻩': '黄', '⻪': '黾', '⻬': '齐', '⻮': '齿', '⻰': '龙', 
  }),
);

const radicalRange = /[\u2e80-\u2ef3]/gu;
// oxlint-disable-next-line no-control-regex
const noise = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc-\uffff\ue000-\uf8ff\u{f0000}-\u{10ffff}]/gu;

/** Marks that NFKC would turn into ASCII although Chinese text is written with them. */
const foldable = /[^\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\uff5e\u2026]+/gu;

/**
 * Text in the one form in which it is stored and judged: compatibility forms folded (NFKC: full-width digits and letters, Kangxi
 * radicals), radicals read as ideographs, invisible and private-use characters dropped. Line breaks, tabs and the full-width marks
 * of Chinese （，：；！？） stay as they are printed.
 */
export const normaliseText = (text: string): string =>
  text
    .replace(/\r\n?|\f/gu, '\n')
    .replace(radicalRange, (radical) => radicals.get(radical) ?? radical)
    .replace(foldable, (run) => run.normalize('NFKC'))
    .replace(noise, '');

/** Lines of runs that stand at one height, left to right, top to bottom, with a space where the gap is wider than half a character. */
export function joinIntoLines(runs: readonly { readonly str: string; readonly x: number; readonly y: number; readonly w: number; readonly h: number }[]): string {
  const lines: { y: number; h: number; runs: (typeof runs)[number][] }[] = [];
  for (const run of runs) {
    if (run.str.trim() === '') continue;
    const line = lines.findLast((candidate) => Math.abs(candidate.y - run.y) <= Math.max(candidate.h, run.h) * 0.4);
    if (line === undefined) lines.push({ y: run.y, h: run.h, runs: [run] });
    else line.runs.push(run);
    if (lines.length > 2000) break;
  }
  return lines
    .toSorted((a, b) => b.y - a.y)
    .map((line) => {
      let text = '';
      let end = Number.NEGATIVE_INFINITY;
      for (const run of line.runs.toSorted((a, b) => a.x - b.x)) {
        if (text !== '' && run.x - end > run.h * 0.5) text += ' ';
        text += run.str;
        end = run.x + run.w;
      }
      return text;
    })
    .join('\n');
}
