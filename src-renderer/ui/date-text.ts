/** Why a text is not a date as the archive keeps it (`2024-04-30`, a year alone, or empty), or an empty text. */
export function checkDate(text: string): string {
  if (text === '' || /^\d{4}$/.test(text)) return '';
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return '写作 2024-04-30，或只写年份 2024';
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? '' : '没有这一天';
}

/** Dates as clerks write them (`2024.4.30`, `2024年4月30日`, `20240430`) in the archive's form; other texts stay as they are. */
export function readDate(text: string): string {
  const plain = text.trim().normalize('NFKC');
  const match = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (match === null) return plain.replace(/^(\d{4})年$/, '$1');
  const [, year = '', month = '', day = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
