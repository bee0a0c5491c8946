import { app, BrowserWindow, screen } from 'electron';
import { join } from 'node:path';
import { writeJsonFile } from './json-file.ts';
import { START_PAGE } from './routes.ts';
import { readWindowState } from './window-state.ts';

/** Opens the one window of the program where it was closed last time. */
export function openWindow(preload: string): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'window.json');
  const state = readWindowState(stateFile, screen.getAllDisplays().map((display) => display.workArea));
  const { workAreaSize } = screen.getPrimaryDisplay();
  const window = new BrowserWindow({
    ...(state === null ? { width: Math.min(1440, workAreaSize.width), height: Math.min(920, workAreaSize.height) } : { x: state.x, y: state.y, width: state.width, height: state.height }),
    // A screen of 1366 × 768 at 150 % has 911 × 512 of these points: the window must fit even there.
    minWidth: Math.min(960, workAreaSize.width),
    minHeight: Math.min(620, workAreaSize.height),
    show: false,
    title: '创档',
    icon: join(app.getAppPath(), 'dist', 'icons', '256x256.png'),
    backgroundColor: '#ffffff',
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false, devTools: !app.isPackaged },
  });
  window.once('ready-to-show', () => {
    if (state?.maximized === true) window.maximize();
    window.show();
  });
  window.on('close', () => {
    writeJsonFile(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  reviveOnce(window);
  void window.loadURL(START_PAGE);
  return window;
}

/** A page that crashed is loaded again: everything it showed lies in the archive. A second crash within a minute is left to be seen. */
function reviveOnce(window: BrowserWindow): void {
  let last = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, details) => {
    const now = performance.now();
    if (details.reason === 'clean-exit' || now - last < 60_000) return;
    last = now;
    void window.loadURL(START_PAGE);
  });
}
