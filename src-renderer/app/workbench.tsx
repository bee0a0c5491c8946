import { AppstoreOutlined, AuditOutlined, CheckSquareOutlined, DashboardOutlined, FileTextOutlined, FolderOpenOutlined, InboxOutlined, LeftOutlined, PrinterOutlined, ProfileOutlined, RollbackOutlined, SearchOutlined, SettingOutlined, SwapOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ComponentType, ReactNode } from 'react';
import type { ArchiveInfo } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { useNotify } from '../api/notify.tsx';
import { useRead } from '../api/queries.ts';
import { describeCounts } from '../ui/finding-kind.ts';
import { DropZone } from '../ui/drop-zone.tsx';
import { archiveNameOf } from '../ui/file-name.ts';
import { PageFault } from '../ui/page-fault.tsx';
import { Waiting } from '../ui/page-frame.tsx';
import { ScanLine } from '../ui/scan-line.tsx';
import { toInbox, useImport } from '../ui/use-import.tsx';
import { ArchiveProvider } from './archive-context.tsx';
import { DriveBanner, ReadOnlyBanner } from './banners.tsx';
import { useNavigation } from './navigation.tsx';
import type { PageName, Place } from './place.ts';
import { printDesk, useHasPrintTarget } from './print-desk.ts';
import type { PrintAct } from './print-desk.ts';
import { useCommands } from './use-service-events.ts';
import { useHistory } from './use-history.ts';
import { useManual } from './use-manual.ts';
import { isTyping } from './keys.ts';
import { OverviewPage } from '../overview/overview-page.tsx';
import type { PaletteCommand } from '../search/arrange-palette.ts';
import { ShortcutsModal } from './shortcuts-modal.tsx';

/** A page that is fetched when it is first gone to: the window is there before the PDF reader and the editors are. */
const page = <P extends object>(load: () => Promise<ComponentType<P>>) => lazy(async () => ({ default: await load() }));

const InboxPage = page(async () => (await import('../inbox/inbox-page.tsx')).InboxPage);
const IndicatorsPage = page(async () => (await import('../indicators/indicators-page.tsx')).IndicatorsPage);
const PreviewPage = page(async () => (await import('../preview/preview-page.tsx')).PreviewPage);
const CheckPage = page(async () => (await import('../check/check-page.tsx')).CheckPage);
const BindingPage = page(async () => (await import('../binding/binding-page.tsx')).BindingPage);
const ExchangePage = page(async () => (await import('../exchange/exchange-page.tsx')).ExchangePage);
const PapersPage = page(async () => (await import('../papers/papers-page.tsx')).PapersPage);
const SearchPage = page(async () => (await import('../search/search-page.tsx')).SearchPage);
const ReviewsPage = page(async () => (await import('../reviews/reviews-page.tsx')).ReviewsPage);
const CatalogPage = page(async () => (await import('../catalog/catalog-page.tsx')).CatalogPage);
const EventsPage = page(async () => (await import('../events/events-page.tsx')).EventsPage);
const SettingsPage = page(async () => (await import('../settings/settings-page.tsx')).SettingsPage);
const Palette = page(async () => (await import('../search/palette.tsx')).Palette);

interface WorkbenchProps {
  readonly archive: ArchiveInfo;
  readonly onLeave: () => void;
}

