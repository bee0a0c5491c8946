import { DeleteOutlined, DownloadOutlined, HolderOutlined, LeftOutlined } from '@ant-design/icons';
import { Button, Popconfirm, Tooltip } from 'antd';
import { useArchive } from '../app/archive-context.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { call } from '../api/client.ts';
import { useNotify } from '../api/notify.tsx';
import { useChange, useRead } from '../api/queries.ts';
import { EvidenceForm } from '../ui/evidence-form.tsx';
import { LinkAdder } from '../ui/link-adder.tsx';
import { LinkList } from '../ui/link-list.tsx';
import { PageFrame, WhenRead } from '../ui/page-frame.tsx';
import { EvidenceViewer } from './evidence-viewer.tsx';
import { MarkList } from './mark-list.tsx';
import './preview-page.css';

interface PreviewPageProps {
  readonly id: string;
  /** Page to show first, from 1. */
  readonly at: number;
  /** Words to mark (arrived from a search). */
  readonly find: string;
}

/** 预览: one item, its pages at the left, what is known of it at the right. */
export function PreviewPage({ id, at, find }: PreviewPageProps) {
  const { back, canGoBack, go } = useNavigation();
  const { readOnly } = useArchive();
  const change = useChange();
  const notify = useNotify();
  const item = useRead('evidence.read', { id });
  const ask = async (name: 'shell.dragOut' | 'shell.saveCopy'): Promise<void> => {
    const reply = await call(name, { id });
    if (!reply.ok) notify.trouble(reply.error);
  };
  const leave = (): void => (canGoBack ? back() : go({ page: 'overview' }));
  const trash = async (): Promise<void> => {
    if (!(await change('evidence.trash', { id })).ok) return;
    notify.say('已移到回收站（收件箱 → 回收站）；撤销按 Ctrl+Z');
    leave();
  };
  return (
    <PageFrame
      title="预览"
      note={item.data?.title}
      testId="preview"
      actions={
        <>
          <Tooltip title="按住拖到文件夹、邮件或其他程序，得到原文件的一份副本">
            <span
              className="drag-out"
              draggable
              onDragStart={(event) => {
                event.preventDefault();
                void ask('shell.dragOut');
              }}
              data-testid="drag-out"
            >
              <HolderOutlined /> 拖出原文件
            </span>
          </Tooltip>
          <Button icon={<DownloadOutlined />} onClick={() => void ask('shell.saveCopy')} data-testid="save-copy">
            另存
          </Button>
          <Popconfirm title="移到回收站？" description="文件不会被删除，可在收件箱的“回收站”中恢复。" okText="移到回收站" cancelText="取消" onConfirm={() => void trash()}>
            <Button icon={<DeleteOutlined />} disabled={readOnly}>
              移到回收站
            </Button>
          </Popconfirm>
          <Button icon={<LeftOutlined />} onClick={leave} data-testid="preview-back">
            返回
          </Button>
        </>
      }
    >
      <WhenRead query={item}>
        {(evidence) => (
          <div className="preview-columns">
            <EvidenceViewer evidence={evidence} at={at} query={find} />
            <aside className="preview-facts" aria-label="著录">
              <h2>著录</h2>
              <EvidenceForm key={evidence.id} evidence={evidence} />
              <h2>归入的指标</h2>
              {/* The list grows below: no button comes under a hand that has just filed. */}
              <LinkAdder ids={[evidence.id]} title={evidence.title} date={evidence.date} />
              <LinkList evidence={evidence} />
              <h2>印证标识</h2>
              <MarkList id={evidence.id} onShow={(page) => go({ page: 'preview', id: evidence.id, at: page })} />
            </aside>
          </div>
        )}
      </WhenRead>
    </PageFrame>
  );
}
