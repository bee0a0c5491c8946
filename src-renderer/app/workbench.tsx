import { AppstoreOutlined, AuditOutlined, CheckSquareOutlined, DashboardOutlined, FileTextOutlined, FolderOpenOutlined, InboxOutlined, LeftOutlined, PrinterOutlined, ProfileOutlined, RedoOutlined, SearchOutlined, SettingOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { ArchiveInfo } from '../../src-main/contract/index.ts';
import { useRead } from '../api/queries.ts';
import { BindingPage } from '../binding/binding-page.tsx';
import { CatalogPage } from '../catalog/catalog-page.tsx';
import { CheckPage } from '../check/check-page.tsx';
import { InboxPage } from '../inbox/inbox-page.tsx';
import { IndicatorsPage } from '../indicators/indicators-page.tsx';
import { OverviewPage } from '../overview/overview-page.tsx';
import { PapersPage } from '../papers/papers-page.tsx';
import { PreviewPage } from '../preview/preview-page.tsx';
import { ReviewsPage } from '../reviews/reviews-page.tsx';
import { SearchPage } from '../search/search-page.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { DropZone } from '../ui/drop-zone.tsx';
import { toInbox, useImport } from '../ui/use-import.tsx';
import { ArchiveProvider } from './archive-context.tsx';
import { ReadOnlyBanner } from './banners.tsx';
import { useNavigation } from './navigation.tsx';
import type { Place } from './place.ts';
import { useCommands } from './use-service-events.ts';
import { useHistory } from './use-history.ts';
import { isTyping } from './keys.ts';

interface WorkbenchProps {
  readonly archive: ArchiveInfo;
  readonly onLeave: () => void;
}

/** Frame of the open archive: the rail of pages at the left, the page at the right, drops and shortcuts everywhere. */
export function Workbench({ archive, onLeave }: WorkbenchProps) {
  const { place, go, back } = useNavigation();
  const history = useHistory();
  const take = useImport();
  useCommands(({ command }) => {
    if (command === 'undo') void history.undo();
    if (command === 'redo') void history.redo();
    if (command === 'search') go({ page: 'search' });
    if (command === 'export') go({ page: 'binding' });
    if (command === 'about') go({ page: 'settings', tab: 'about' });
  });
  useShortcuts({ ...history, search: () => go({ page: 'search' }), back });
  return (
    <ArchiveProvider archive={archive}>
      <DropZone says="导入到收件箱" disabled={archive.readOnly} onPaths={(paths) => void take.paths(paths, toInbox)}>
        <div className="workbench" data-testid="workbench">
          <Rail archive={archive} onLeave={onLeave} undo={() => void history.undo()} redo={() => void history.redo()} />
          <main className="desk">
            <ReadOnlyBanner archive={archive} />
            <div className="desk-room">
              <Room place={place} />
            </div>
          </main>
        </div>
      </DropZone>
    </ArchiveProvider>
  );
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
      return <PreviewPage key={place.id} id={place.id} at={place.at} />;
    case 'check':
      return <CheckPage />;
    case 'reviews':
      return <ReviewsPage />;
    case 'catalog':
      return <CatalogPage tab={place.tab} code={place.code} />;
    case 'binding':
      return <BindingPage />;
    case 'papers':
      return <PapersPage {...(place.kind === undefined ? {} : { kind: place.kind })} />;
    case 'search':
      return <SearchPage />;
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
  back(): void;
}

/** Ctrl+K, Ctrl+Z, Ctrl+Y and Alt+← in the whole window; while typing, undo belongs to the field. */
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
      else if (event.altKey && event.key === 'ArrowLeft') act(() => latest.current.back());
      else if (isTyping(event.target)) return;
      else if (control && key === 'z' && !event.shiftKey) act(() => latest.current.undo());
      else if (control && (key === 'y' || (key === 'z' && event.shiftKey))) act(() => latest.current.redo());
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

interface RailProps {
  readonly archive: ArchiveInfo;
  readonly onLeave: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

function Rail({ archive, onLeave, undo, redo }: RailProps) {
  const { place, go, back, canGoBack } = useNavigation();
  const overview = useRead('overview.read', {});
  const rounds = useRead('review.rounds', {});
  const questions = useRead('catalog.questions', {});
  const unanswered = rounds.data?.flatMap((round) => round.findings).filter(({ state }) => state === 'open' || state === 'assigned').length ?? 0;
  const asked = questions.data?.filter((question) => question.settled === null).length ?? 0;
  const pages: readonly { readonly to: Place; readonly name: string; readonly icon: ReactNode; readonly extra?: ReactNode }[] = [
    { to: { page: 'overview' }, name: '总览', icon: <DashboardOutlined /> },
    { to: { page: 'inbox' }, name: '收件箱', icon: <InboxOutlined />, extra: <RailCount count={overview.data?.unlinked ?? 0} says="件未归入指标" /> },
    { to: { page: 'indicators', code: null }, name: '指标', icon: <AppstoreOutlined /> },
    { to: { page: 'check' }, name: '核查', icon: <CheckSquareOutlined />, extra: <RailCount count={overview.data?.errors ?? 0} says="处错误" error /> },
    { to: { page: 'reviews' }, name: '整改', icon: <AuditOutlined />, extra: <RailCount count={unanswered} says="条审核意见未答复" /> },
    { to: { page: 'binding' }, name: '装订', icon: <PrinterOutlined /> },
    { to: { page: 'papers' }, name: '文书', icon: <FileTextOutlined /> },
    { to: { page: 'search' }, name: '检索', icon: <SearchOutlined />, extra: <kbd>Ctrl K</kbd> },
    { to: { page: 'catalog', tab: 'indicators', code: null }, name: '目录', icon: <ProfileOutlined />, extra: <RailCount count={asked} says="处方案疑问未核对" /> },
    { to: { page: 'settings', tab: 'units' }, name: '设置', icon: <SettingOutlined /> },
  ];
  return (
    <div className="rail">
      <div className="rail-brand">
        <strong data-testid="archive-title">{archive.title}</strong>
        <small>{archive.region}</small>
      </div>
      <nav className="rail-list" aria-label="页面">
        {pages.map(({ to, name, icon, extra }) => (
          <button key={to.page} type="button" className="plain-button rail-item" aria-current={place.page === to.page ? 'page' : undefined} onClick={() => go(to)} data-testid={`nav-${to.page}`}>
            {icon}
            {name}
            {extra}
          </button>
        ))}
      </nav>
      <div className="rail-foot" role="toolbar" aria-label="操作">
        <Tooltip title="返回上一处（Alt+←）">
          <Button type="text" size="small" icon={<LeftOutlined />} aria-label="返回上一处" disabled={!canGoBack} onClick={back} data-testid="go-back" />
        </Tooltip>
        <Tooltip title="撤销（Ctrl+Z）">
          <Button type="text" size="small" icon={<UndoOutlined />} aria-label="撤销" disabled={archive.readOnly} onClick={undo} data-testid="undo" />
        </Tooltip>
        <Tooltip title="重做（Ctrl+Y）">
          <Button type="text" size="small" icon={<RedoOutlined />} aria-label="重做" disabled={archive.readOnly} onClick={redo} data-testid="redo" />
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
    <span className={`rail-count${error ? ' rail-count-error' : ''}`}>
      {count}
      <span className="visually-hidden">{says}</span>
    </span>
  );
}
