/**
 * What the model regularly mistakes about signs, put right where the surroundings leave no doubt: one bracket of a pair in another
 * shape, a full-width dash or the numeral 一 for 一字线 (2023一2030年), a point that belongs to Chinese text.
 */
export function tidyLine(line: string): string {
  return line
    .replace(/[〔［[【(（]\s?(\d{4})\s?[〕］\]】)）]\s?(?=\d+号)/gu, '〔$1〕')
    .replace(/〔([^〔〕\]]{1,12})\]/gu, '〔$1〕')
    .replace(/\[([^[\]〔〕]{1,12})〕/gu, '〔$1〕')
    .replace(/－/gu, '—')
    .replace(/(?<=\d\s?[年月日]?\s?)[一ー](?=\s?\d)/gu, '—')
    .replace(/(?<=\d)[，](?=\d{3}(?:\D|$))/gu, ',');
}
