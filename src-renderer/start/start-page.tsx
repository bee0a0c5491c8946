import { CloseOutlined, FileTextOutlined, FolderOpenOutlined, InboxOutlined, ProfileOutlined, ReadOutlined, SnippetsOutlined } from '@ant-design/icons';
import { Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CallInput, CallOutput } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { useJob } from '../api/jobs.ts';
import { useNotify } from '../api/notify.tsx';
import { queryClient, useChange, useRead } from '../api/queries.ts';
import { archiveNameOf, fileNameOf } from '../ui/file-name.ts';
import { formatInstant } from '../ui/words.ts';
import { rememberPlace } from '../app/navigation.tsx';
import { askImportNext } from '../app/import-next.ts';
import { putOffQuestions } from '../app/questions-later.ts';
import { NewArchiveModal } from './new-archive-modal.tsx';
import type { PlannedArchive } from './new-archive-modal.tsx';
import { QuestionsModal } from './questions-modal.tsx';
import { useOpenArchive } from './use-open-archive.tsx';
import './start-page.css';

interface StartPageProps {
  /** Called once an archive is open (or the open one is returned to). */
  readonly onEntered: () => void;
  /** Title of the archive that is open already. */
  readonly backTo?: string;
}

type Source = CallInput<'archive.create'>['from'];

