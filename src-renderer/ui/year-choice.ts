/** The year of the archive in which a date lies, or null where it lies in none. */
export function yearForDate(date: string, years: readonly number[]): number | null {
  const year = Number(date.slice(0, 4));
  return years.includes(year) ? year : null;
}
