/** Byte classes of PDF syntax (ISO 32000-1, 7.2.2): 0 regular, 1 white space, 2 delimiter. */
export const CHARACTER_CLASS = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) CHARACTER_CLASS[code] = 1;
for (const character of '()<>[]{}/%') CHARACTER_CLASS[character.charCodeAt(0)] = 2;

export const isWhite = (code: number | undefined): boolean => code !== undefined && CHARACTER_CLASS[code] === 1;
export const isRegular = (code: number | undefined): boolean => code !== undefined && CHARACTER_CLASS[code] === 0;
export const isDigit = (code: number | undefined): boolean => code !== undefined && code >= 48 && code <= 57;

/** Value of a hexadecimal digit, −1 for anything else. */
export function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  if (code >= 97 && code <= 102) return code - 87;
  return -1;
}
