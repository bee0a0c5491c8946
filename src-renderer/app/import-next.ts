let wanted: string | null = null;

/** Asks that the overview of an archive, once it is shown, begins by choosing a folder of material. */
export const askImportNext = (folder: string): void => {
  wanted = folder;
};

/** Whether that was asked for; true once only. */
export function takeImportNext(folder: string): boolean {
  if (wanted !== folder) return false;
  wanted = null;
  return true;
}
