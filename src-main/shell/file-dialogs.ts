import { app, dialog } from 'electron';
import type { BrowserWindow, FileFilter, OpenDialogOptions } from 'electron';
import { dirname, join } from 'node:path';
import type { LastFolders } from './last-folders.ts';

/** The system's own dialogs, each with Chinese words where it takes them, each opening in the folder that was used last. */

const usualFolders = (): readonly string[] => [app.getPath('documents'), app.getPath('home')];

/** Null where the user cancelled. `at`: where it opens, if not where one last was. */
export async function chooseFolder({ title, button, at }: { readonly title: string; readonly button: string; readonly at: string }, window: BrowserWindow, folders: LastFolders): Promise<string | null> {
  const defaultPath = at === '' ? await folders.of('take', usualFolders()) : at;
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { title, message: title, buttonLabel: button, defaultPath, properties: ['openDirectory', 'createDirectory'] });
  const [path] = filePaths;
  if (canceled || path === undefined) return null;
  // A folder is chosen by looking at the one it lies in.
  folders.remember('take', dirname(path));
  return path;
}

/** Empty where the user cancelled. */
export async function chooseFiles(options: Pick<OpenDialogOptions, 'properties'> & { readonly title: string; readonly filters: FileFilter[] }, window: BrowserWindow, folders: LastFolders): Promise<string[]> {
  const defaultPath = await folders.of('take', usualFolders());
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { ...options, message: options.title, buttonLabel: '选择', defaultPath });
  const [path] = filePaths;
  if (canceled || path === undefined) return [];
  folders.remember('take', dirname(path));
  return filePaths;
}

/** Files that save dialogs named since the start: no other is shown at a page's wish. */
const named = new Set<string>();
export const wasNamed = (path: string): boolean => named.has(path);

/** A path to save to, with the first filter's ending, or null where the user cancelled. */
export async function chooseSavePlace({ title, name, filters = [] }: { readonly title: string; readonly name: string; readonly filters?: FileFilter[] }, window: BrowserWindow, folders: LastFolders): Promise<string | null> {
  const defaultPath = join(await folders.of('put', usualFolders()), name);
  const { canceled, filePath } = await dialog.showSaveDialog(window, { title, message: title, buttonLabel: '保存', nameFieldLabel: '文件名', defaultPath, filters, properties: ['createDirectory', 'showOverwriteConfirmation'] });
  if (canceled || filePath === '') return null;
  const ending = filters[0]?.extensions[0];
  const path = ending === undefined || filePath.toLowerCase().endsWith(`.${ending}`) ? filePath : `${filePath}.${ending}`;
  folders.remember('put', dirname(path));
  named.add(path);
  return path;
}
