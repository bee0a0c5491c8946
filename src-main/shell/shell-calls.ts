import { app, shell } from 'electron';
import type { BrowserWindow, OpenDialogOptions } from 'electron';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { devDependencies, version } from '../../package.json';
import { calls, fail, succeed } from '../contract/index.ts';
import type { CallArguments, CallOutput, Envelope, ShellCallName } from '../contract/index.ts';
import { placeArchive } from './archive-place.ts';
import { printPaper } from './print-paper.ts';
import { dragOut, safeName, saveCopy } from './copy-out.ts';
import { chooseFiles, chooseFolder, chooseSavePlace, wasNamed } from './file-dialogs.ts';
import type { LastFolders } from './last-folders.ts';
import { offerInMenu } from './menu.ts';
import type { ProgramLog } from './program-log.ts';
import type { RecentArchives } from './recent.ts';
import type { ServiceClient } from './service-client.ts';
import { makeSupportReport } from './support-report.ts';

export interface ShellContext {
  readonly window: BrowserWindow;
  readonly service: ServiceClient;
  readonly recent: RecentArchives;
  readonly folders: LastFolders;
  readonly log: ProgramLog;
}

export type ShellHandlers = { readonly [N in ShellCallName]: (input: CallArguments<N>, context: ShellContext) => Promise<Envelope<CallOutput<N>>> };

const filters: Readonly<Record<CallArguments<'shell.chooseFiles'>['purpose'], OpenDialogOptions['filters']>> = {
  evidence: [{ name: '所有文件', extensions: ['*'] }],
  plan: [{ name: '方案（DOCX、PDF、TXT）', extensions: ['docx', 'pdf', 'txt'] }],
  paper: [{ name: '文书（PDF、DOCX、图片）', extensions: ['pdf', 'docx', 'doc', 'ofd', 'jpg', 'jpeg', 'png', 'tif', 'tiff'] }],
  template: [{ name: '模板（DOCX）', extensions: ['docx'] }],
  profile: [{ name: '版式（JSON）', extensions: ['json'] }],
  catalog: [{ name: '指标目录（JSON）', extensions: ['json'] }],
  review: [{ name: '问题清单（XLSX、CSV、TXT、DOCX）', extensions: ['xlsx', 'csv', 'txt', 'docx'] }],
  pack: [{ name: '任务包、填报文件夹压缩包', extensions: ['cdpack', 'zip'] }],
};

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

async function firstFolder(candidates: readonly string[]): Promise<string> {
  for (const candidate of candidates) if (await exists(candidate)) return candidate;
  return tmpdir();
}

/** The report that a person has on the screen: exactly that is saved. */
let shownReport = '';

/** Calls that Electron's main process answers itself. */
export const shellHandlers: ShellHandlers = {
  'shell.chooseFolder': async ({ title, button, at }, { window, folders }) => {
    const path = await chooseFolder({ title, button, at }, window, folders);
    return succeed({ path });
  },
  'shell.placeArchive': async (wish) => succeed(await placeArchive(wish, [app.getPath('documents'), app.getPath('home'), app.getPath('userData')])),
  'shell.chooseFiles': async ({ title, purpose }, { window, folders }) => {
    const properties: OpenDialogOptions['properties'] = purpose === 'evidence' ? ['openFile', 'multiSelections'] : ['openFile'];
    const paths = await chooseFiles({ title, properties, filters: filters[purpose] ?? [] }, window, folders);
    return succeed({ paths });
  },
  'shell.choosePaperFile': async ({ suggestedName, format }, { window, folders }) => {
    const name = safeName(suggestedName);
    const path = await chooseSavePlace({ title: `存为 ${format.toUpperCase()}`, name: name.endsWith(`.${format}`) ? name : `${name}.${format}`, filters: [{ name: format.toUpperCase(), extensions: [format] }] }, window, folders);
    return succeed({ path });
  },
  'shell.showSaved': async ({ path }) => {
    if (!wasNamed(path) || !(await exists(path))) return fail('file-not-found', path);
    shell.showItemInFolder(path);
    return succeed({});
  },
  'shell.setMenu': (offered) => {
    offerInMenu(offered);
    return Promise.resolve(succeed({}));
  },
  'shell.print': async ({ id, name, pages }) => printPaper({ id, name, pages }),
  'shell.openPaper': async ({ id }, { service }) => {
    const found = await service.call('papers.file', { id });
    if (!found.ok) return found;
    const { path } = calls['papers.file'].output.parse(found.value);
    const trouble = await shell.openPath(path);
    return trouble === '' ? succeed({}) : fail('no-permission', path, trouble);
  },
  'shell.sampleFolder': async () => {
    const parent = await firstFolder([app.getPath('documents'), app.getPath('home'), app.getPath('userData')]);
    for (let number = 1; ; number += 1) {
      const path = join(parent, number === 1 ? '示例档案.cdarchive' : `示例档案${number}.cdarchive`);
      if (!(await exists(path))) return succeed({ path });
    }
  },
  'shell.showExport': async ({ version: exported }, { service }) => {
    const current = await service.call('archive.current', {});
    const archive = current.ok ? calls['archive.current'].output.parse(current.value) : null;
    if (archive === null) return current.ok ? fail('no-archive-open') : current;
    const folder = join(archive.folder, 'exports', exported);
    const isFolder = await stat(folder).then((found) => found.isDirectory(), () => false);
    if (!isFolder) return fail('file-not-found', folder);
    const trouble = await shell.openPath(folder);
    return trouble === '' ? succeed({}) : fail('no-permission', folder, trouble);
  },
  'shell.dragOut': ({ id }, { window, service }) => dragOut(id, window, service),
  'shell.saveCopy': ({ id }, { window, service, folders }) => saveCopy(id, window, service, folders),
  'shell.recent': (_input, { recent }) => Promise.resolve(succeed(recent.list())),
  'shell.forgetRecent': ({ folder }, { recent }) => {
    recent.forget(folder);
    return Promise.resolve(succeed({}));
  },
  'shell.runtime': (_input, { service }) =>
    Promise.resolve(
      succeed({
        version,
        electron: process.versions.electron,
        chrome: process.versions.chrome,
        node: process.versions.node,
        serviceNode: service.node,
        standIn: process.versions.electron !== devDependencies.electron,
      }),
    ),
  'shell.openManual': async () => {
    const path = app.isPackaged ? join(process.resourcesPath, 'program', 'manual', 'index.html') : join(app.getAppPath(), 'dist', 'manual', 'index.html');
    const trouble = (await exists(path)) ? await shell.openPath(path) : '安装不完整，请重新安装';
    return trouble === '' ? succeed({}) : fail('file-not-found', '使用手册', trouble);
  },
  'shell.notices': async () => succeed({ text: await readFile(join(app.getAppPath(), 'dist', 'notices', 'third-party.txt'), 'utf8') }),
  'shell.supportReport': async (_input, { log, service }) => {
    shownReport = await makeSupportReport(log, service);
    return succeed({ text: shownReport });
  },
  'shell.saveSupportReport': async (_input, { window, folders }) => {
    const filePath = await chooseSavePlace({ title: '保存问题报告', name: '创档问题报告.txt' }, window, folders);
    if (filePath === null) return succeed({ path: null });
    try {
      await writeFile(filePath, shownReport);
      return succeed({ path: filePath });
    } catch (error) {
      return fail(error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? 'disk-full' : 'no-permission', filePath);
    }
  },
};
