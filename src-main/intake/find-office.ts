import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/**
 * Path of an installed LibreOffice, or undefined. `CHUANGDANG_OFFICE` names one that lies elsewhere. On Windows the program is
 * `soffice.com`, which waits for the conversion; `soffice.exe` does not.
 */
export async function findOffice(environment: Readonly<Record<string, string | undefined>> = process.env): Promise<string | undefined> {
  const named = environment['CHUANGDANG_OFFICE'];
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...(named === undefined ? [] : [named]),
    ...(process.platform === 'win32'
      ? ['ProgramFiles', 'ProgramFiles(x86)', 'ProgramW6432'].flatMap((name) => (environment[name] === undefined ? [] : [join(environment[name], 'LibreOffice', 'program', 'soffice.com')]))
      : folders.flatMap((folder) => [join(folder, 'soffice'), join(folder, 'libreoffice')])),
    ...(process.platform === 'darwin' ? ['/Applications/LibreOffice.app/Contents/MacOS/soffice'] : []),
  ];
  for (const candidate of candidates) {
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      continue;
    }
  }
  return undefined;
}
