import './plain-checks.ts';
import { app, dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { dirname, join } from 'node:path';
import type { ArchiveInfo, CallName, Envelope } from '../contract/index.ts';
import { declareAppScheme, serveApp } from './app-protocol.ts';
import { connectWindow } from './ipc.ts';
import type { WindowLink } from './ipc.ts';
import { LastFolders } from './last-folders.ts';
import { setMenu } from './menu.ts';
import { findArchiveArgument, readOpenedArchive } from './opened-archive.ts';
import { ProgramLog } from './program-log.ts';
import { RecentArchives } from './recent.ts';
import { lockDown, lockDownSession } from './security.ts';
import { ServiceClient } from './service-client.ts';
import { startService } from './service-start.ts';
import { openWindow } from './window.ts';

const userData = process.env['CHUANGDANG_USER_DATA'];
if (userData !== undefined && userData !== '') app.setPath('userData', userData);
// enableSandbox would override --no-sandbox, without which nothing starts as root.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// The program speaks Chinese; so do Chromium's own words and, where the system has them, those of its file dialogs (GTK asks LANGUAGE).
app.commandLine.appendSwitch('lang', 'zh-CN');
process.env['LANGUAGE'] = 'zh_CN:zh';
app.commandLine.appendSwitch('disable-background-networking');
app.commandLine.appendSwitch('disable-component-update');
// Chromium looks names up on its own account; here there is nothing to look up.
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
declareAppScheme();
lockDown();

const log = new ProgramLog(app.getPath('userData'));

/** The archive that the command line names. */
const named = findArchiveArgument(process.argv.slice(1), process.cwd());

let window: BrowserWindow | null = null;
let link: WindowLink | null = null;
let archive: ArchiveInfo | null = null;

const service = new ServiceClient({
  start: () => startService((text) => log.write('service', text)),
  emit: (event) => {
    if (event.kind === 'service-state' && event.state !== 'running') log.write('main', `service ${event.state}`);
    link?.emit(event);
  },
  recover: async (call) => {
    if (archive !== null) await call('archive.open', { folder: archive.folder, readOnly: archive.readOnly });
  },
});

/** What stands when the window comes: the service and, where the command line names an archive, the answer to opening it. Both take their time while Electron takes its own. */
interface Early {
  readonly opened: Promise<Envelope<unknown> | null>;
  /** Why the service could not be started at all. */
  readonly trouble: unknown;
}

function startEarly(): Early {
  try {
    service.start();
  } catch (trouble) {
    return { opened: Promise.resolve(null), trouble };
  }
  return { opened: named === null ? Promise.resolve(null) : service.call('archive.open', { folder: named }), trouble: null };
}

function openMainWindow(opening: Early['opened']): void {
  // First: its process starts while this one goes on.
  window = openWindow(join(import.meta.dirname, 'preload.cjs'));
  const recent = new RecentArchives(join(app.getPath('userData'), 'recent.json'));
  const folders = new LastFolders(join(app.getPath('userData'), 'folders.json'));
  const note = (name: CallName, envelope: Envelope<unknown>): void => {
    const opened = readOpenedArchive(name, envelope);
    if (opened === undefined) return;
    archive = opened;
    if (opened === null) return;
    recent.remember(opened, new Date());
    folders.begin('put', dirname(opened.folder));
    app.addRecentDocument(opened.folder);
    showMenu();
  };
  const entered = opening.then((envelope) => {
    if (envelope?.ok === true) note('archive.open', envelope);
    // Not to be opened just so: the page asks what the clerk wants.
    else if (envelope !== null && named !== null) link?.emit({ kind: 'command', command: 'open', path: named });
    return envelope;
  });
  link = connectWindow({ window, service, recent, folders, log }, entered, note);
  const showMenu = (): void => setMenu((command, path) => link?.emit({ kind: 'command', command, ...(path === undefined ? {} : { path }) }), recent.list());
  showMenu();
  window.on('closed', () => {
    window = null;
    link = null;
  });
}

function openArgument(argv: readonly string[], workingFolder: string): void {
  const folder = findArchiveArgument(argv, workingFolder);
  if (folder !== null) link?.emit({ kind: 'command', command: 'open', path: folder });
}

/** What Electron says about processes that broke. Memory images are not kept: they would hold what documents say. */
function noteTrouble(): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => log.write('main', `${type} process gone: ${reason} ${exitCode}`));
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => log.write('window', `page gone: ${reason} ${exitCode}`));
  process.on('uncaughtExceptionMonitor', (error) => log.write('main', error.stack ?? error.message));
}

function startProgram(): void {
  noteTrouble();
  const early = startEarly();
  app.on('second-instance', (_event, argv, workingFolder) => {
    if (window === null) return;
    if (window.isMinimized()) window.restore();
    window.focus();
    openArgument(argv, workingFolder);
  });
  app.on('window-all-closed', () => app.quit());
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void service.shutdown().finally(() => {
      closed = true;
      app.quit();
    });
  });
  void app.whenReady().then(() => {
    lockDownSession();
    if (early.trouble !== null) throw early.trouble;
    serveApp(join(app.getAppPath(), 'dist', 'renderer'), service);
    openMainWindow(early.opened);
  }).catch((error: unknown) => {
    dialog.showErrorBox('创档无法启动', error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
}

if (app.requestSingleInstanceLock()) startProgram();
else app.quit();
