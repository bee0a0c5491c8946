import { InputNumber, Modal, Radio, Space } from 'antd';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useNotify } from '../api/notify.tsx';

interface PrintModalProps {
  /** The service's name for the file, and how the clerk knows it. */
  readonly id: string;
  readonly name: string;
  readonly pages: number;
  readonly onClose: () => void;
}

/** Which pages go to the printer; the printer itself is chosen in the system's dialog. */
export function PrintModal({ id, name, pages, onClose }: PrintModalProps) {
  const notify = useNotify();
  const [part, setPart] = useState(false);
  const [first, setFirst] = useState(1);
  const [last, setLast] = useState(pages);
  const [busy, setBusy] = useState(false);
  const wrong = part && first > last;
  const print = async (): Promise<void> => {
    setBusy(true);
    const reply = await call('shell.print', { id, name, pages: part ? { first, last } : null });
    setBusy(false);
    if (!reply.ok) notify.trouble(reply.error);
    else {
      if (reply.value.printed) notify.say(`已送到打印机：${name}`);
      onClose();
    }
  };
  return (
    <Modal open title={`打印 ${name}`} okText="打印…" cancelText="不打印" confirmLoading={busy} okButtonProps={{ disabled: wrong }} onOk={() => void print()} onCancel={onClose} data-testid="print-modal">
      <Space orientation="vertical">
        <Radio.Group
          value={part}
          onChange={(event) => setPart(event.target.value === true)}
          options={[
            { value: false, label: `全部 ${pages} 页` },
            { value: true, label: '只打印一部分' },
          ]}
        />
        {part ? (
          <Space>
            第
            <InputNumber aria-label="从第几页" min={1} max={pages} precision={0} value={first} onChange={(value) => setFirst(value ?? 1)} data-testid="print-first" />
            页到第
            <InputNumber aria-label="到第几页" min={1} max={pages} precision={0} value={last} onChange={(value) => setLast(value ?? pages)} data-testid="print-last" />
            页
          </Space>
        ) : null}
        {wrong ? <span className="saved-trouble">起始页不能大于结束页</span> : <span className="faint">页数按文件从头数起。打印机、份数和双面在下一步选择，缩放请保持“实际大小”。</span>}
      </Space>
    </Modal>
  );
}