/** Frame of the open archive: the rail of pages at the left, the page at the right, drops and shortcuts everywhere. */
export function Workbench({ archive, onLeave }: WorkbenchProps) {
  const { place, go, back } = useNavigation();
  const history = useHistory();
  const take = useImport();
  const openManual = useManual();
  const [over, setOver] = useState<'palette' | 'shortcuts' | null>(null);
  /** With what is shown; where nothing can be printed, with what 装订 offers. */
  const printOr = (act: PrintAct): void => {
    if (!printDesk.act(act)) go({ page: 'binding' });
  };
  useMenu(!archive.readOnly);
  useWindowTitle(archive.folder);
  useQuietOnLeaving(place.page);
  useCommands(({ command }) => {
    if (command === 'import-files' && !archive.readOnly) void take.chooseFiles(toInbox);
    if (command === 'import-folder' && !archive.readOnly) void take.chooseFolder(toInbox);
    if (command === 'undo') void history.undo();
    if (command === 'redo') void history.redo();
    if (command === 'search') setOver('palette');
    if (command === 'shortcuts') setOver('shortcuts');
    if (command === 'export') go({ page: 'binding' });
    if (command === 'print') printOr('print');
    if (command === 'save-pdf') printOr('savePdf');
    if (command === 'about') go({ page: 'settings', tab: 'about' });
  });
  useShortcuts({
    ...history,
    search: () => setOver('palette'),
    help: () => setOver('shortcuts'),
    page: (number) => {
      const wanted = railPages[number - 1];
      if (wanted !== undefined) go(wanted.to);
    },
    back,
  });
  const commands: readonly PaletteCommand[] = [
    { key: 'print', name: '打印…', words: '输出 打印机', shortcut: 'Ctrl+P', run: () => printOr('print') },
    { key: 'save-pdf', name: '存为 PDF…', words: '另存为 保存 导出', shortcut: '', run: () => printOr('savePdf') },
    { key: 'export', name: '装订与导出', words: '导出草稿 正式装订 整卷 案卷', shortcut: 'Ctrl+E', run: () => go({ page: 'binding' }) },
    ...railPages.map(({ to, name }, index): PaletteCommand => ({ key: to.page, name: `去${name}`, shortcut: index < 9 ? `Ctrl+${index + 1}` : '', run: () => go(to) })),
    ...(archive.readOnly
      ? []
      : [
          { key: 'import-files', name: '导入文件', shortcut: '', run: () => void take.chooseFiles(toInbox) },
          { key: 'import-folder', name: '导入文件夹', shortcut: '', run: () => void take.chooseFolder(toInbox) },
          { key: 'undo', name: '撤销上一步改动', shortcut: 'Ctrl+Z', run: () => void history.undo() },
          { key: 'redo', name: '重做', shortcut: 'Ctrl+Y', run: () => void history.redo() },
        ]),
    { key: 'manual', name: '使用手册', words: '帮助 说明', shortcut: '', run: openManual },
    { key: 'shortcuts', name: '快捷键', words: '键盘 帮助', shortcut: 'F1', run: () => setOver('shortcuts') },
    { key: 'events', name: '操作记录', words: '日志 谁改了什么 修改历史 最近操作', shortcut: '', run: () => go({ page: 'events' }) },
    { key: 'backups', name: '备份与恢复', words: '备份 还原', shortcut: '', run: () => go({ page: 'settings', tab: 'backups' }) },
    { key: 'verify', name: '核验档案库', words: '检查 完整', shortcut: '', run: () => go({ page: 'settings', tab: 'verify' }) },
    { key: 'profiles', name: '版式设置', words: '字体 页边距 盖印', shortcut: '', run: () => go({ page: 'settings', tab: 'profiles' }) },
    { key: 'office', name: '本单位与编号设置', words: '全宗 档号 单位名称', shortcut: '', run: () => go({ page: 'settings', tab: 'office' }) },
    { key: 'leave', name: '打开其他档案库', shortcut: 'Ctrl+O', run: onLeave },
  ];
  return (
    <ArchiveProvider archive={archive}>
      <DropZone says="导入到收件箱" disabled={archive.readOnly} onPaths={(paths) => void take.paths(paths, toInbox)}>
        <div className="workbench" data-testid="workbench">
          <Rail archive={archive} onLeave={onLeave} onSearch={() => setOver('palette')} undo={() => void history.undo()} redo={() => void history.redo()} />
          <main className="desk">
            <DriveBanner archive={archive} />
            <ReadOnlyBanner archive={archive} />
            <div className="desk-room">
              <PageFault key={place.page} elsewhere={place.page === 'overview' ? null : <Button onClick={() => go({ page: 'overview' })}>去总览</Button>}>
                <Suspense fallback={<Waiting text="正在打开页面…" />}>
                  <Room place={place} />
                </Suspense>
              </PageFault>
            </div>
          </main>
        </div>
      </DropZone>
      {over === 'palette' ? (
        <Suspense fallback={null}>
          <Palette commands={commands} onClose={() => setOver(null)} />
        </Suspense>
      ) : null}
      {over === 'shortcuts' ? <ShortcutsModal onClose={() => setOver(null)} /> : null}
    </ArchiveProvider>
  );
}

