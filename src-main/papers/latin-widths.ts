import { MM_PER_POINT, type MeasureText } from '../domain/page-drawing.ts';

/**
 * Widths of Times New Roman's characters in thousandths of its size (Adobe's published metrics of Times Roman, which it shares with
 * Liberation Serif): what a word processor breaks lines of figures and Latin words by.
 */
const widths = [
  [180, "'"], [200, '|'], [250, ' ,.·'], [278, '/:;\\ijlt'], [333, '!()-I[]`fr'], [389, 'Js'], [408, '"'], [444, '?acez'], [469, '^'], [480, '{}'], [500, '#$*0123456789_bdghknopquvxy–'],
  [541, '~'], [556, 'FPS'], [564, '+<=>'], [611, 'ELTZ'], [667, 'BCR'], [722, 'ADGHKNOQUVXYw'], [778, '&m'], [833, '%'], [889, 'M'], [921, '@'], [944, 'W'],
] as const;

const byCharacter = new Map<string, number>(widths.flatMap(([width, characters]) => [...characters].map((character) => [character, width / 1000] as const)));

/** Width of a character in ems: Chinese takes one, Latin its own, other letters about half of one. */
const widthOfCharacter = (character: string): number => byCharacter.get(character) ?? ((character.codePointAt(0) ?? 0) >= 0x2000 ? 1 : 0.5);

const latin = /[A-Za-z0-9.µ³²]+/gu;

/**
 * What a word processor is likely to measure, without its fonts, where it sets that much room (in ems) between Chinese and Latin. A word
 * by itself is taken to stand between Chinese.
 */
export function estimateMeasure(betweenScripts: number): MeasureText {
  // Lines are measured in the pieces between which they may break: few and short ones, over and over.
  const known = new Map<string, number>();
  const widthOf = (text: string): number => {
    const plain = [...text].reduce((sum, character) => sum + widthOfCharacter(character), 0);
    const gaps = [...text.matchAll(latin)].reduce((sum, run) => sum + [text[run.index - 1], text[run.index + run[0].length]].filter((beside) => beside === undefined || /\p{Script=Han}/u.test(beside)).length, 0);
    return plain + gaps * betweenScripts;
  };
  return (text, _font, size) => {
    const width = known.get(text) ?? widthOf(text);
    if (text.length < 40) known.set(text, width);
    return width * size * MM_PER_POINT;
  };
}
