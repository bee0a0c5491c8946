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
export const widthOfCharacter = (character: string): number => byCharacter.get(character) ?? ((character.codePointAt(0) ?? 0) >= 0x2000 ? 1 : 0.5);