/** The menu's 打印… and 存为 PDF… are grey while nothing is shown that prints and no volume can be bound, 导入 while nothing may be changed. */
function useMenu(importable: boolean): void {
  const overview = useRead('overview.read', {});
  const shown = useHasPrintTarget();
  const printable = shown || (overview.data?.evidence ?? 0) > (overview.data?.unlinked ?? 0);
  useEffect(() => {
    void call('shell.setMenu', { printable, importable });
  }, [printable, importable]);
  useEffect(() => () => void call('shell.setMenu', { printable: false, importable: false }), []);
}

/** The window bears the archive's own name, so that two of them can be told apart in the task bar. */
function useWindowTitle(folder: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = `${archiveNameOf(folder)} - ${before}`;
    return () => {
      document.title = before;
    };
  }, [folder]);
}

/** What went wrong on a page is not told on the next one. */
function useQuietOnLeaving(page: PageName): void {
  const { clear } = useNotify();
  const left = useRef(page);
  useEffect(() => {
    if (left.current !== page) clear();
    left.current = page;
  }, [page, clear]);
  useEffect(() => clear, [clear]);
}

function Room({ place }: { readonly place: Place }): ReactNode {
  switch (place.page) {
    case 'overview':
      return <OverviewPage />;
    case 'inbox':
      return <InboxPage />;
    case 'indicators':
      return <IndicatorsPage code={place.code} />;
    case 'preview':
      return <PreviewPage key={place.id} id={place.id} at={place.at} find={place.find ?? ''} />;
    case 'check':
      return <CheckPage />;
    case 'reviews':
      return <ReviewsPage />;
    case 'catalog':
      return <CatalogPage tab={place.tab} code={place.code} question={place.question ?? null} />;
    case 'binding':
      return <BindingPage />;
    case 'papers':
      return <PapersPage {...(place.kind === undefined ? {} : { kind: place.kind })} {...(place.scope === undefined ? {} : { scope: place.scope })} />;
    case 'exchange':
      return <ExchangePage />;
    case 'search':
      return <SearchPage />;
    case 'events':
      return <EventsPage />;
    case 'settings':
      return <SettingsPage tab={place.tab} />;
    default:
      return place satisfies never;
  }
}

interface ShortcutActions {
  undo(): Promise<void>;
  redo(): Promise<void>;
  search(): void;
  help(): void;
  /** Goes to a page by its place in the rail, from 1. */
  page(number: number): void;
  back(): void;
}

