export interface NamedGroup {
  readonly code: string;
  readonly name: string;
}

/** Heading of an indicator group: its number as plans write it, then its name; the code alone while names are not there yet. */
export function titleOfGroup(groups: readonly NamedGroup[], code: string): string {
  const name = groups.find((group) => group.code === code)?.name;
  if (name === undefined || name === code) return code;
  return /^[一二三四五六七八九十]+$/u.test(code) ? `${code}、${name}` : name;
}
