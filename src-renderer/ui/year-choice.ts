/** The year of the archive in which a date lies, or null where it lies in none. */
export function yearForDate(date: string, years: readonly number[]): number | null {
  const year = Number(date.slice(0, 4));
  return years.includes(year) ? year : null;
}

/** `2023—2030年`, `2021至2023年`: a span, of which neither end is the year that a document is about. */
const SPAN = /(?<!\d)\d{4}年?\s*(?:[-—–~～－]+|至|到)\s*\d{2,4}年/u;

/** What holds until it is changed, alone or within what put it in force: 实施细则, 关于印发《…办法》的通知. */
const STANDING = /(?:规划|实施方案|办法|细则|规定|制度|条例|规程|预案|章程)(?:[（(][^（）()]*[）)])?(?:》?的(?:通知|批复|决定|公告|函))?$/u;

/** When to file for one year and when for the whole period. */
export const yearHelp = '只说某一年的材料选那一年；规划、制度等不分年度或跨几年的选“整个期间”。';

/** `2023年`, or the whole period. */
export const nameYear = (year: number | null): string => (year === null ? '整个期间' : `${year}年`);

/** The year that a document is about: the one its title names, else that of its date. A title that names several, or a span, decides nothing; a rule or plan whose title names no year is for the whole period. */
export function yearOfItem({ title, date }: { readonly title: string; readonly date: string }, years: readonly number[]): number | null {
  const named = new Set([...title.matchAll(/(?<!\d)(\d{4})(?=年)/gu)].map(([, year]) => Number(year)));
  if (SPAN.test(title)) return null;
  const [only] = named;
  if (named.size === 1 && only !== undefined && years.includes(only)) return only;
  return named.size > 1 || (named.size === 0 && STANDING.test(title)) ? null : yearForDate(date, years);
}
