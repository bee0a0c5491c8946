/** Unsaved report text, kept where it survives a crash of the window. */
export interface DraftStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const keyOf = (folder: string, code: string): string => `draft:${folder}:${code}`;

export const keepDraft = (store: DraftStore, folder: string, code: string, text: string): void => store.setItem(keyOf(folder, code), text);

export const dropDraft = (store: DraftStore, folder: string, code: string): void => store.removeItem(keyOf(folder, code));

/** A draft that was never saved, or null. One equal to the saved text is nothing to restore. */
export function findDraft(store: DraftStore, folder: string, code: string, saved: string): string | null {
  const draft = store.getItem(keyOf(folder, code));
  return draft === null || draft === saved ? null : draft;
}