/** Ctrl+K, Ctrl+1…9, Ctrl+Z, Ctrl+Y, F1, ? and Alt+← in the whole window; while typing, undo and ? belong to the field. */
function useShortcuts(actions: ShortcutActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const control = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      const act = (run: () => unknown): void => {
        event.preventDefault();
        void run();
      };
      if (control && key === 'k') act(() => latest.current.search());
      else if (key === 'f1') act(() => latest.current.help());
      else if (control && /^[1-9]$/.test(key)) act(() => latest.current.page(Number(key)));
      else if (event.altKey && event.key === 'ArrowLeft') act(() => latest.current.back());
      else if (isTyping(event.target)) return;
      // A list that marks its rows does so itself; the window's own texts are no document to be marked.
      else if (control && key === 'a') event.preventDefault();
      else if (key === '?') act(() => latest.current.help());
      else if (control && key === 'z' && !event.shiftKey) act(() => latest.current.undo());
      else if (control && (key === 'y' || (key === 'z' && event.shiftKey))) act(() => latest.current.redo());
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** The pages in the order of the work; Ctrl and a digit goes to each. */
const railPages: readonly { readonly to: Place; readonly name: string; readonly icon: ReactNode }[] = [
  { to: { page: 'overview' }, name: '总览', icon: <DashboardOutlined /> },
  { to: { page: 'inbox' }, name: '收件箱', icon: <InboxOutlined /> },
  { to: { page: 'indicators', code: null }, name: '指标', icon: <AppstoreOutlined /> },
  { to: { page: 'check' }, name: '核查', icon: <CheckSquareOutlined /> },
  { to: { page: 'reviews' }, name: '整改', icon: <AuditOutlined /> },
  { to: { page: 'binding' }, name: '装订', icon: <PrinterOutlined /> },
  { to: { page: 'papers' }, name: '文书', icon: <FileTextOutlined /> },
  { to: { page: 'exchange' }, name: '收发', icon: <SwapOutlined /> },
  { to: { page: 'search' }, name: '检索', icon: <SearchOutlined /> },
  { to: { page: 'catalog', tab: 'indicators', code: null }, name: '指标目录', icon: <ProfileOutlined /> },
  { to: { page: 'settings', tab: 'units' }, name: '设置', icon: <SettingOutlined /> },
];

interface RailProps {
  readonly archive: ArchiveInfo;
  readonly onLeave: () => void;
  readonly onSearch: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

function Rail({ archive, onLeave, onSearch, undo, redo }: RailProps) {
  const { place, go, back, canGoBack } = useNavigation();
  const overview = useRead('overview.read', {});
  const rounds = useRead('review.rounds', {});
  const questions = useRead('catalog.questions', {});
  const unanswered = rounds.data?.flatMap((round) => round.findings).filter(({ state }) => state === 'open' || state === 'assigned').length ?? 0;
  const asked = questions.data?.filter((question) => question.settled === null).length ?? 0;
  const wrong = overview.data === undefined ? 0 : overview.data.errors - overview.data.pending;
  // What is still to come is no number that alarms: it stands in the words only.
  const checkSays = overview.data === undefined ? undefined : describeCounts(overview.data);
  const extras: Partial<Record<PageName, ReactNode>> = {
    inbox: <RailCount count={overview.data?.unlinked ?? 0} says="件未归入指标" />,
    check: <RailCount count={wrong} says="处错误要处理" error />,
    reviews: <RailCount count={unanswered} says="条审核意见未答复" />,
    catalog: <RailCount count={asked} says="处方案疑问未核对" />,
  };
  return (
    <div className="rail">
      <div className="rail-brand">
        <strong title={archive.title} data-testid="archive-title">{archiveNameOf(archive.folder)}</strong>
        <small>{archive.region}</small>
      </div>
      <button type="button" className="plain-button rail-search" onClick={onSearch} data-testid="open-palette">
        <SearchOutlined />
        检索和命令
        <kbd>Ctrl K</kbd>
      </button>
      <nav className="rail-list" aria-label="页面">
        {railPages.map(({ to, name, icon }) => (
          <button key={to.page} type="button" className="plain-button rail-item" aria-current={place.page === to.page ? 'page' : undefined} title={to.page === 'check' ? checkSays : undefined} onClick={() => go(to)} data-testid={`nav-${to.page}`}>
            {icon}
            {name}
            {extras[to.page]}
          </button>
        ))}
      </nav>
      <ScanLine />
      <div className="rail-foot" role="toolbar" aria-label="操作">
        <Tooltip title="返回上一处（Alt+←）">
          <Button type="text" size="small" icon={<LeftOutlined />} aria-label="返回上一处" disabled={!canGoBack} onClick={back} data-testid="go-back" />
        </Tooltip>
        <Tooltip title="撤销（Ctrl+Z）">
          <Button type="text" size="small" icon={<RollbackOutlined />} aria-label="撤销" disabled={archive.readOnly} onClick={undo} data-testid="undo" />
        </Tooltip>
        <Tooltip title="重做（Ctrl+Y）">
          <Button type="text" size="small" icon={<RollbackOutlined className="redo-icon" />} aria-label="重做" disabled={archive.readOnly} onClick={redo} data-testid="redo" />
        </Tooltip>
        <Tooltip title="其他档案库">
          <Button type="text" size="small" icon={<FolderOpenOutlined />} aria-label="其他档案库" onClick={onLeave} data-testid="leave" />
        </Tooltip>
      </div>
    </div>
  );
}

function RailCount({ count, says, error = false }: { readonly count: number; readonly says: string; readonly error?: boolean }) {
  if (count === 0) return null;
  return (
    <span className={`rail-count${error ? ' rail-count-error' : ''}`} {...(error ? {} : { title: `${count} ${says}` })} data-testid="rail-count">
      {count}
      <span className="visually-hidden">{says}</span>
    </span>
  );
}
