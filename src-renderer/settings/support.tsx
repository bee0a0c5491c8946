import { Button, Space } from 'antd';
import { useState } from 'react';
import { useChange, useRead } from '../api/queries.ts';
import { useNotify } from '../api/notify.tsx';
import { LongText } from './long-text.tsx';

function Notices({ onClose }: { readonly onClose: () => void }) {
  const notices = useRead('shell.notices', {});
  return <LongText title="第三方许可" text={notices.data?.text ?? null} onClose={onClose} footer={<Button onClick={onClose}>关闭</Button>} testId="notices-text" />;
}

function Report({ onClose }: { readonly onClose: () => void }) {
  const report = useRead('shell.supportReport', {});
  const change = useChange();
  const notify = useNotify();
  const save = async (): Promise<void> => {
    const reply = await change('shell.saveSupportReport', {});
    if (!reply.ok || reply.value.path === null) return;
    notify.say(`已保存到 ${reply.value.path}`);
    onClose();
  };
  return (
    <LongText
      title="问题报告"
      text={report.data?.text ?? null}
      onClose={onClose}
      testId="report-text"
      footer={
        <Space>
          <Button onClick={onClose}>不保存</Button>
          <Button type="primary" disabled={report.data === undefined} onClick={() => void save()} data-testid="report-save">
            保存为文件…
          </Button>
        </Space>
      }
    />
  );
}

/** Licences of the parts, and the report to hand to whoever helps. Both are shown before anything is done with them. */
export function Support() {
  const [shown, setShown] = useState<'notices' | 'report' | null>(null);
  const close = (): void => setShown(null);
  return (
    <>
      <Space>
        <Button onClick={() => setShown('report')} data-testid="report-open">
          问题报告…
        </Button>
        <Button onClick={() => setShown('notices')} data-testid="notices-open">
          第三方许可…
        </Button>
      </Space>
      {shown === 'notices' ? <Notices onClose={close} /> : null}
      {shown === 'report' ? <Report onClose={close} /> : null}
    </>
  );
}
