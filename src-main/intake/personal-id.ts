const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10X98765432';

/** Whether 18 characters are a personal ID number: region, birth date and check digit (GB 11643-1999) all right. */
export function isPersonalId(text: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/u.test(text)) return false;
  const [year, month, day] = [Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14))];
  const born = new Date(Date.UTC(year, month - 1, day));
  if (year < 1900 || year > 2100 || born.getUTCMonth() !== month - 1 || born.getUTCDate() !== day) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return text[17] === checks[sum % 11];
}

/** Places of personal ID numbers in a text; digits may be parted by spaces or hyphens as forms and scans do. */
export function findPersonalIds(text: string): readonly { readonly index: number; readonly length: number }[] {
  const found: { readonly index: number; readonly length: number }[] = [];
  for (const match of text.matchAll(/(?<![\dA-Za-z])[1-9](?:[ \u3000-]?\d){16}[ \u3000-]?[\dXx](?![\dA-Za-z])/gu)) {
    if (isPersonalId(match[0].replace(/[ \u3000-]/gu, '').toUpperCase())) found.push({ index: match.index, length: match[0].length });
  }
  return found;
}
