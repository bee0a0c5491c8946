/** What a person does here: answers and signs off for the office, or finds fault for the reviewers. */
type Part = 'office' | 'reviewer';

const keyOf = (part: Part): string => (part === 'office' ? 'person' : 'reviewer');

/** Who did that part at this computer last, as they wrote their name; empty before the first time. */
export const lastPerson = (part: Part): string => localStorage.getItem(keyOf(part)) ?? '';

export const rememberPerson = (part: Part, name: string): void => localStorage.setItem(keyOf(part), name);
