/** The year of the archive in which a date lies, or null where it lies in none. */
export function yearForDate(date: string, years: readonly number[]): number | null {
  const year = Number(date.slice(0, 4));
  return years.includes(year) ? year : null;
}

/** The year that a document is about: the one its title names, else that of its date. A title that names several decides nothing. */
export function yearOfItem({ title, date }: { readonly title: string; readonly date: string }, years: readonly number[]): number | null {
  const named = new Set([...title.matchAll(/(?<!\d)(\d{4})(?=年)/gu)].map(([, year]) => Number(year)));
  const [only] = named;
  if (named.size === 1 && only !== undefined && years.includes(only)) return only;
  return named.size > 1 ? null : yearForDate(date, years);
}
