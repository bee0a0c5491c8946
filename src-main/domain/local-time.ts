const two = (part: number): string => String(part).padStart(2, '0');

/** `YYYY-MM-DD` by the office's own clock. */
export const localDay = (date: Date): string => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** `HH:MM` by the office's own clock. */
export const localTime = (date: Date): string => `${two(date.getHours())}:${two(date.getMinutes())}`;
