const KEY = 'person';

/** Who works at this computer, as they wrote their name last; empty before the first time. */
export const lastPerson = (): string => localStorage.getItem(KEY) ?? '';

export const rememberPerson = (name: string): void => localStorage.setItem(KEY, name);
