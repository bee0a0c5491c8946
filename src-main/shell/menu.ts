import { app, Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import type { ServiceEvent } from '../contract/index.ts';

const MOST_RECENT = 8;

interface Offered {
  readonly printable: boolean;
  readonly importable: boolean;
}

/** Items that are grey while they could do nothing; they keep that over a menu that is made anew. */
const greyable: readonly (readonly [id: Command, by: keyof Offered])[] = [['print', 'printable'], ['save-pdf', 'printable'], ['import-files', 'importable'], ['import-folder', 'importable']];
let offered: Offered = { printable: false, importable: false };

export function offerInMenu(now: Offered): void {
  offered = now;
  for (const [id, by] of greyable) {
    const item = Menu.getApplicationMenu()?.getMenuItemById(id);
    if (item !== null && item !== undefined) item.enabled = now[by];
  }
}

type Command = Extract<ServiceEvent, { readonly kind: 'command' }>['command'];

/** The Chinese application menu. Its own commands are carried out by the window; `recent` are archives opened lately, newest first. */
export function setMenu(send: (command: Command, path?: string) => void, recent: readonly { readonly folder: string; readonly title: string }[]): void {
  const item = (label: string, command: Command, accelerator?: string, extra: MenuItemConstructorOptions = {}): MenuItemConstructorOptions => ({
    label,
    click: () => send(command),
    ...(accelerator === undefined ? {} : { accelerator }),
    ...extra,
  });
  // The page handles Ctrl+Z itself: within a text field it means the text, elsewhere the archive.
  const shownOnly = { registerAccelerator: false };
  const template: MenuItemConstructorOptions[] = [
    {
      label: '文件(&F)',
      submenu: [
        item('新建档案库…', 'new', 'CmdOrCtrl+N'),
        item('打开档案库…', 'open', 'CmdOrCtrl+O'),
        { label: '最近使用', enabled: recent.length > 0, submenu: recent.slice(0, MOST_RECENT).map(({ folder, title }) => ({ label: title.replaceAll('&', '&&'), sublabel: folder, click: () => send('open', folder) })) },
        { type: 'separator' },
        item('导入文件…', 'import-files', undefined, { id: 'import-files', enabled: offered.importable }),
        item('导入文件夹…', 'import-folder', undefined, { id: 'import-folder', enabled: offered.importable }),
        { type: 'separator' },
        item('打印…', 'print', 'CmdOrCtrl+P', { id: 'print', enabled: offered.printable }),
        item('存为 PDF…', 'save-pdf', undefined, { id: 'save-pdf', enabled: offered.printable }),
        item('装订与导出…', 'export', 'CmdOrCtrl+E'),
        { type: 'separator' },
        { role: 'quit', label: '退出' },
      ],
    },
    {
      label: '编辑(&E)',
      submenu: [
        item('撤销', 'undo', 'CmdOrCtrl+Z', shownOnly),
        item('重做', 'redo', 'CmdOrCtrl+Shift+Z', shownOnly),
        { type: 'separator' },
        { role: 'cut', label: '剪切' },
        { role: 'copy', label: '复制' },
        { role: 'paste', label: '粘贴' },
        { role: 'selectAll', label: '全选' },
        { type: 'separator' },
        item('检索和命令…', 'search', 'CmdOrCtrl+K', shownOnly),
      ],
    },
    {
      label: '视图(&V)',
      submenu: [
        { role: 'resetZoom', label: '实际大小' },
        { role: 'zoomIn', label: '放大' },
        { role: 'zoomOut', label: '缩小' },
        { type: 'separator' },
        { role: 'togglefullscreen', label: '全屏' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools', label: '开发者工具' } satisfies MenuItemConstructorOptions]),
      ],
    },
    { label: '帮助(&H)', submenu: [item('使用手册', 'manual'), item('快捷键', 'shortcuts', 'F1'), item('关于创档', 'about')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
