/** Last part of a path of either kind of system. */
export const fileNameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** What the office called its archive: the folder's name without its ending. */
export const archiveNameOf = (folder: string): string => fileNameOf(folder).replace(/\.cdarchive$/u, '');
