import { BrowserWindow } from 'electron';
import { fail, succeed } from '../contract/index.ts';
import type { Envelope } from '../contract/index.ts';
import { APP_HOST, APP_SCHEME } from './routes.ts';

export interface PrintRequest {
  /** The service's name for the file. */
  readonly id: string;
  /** How the clerk knows it. */
  readonly name: string;
  /** From 1, both included; null for all. */
  readonly pages: { readonly first: number; readonly last: number } | null;
}

/** The print page's answer: size of the sheets in millimetres, or why nothing can be printed. */
type Prepared = { readonly ok: true; readonly pages: number; readonly width: number; readonly height: number } | { readonly ok: false; readonly message: string };

function readPrepared(value: unknown): Prepared {
  if (typeof value === 'object' && value !== null && 'ok' in value) {
    if (value.ok === true && 'pages' in value && 'width' in value && 'height' in value && typeof value.pages === 'number' && typeof value.width === 'number' && typeof value.height === 'number') {
      return { ok: true, pages: value.pages, width: value.width, height: value.height };
    }
    if ('message' in value && typeof value.message === 'string') return { ok: false, message: value.message };
  }
  return { ok: false, message: '打印页没有准备好' };
}

const MICRONS_PER_MM = 1000;

/**
 * Prints by the system's dialog. A window that nobody sees lays the pages on sheets at their true size; it has no preload, no Node and
 * no way to the service but the file it shows. It goes when the dialog is answered.
 */
export async function printPaper(request: PrintRequest): Promise<Envelope<{ readonly printed: boolean }>> {
  const { id, name, pages } = request;
  const page = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false } });
  try {
    const printers = await page.webContents.getPrintersAsync();
    if (printers.length === 0) return fail('print-no-printer', name);
    const asked = new URL(`${APP_SCHEME}://${APP_HOST}/print.html`);
    asked.searchParams.set('paper', id);
    if (pages !== null) {
      asked.searchParams.set('first', String(pages.first));
      asked.searchParams.set('last', String(pages.last));
    }
    await page.loadURL(asked.href);
    const answer: unknown = await page.webContents.executeJavaScript('window.sheetsPrepared');
    const prepared = readPrepared(answer);
    if (!prepared.ok) return fail('print-failed', name, prepared.message);
    page.setTitle(name);
    return await new Promise((resolve) => {
      page.webContents.on('render-process-gone', () => resolve(fail('print-failed', name, '打印页意外关闭')));
      page.webContents.print(
        {
          silent: false,
          printBackground: true,
          margins: { marginType: 'none' },
          pageSize: { width: Math.round(prepared.width * MICRONS_PER_MM), height: Math.round(prepared.height * MICRONS_PER_MM) },
          scaleFactor: 100,
        },
        (printed, reason) => resolve(printed || /cancel/iu.test(reason) ? succeed({ printed }) : fail('print-failed', name, reason)),
      );
    });
  } catch (error) {
    return fail('print-failed', name, error instanceof Error ? error.message : String(error));
  } finally {
    if (!page.isDestroyed()) page.destroy();
  }
}