/** 开始: make, open or try an archive. */
export function StartPage({ onEntered, backTo }: StartPageProps) {
  const notify = useNotify();
  const job = useJob();
  const change = useChange();
  const recent = useRead('shell.recent', {});
  const builtin = useRead('catalog.builtin', {});
  const { open, chooseAndOpen } = useOpenArchive();
  const [busy, setBusy] = useState('');
  const [choosing, setChoosing] = useState(false);
  const [planned, setPlanned] = useState<PlannedArchive | null>(null);
  const [made, setMade] = useState<CallOutput<'archive.create'> | null>(null);

  /** One piece of work at a time; its name marks the button that is busy. */
  const during = async (name: string, work: () => Promise<void>): Promise<void> => {
    setBusy(name);
    try {
      await work();
    } finally {
      setBusy('');
    }
  };

  const create = (name: string, from: Source, beside: string | null): Promise<void> =>
    during(name, async () => {
      const foreseen = await call('archive.foresee', { from });
      if (!foreseen.ok) return notify.trouble(foreseen.error);
      const { title, indicators, questions } = foreseen.value;
      setPlanned({
        says: `已读出“${title}”：${indicators} 项指标${questions === 0 ? '' : `，有 ${questions} 处稍后请您核对`}。`,
        name: nameOfArchive(title),
        beside,
        make: async (folder) => {
          const reply = await call('archive.create', { folder, from });
          if (!reply.ok) {
            notify.trouble(reply.error);
            return false;
          }
          // A new archive begins where the way through it is shown, even where one of that name lay before.
          rememberPlace(reply.value.archive.folder, { page: 'overview' });
          putOffQuestions(reply.value.archive.folder, false);
          if (reply.value.questions.length > 0) setMade(reply.value);
          else await enterNew();
          return true;
        },
      });
    });

  const enterNew = async (): Promise<void> => {
    await queryClient.resetQueries();
    onEntered();
  };

  const createFromFile = (kind: 'plan' | 'catalog-file'): Promise<void> =>
    during(kind, async () => {
      const chosen = await call('shell.chooseFiles', { title: kind === 'plan' ? '选择工作方案（DOCX、PDF、TXT）' : '选择指标目录文件（JSON）', purpose: kind === 'plan' ? 'plan' : 'catalog' });
      if (!chosen.ok) return notify.trouble(chosen.error);
      const path = chosen.value.paths[0];
      if (path !== undefined) await create(kind, { kind, path }, path);
    });

  const openPack = (): Promise<void> =>
    during('pack', async () => {
      const chosen = await call('shell.chooseFiles', { title: '选择任务包', purpose: 'pack' });
      if (!chosen.ok) return notify.trouble(chosen.error);
      const file = chosen.value.paths[0];
      if (file === undefined) return;
      setPlanned({
        title: '打开任务包',
        verb: '打开',
        says: `任务包“${fileNameOf(file)}”里的指标和材料会放进一个新的档案库，在里面填报后再生成报送包交回。`,
        name: fileNameOf(file).replace(/\.[^.]+$/, ''),
        // A pack often comes on a stick, which is no place to work on.
        beside: null,
        make: async (folder) => {
          const reply = await job('exchange.open', '打开任务包', (jobId) => ({ jobId, file, folder }));
          if (reply.ok) await enterNew();
          return reply.ok;
        },
      });
    });

  const makeSample = (): Promise<void> =>
    during('sample', async () => {
      const place = await call('shell.sampleFolder', {});
      if (!place.ok) return notify.trouble(place.error);
      const reply = await job('archive.sample', '生成示例档案库', (jobId) => ({ jobId, folder: place.value.path }));
      if (reply.ok) await enterNew();
    });

  const enter = async (opening: Promise<boolean>): Promise<void> => {
    if (await opening) onEntered();
  };

  const startBuiltin = (): void => {
    const list = builtin.data ?? [];
    const [only] = list;
    if (list.length === 1 && only !== undefined) void create('builtin', { kind: 'builtin', id: only.id }, null);
    else setChoosing(true);
  };

  return (
    <main className="start" data-testid="start-page">
      <div className="start-sheet">
        <header className="start-head">
          <h1>创档</h1>
          <p>把佐证材料逐项归到指标，核查齐全，装订成卷。</p>
          {backTo === undefined ? null : (
            <Button onClick={onEntered} data-testid="start-back">
              返回“{backTo}”
            </Button>
          )}
        </header>
        <div className="start-columns">
          <section aria-labelledby="start-new">
            <h2 id="start-new">新建档案库</h2>
            <Way testId="start-new-plan" icon={<FileTextOutlined />} name="从工作方案读取" says="选您手里的方案（DOCX、PDF 或 TXT）：读出指标、单位和时限，拿不准的会问您" busy={busy === 'plan'} disabled={busy !== ''} onClick={() => void createFromFile('plan')} />
            <Way testId="start-new-catalog" icon={<SnippetsOutlined />} name="用目录文件" says="其他地区、年度或创建项目的指标目录（JSON）" busy={busy === 'catalog-file'} disabled={busy !== ''} onClick={() => void createFromFile('catalog-file')} />
            <Way testId="start-new-builtin" icon={<ProfileOutlined />} name={nameBuiltin(builtin.data ?? [])} says="手里没有方案文件、要求又与示例一致时用；建立后可以修改" busy={busy === 'builtin'} disabled={busy !== '' || builtin.data === undefined} onClick={startBuiltin} />
            <h2>先看一看</h2>
            <Way testId="start-sample" icon={<ReadOutlined />} name="打开示例档案库" says="自动生成一套完整的示例材料，放在“文档”文件夹中，可随意试用" busy={busy === 'sample'} disabled={busy !== ''} onClick={() => void makeSample()} />
          </section>
          <section aria-labelledby="start-open-title">
            <h2 id="start-open-title">打开</h2>
            <Way testId="start-open" icon={<FolderOpenOutlined />} name="打开档案库" says="选择名称以 .cdarchive 结尾的文件夹" busy={false} disabled={busy !== ''} onClick={() => void enter(chooseAndOpen())} />
            <Way testId="start-open-pack" icon={<InboxOutlined />} name="打开任务包" says="收到的 .cdpack 文件：在本机填报，再生成报送包交回" busy={busy === 'pack'} disabled={busy !== ''} onClick={() => void openPack()} />
            <h2>最近使用</h2>
            {recent.data?.length === 0 ? <p className="faint start-empty">还没有打开过档案库。</p> : null}
            <ul className="start-recent">
              {recent.data?.map((item) => (
                <li key={item.folder}>
                  <button type="button" className="plain-button" disabled={busy !== ''} onClick={() => void enter(open(item.folder))} data-testid="recent-row">
                    <strong title={item.title}>{archiveNameOf(item.folder)}</strong>
                    <span>{item.folder}</span>
                    <span className="figures">{formatInstant(item.openedAt)}</span>
                  </button>
                  <Button type="text" size="small" icon={<CloseOutlined />} aria-label={`从列表中去掉 ${item.title}`} title="从列表中去掉（不删除文件）" onClick={() => void change('shell.forgetRecent', { folder: item.folder })} />
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
      <ChooseCatalogModal
        open={choosing}
        catalogs={builtin.data ?? []}
        onCancel={() => setChoosing(false)}
        onChosen={(catalog) => {
          setChoosing(false);
          void create('builtin', { kind: 'builtin', id: catalog.id }, null);
        }}
      />
      {planned === null ? null : <NewArchiveModal planned={planned} onClose={() => setPlanned(null)} />}
      {made === null ? null : (
        <QuestionsModal
          title={`已读出 ${made.indicators} 项指标，有 ${made.questions.length} 处请您核对`}
          questions={made.questions}
          onDone={(next) => {
            if (next === 'now') rememberPlace(made.archive.folder, { page: 'catalog', tab: 'questions', code: null });
            else putOffQuestions(made.archive.folder, true);
            if (next === 'import') askImportNext(made.archive.folder);
            setMade(null);
            void enterNew();
          }}
        />
      )}
    </main>
  );
}


/** An archive's name after its plan's title, which it must not be taken for. */
const nameOfArchive = (title: string): string => `${title.replace(/(?:工作|实施|建设)*(?:方案|规划|计划)(?:（[^）]*）)?$/u, '').slice(0, 60)}档案`;

/** The catalogs that come along are examples of other places, and say so. */
function nameBuiltin(catalogs: CallOutput<'catalog.builtin'>): string {
  const [only] = catalogs;
  if (catalogs.length !== 1 || only === undefined) return '用内置指标目录';
  const year = /〔(\d{4})〕/u.exec(only.documentNumber)?.[1];
  return `用内置指标目录（${only.region}${year === undefined ? '' : `${year}年`}方案示例，${only.indicators} 项）`;
}

interface WayProps {
  readonly testId: string;
  readonly icon: ReactNode;
  readonly name: string;
  readonly says: string;
  readonly busy: boolean;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

function Way({ testId, icon, name, says, busy, disabled, onClick }: WayProps) {
  return (
    <button type="button" className="plain-button start-way" disabled={disabled} aria-busy={busy} onClick={onClick} data-testid={testId}>
      <span className="start-way-icon">{icon}</span>
      <span>
        <strong>{busy ? `${name}…` : name}</strong>
        <small>{says}</small>
      </span>
    </button>
  );
}

type BuiltinCatalog = CallOutput<'catalog.builtin'>[number];

interface ChooseCatalogProps {
  readonly open: boolean;
  readonly catalogs: readonly BuiltinCatalog[];
  readonly onCancel: () => void;
  readonly onChosen: (catalog: BuiltinCatalog) => void;
}

function ChooseCatalogModal({ open, catalogs, onCancel, onChosen }: ChooseCatalogProps) {
  const [id, setId] = useState('');
  const chosen = catalogs.find((catalog) => catalog.id === id) ?? catalogs[0];
  return (
    <Modal open={open} title="选择内置指标目录" okText="选好了，下一步" onCancel={onCancel} onOk={() => (chosen === undefined ? onCancel() : onChosen(chosen))}>
      <Radio.Group vertical value={chosen?.id} onChange={(event) => setId(String(event.target.value))} options={catalogs.map((catalog) => ({ value: catalog.id, label: `${catalog.title}（${catalog.indicators} 项指标）` }))} />
    </Modal>
  );
}
