import { FileAddOutlined, FolderAddOutlined } from '@ant-design/icons';
import { Button, Progress, Segmented, Space } from 'antd';
import { useState } from 'react';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { useJobs } from '../api/jobs.ts';
import { useRead } from '../api/queries.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame, WhenRead } from '../ui/page-frame.tsx';
import { toInbox, useImport } from '../ui/use-import.tsx';
import { AcceptAll } from './accept-all.tsx';
import { EmptyTrash } from './empty-trash.tsx';
import { Triage } from './triage.tsx';
import type { InboxFilter } from './triage.tsx';
import './inbox.css';

const filters: readonly { readonly value: InboxFilter; readonly label: string }[] = [
  { value: 'unlinked', label: '未归入' },
  { value: 'unconfirmed', label: '著录未核对' },
  { value: 'all', label: '全部材料' },
  { value: 'trash', label: '回收站' },
];

/** 收件箱: new items, one after the other, by keyboard. */
export function InboxPage() {
  const { readOnly } = useArchive();
  const take = useImport();
  const [filter, setFilter] = useState<InboxFilter>('unlinked');
  const importing = useJobs().find((job) => job.name === 'evidence.import');
  const list = useRead('evidence.rows', { filter }, { keep: true });
  return (
    <PageFrame
      title="收件箱"
      testId="inbox-page"
      note={list.data === undefined ? '' : `${list.data.length} 件${importing === undefined ? '' : '，正在导入…'}`}
      actions={
        <Space>
          {filter === 'unlinked' ? <AcceptAll rows={list.data ?? []} /> : null}
          {/* What comes and goes stands left of the filters: they stay under the hand that chooses one. */}
          {filter === 'trash' ? <EmptyTrash items={list.data?.length ?? 0} disabled={readOnly} /> : null}
          <Segmented options={[...filters]} value={filter} onChange={setFilter} data-testid="inbox-filter" />
          <Button icon={<FileAddOutlined />} disabled={readOnly} onClick={() => void take.chooseFiles(toInbox)} data-testid="import-files">
            导入文件
          </Button>
          <Button icon={<FolderAddOutlined />} disabled={readOnly} onClick={() => void take.chooseFolder(toInbox)} data-testid="import-folder">
            导入文件夹
          </Button>
        </Space>
      }
    >
      <WhenRead query={list}>{(items) => (items.length === 0 ? <Nothing filter={filter} /> : <Triage key={filter} items={items} filter={filter} />)}</WhenRead>
    </PageFrame>
  );
}

/** What an empty list means here, and what to do next. */
function Nothing({ filter }: { readonly filter: InboxFilter }) {
  const { readOnly } = useArchive();
  const { go } = useNavigation();
  const take = useImport();
  const overview = useRead('overview.read', {});
  const importing = (
    <Button type="primary" icon={<FolderAddOutlined />} disabled={readOnly} onClick={() => void take.chooseFolder(toInbox)} data-testid="empty-import-folder">
      选择要导入的文件夹
    </Button>
  );
  const job = useJobs().find((running) => running.name === 'evidence.import');
  if (job !== undefined && filter !== 'trash') {
    return (
      <EmptyState
        title="正在导入材料…"
        says="读完的材料会陆续列在这里，可以边导入边归入。"
        action={
          <div className="inbox-importing">
            <Progress percent={Math.floor(job.value * 100)} status="active" aria-label="导入进度" />
            <p className="faint">{job.text === '' ? '正在准备…' : job.text}</p>
          </div>
        }
        testId="inbox-importing"
      />
    );
  }
  if (filter === 'trash') return <EmptyState title="回收站是空的" says="移到回收站的材料会列在这里，随时可以恢复。" />;
  if (overview.data?.evidence === 0 && overview.data.unlinked === 0) {
    return <EmptyState title="还没有材料" says="把文件或文件夹拖进窗口的任何地方，或选择一个文件夹。每个文件都会复制进档案库，原来的文件不动；读出题名、文号、日期后，会建议归入哪项指标。" action={importing} testId="inbox-nothing" />;
  }
  if (filter === 'unconfirmed') return <EmptyState title="所有材料的著录都已核对" says="题名、文号、责任者和日期会印在卷内目录上。" />;
  return (
    <EmptyState
      title="所有材料都已归入指标"
      says="下一步：核查还缺什么，再装订。"
      action={
        <Space>
          <Button type="primary" onClick={() => go({ page: 'check' })} data-testid="empty-to-check">
            去核查
          </Button>
          <Button onClick={() => go({ page: 'binding' })}>去装订</Button>
        </Space>
      }
      testId="inbox-done"
    />
  );
}
