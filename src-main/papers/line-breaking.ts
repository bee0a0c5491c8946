/** Never at the beginning of a line (GB/T 15834-2011 §5.1). */
const noStart = new Set('。，、；：！？）》」』】〕〗〉〞’”…—·.,:;!?)]}％%‰℃°′″〜~');
/** Never at the end of a line. */
const noEnd = new Set('（《「『【〔〖〈〝‘“([{［｛￥$¥№');
const closing = /[\p{Pe}\p{Pf}]/u;
const wordCharacter = /[A-Za-z0-9À-ɏͰ-Ͽ²³¹µ./+\-_@#&'=<>≤≥–]/u;

/** Radicals, compatibility ideographs and the second dash: look-alikes that the embedded fonts leave out. */
const lookAlike = /[\u2E80-\u2FDF\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu;
/** Control, direction and zero-width characters, unpaired surrogates, private use: never on paper, and not allowed in XML. */
const unprintable = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u206F\uD800-\uDFFF\uE000-\uF8FF\uFEFF\uFFF9-\uFFFF]/gu;

/** Text as it may be printed: only `\n` of the control characters, look-alikes folded to the ordinary character. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/gu, '\n')
    .replace(/\t/gu, ' ')
    .replace(unprintable, '')
    .replace(lookAlike, (character) => character.normalize('NFKC'))
    .replaceAll('\u2015', '—');
}

/**
 * Breaks a text into lines no wider than `width`, each `\n` beginning a new line. Chinese breaks between any two characters except
 * before closing and after opening marks; Latin words, numbers with their units, —— and …… stay whole. Only what is wider than a
 * line by itself is broken inside. Widths are what `measure` answers, summed by character.
 */
export function breakLines(text: string, width: number, measure: (text: string) => number, firstIndent = 0, split = splitClusters): readonly string[] {
  return text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, width, measure, firstIndent, split));
}

function breakParagraph(paragraph: string, width: number, measure: (text: string) => number, firstIndent: number, split: typeof splitClusters): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = firstIndent;
  const close = (): void => {
    lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  for (const cluster of split(paragraph)) {
    const size = measure(cluster.trimEnd());
    if (used + size > width + tolerance && line !== '') close();
    if (used + size > width + tolerance) {
      for (const piece of splitLong(cluster, width, measure)) {
        const one = measure(piece);
        if (used + one > width + tolerance && line !== '') close();
        line += piece;
        used += one;
      }
    } else {
      const added = line === '' && lines.length > 0 ? cluster.trimStart() : cluster;
      line += added;
      used += measure(added);
    }
  }
  if (line !== '' || lines.length === 0) close();
  return lines;
}

/** What is wider than a line: broken after a dash, a slash or a middle dot where it has one, else between any two characters. */
function splitLong(cluster: string, width: number, measure: (text: string) => number): readonly string[] {
  return cluster.split(/(?<=[-–/·_.@])/u).flatMap((part) => (measure(part) <= width ? [part] : [...part]));
}

/** Millimetres by which rounding may exceed a width. */
const tolerance = 0.001;

/** The smallest runs between which a line may break; spaces belong to the run before them. */
export function splitClusters(paragraph: string): readonly string[] {
  const clusters: string[] = [];
  let previous = '';
  for (const character of paragraph) {
    if (previous !== '' && !mayBreak(previous, character)) clusters[clusters.length - 1] += character;
    else clusters.push(character);
    // A space does not part an opening mark from what it opens.
    if (character !== ' ' || !noEnd.has(previous)) previous = character;
  }
  return clusters;
}

/** Made when it is first wanted: its dictionary takes a while to load. */
let words: Intl.Segmenter | null = null;

/** As `splitClusters`, but Chinese words stay whole too: titles break where their sense does (GB/T 9704-2012 §7.3.1). */
export function splitWords(paragraph: string): readonly string[] {
  const clusters: string[] = [];
  let previous = '';
  words ??= new Intl.Segmenter('zh', { granularity: 'word' });
  for (const { segment } of words.segment(paragraph)) {
    const [first = ''] = segment;
    // 示范 + 区: one character by itself belongs to the word before it.
    const belongs = previous !== '' && (!mayBreak(previous, first) || ([...segment].length === 1 && /\p{Script=Han}/u.test(first)));
    if (belongs) clusters[clusters.length - 1] += segment;
    else clusters.push(...(segment.length > 12 ? splitClusters(segment) : [segment]));
    previous = [...segment].at(-1) ?? '';
  }
  return clusters;
}

function mayBreak(before: string, after: string): boolean {
  if (after === ' ' || noStart.has(after) || closing.test(after)) return false;
  if (noEnd.has(before)) return false;
  if (wordCharacter.test(before) && wordCharacter.test(after)) return false;
  // 3号 of a document number stays whole.
  if (after === '号' && /\d/u.test(before)) return false;
  // 卷–页 and 1–15 stay whole.
  if ((before === '–' && after !== ' ') || after === '–') return false;
  // A dash or an ellipsis of two characters is one mark.
  return !((before === '—' || before === '…') && before === after);
}

export const mayStartLine = (character: string): boolean => !noStart.has(character);
export const mayEndLine = (character: string): boolean => !noEnd.has(character);
