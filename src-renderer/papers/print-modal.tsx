import { FilePdfOutlined, PrinterOutlined } from '@ant-design/icons';
import { Alert, Button, InputNumber, Modal, Radio, Space } from 'antd';
import { useState } from 'react';
import { explainError } from '../../src-main/contract/index.ts';
import type { CallError } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { useNotify } from '../api/notify.tsx';
import { useRead } from '../api/queries.ts';
import { usePrintTarget } from '../app/print-desk.ts';
import { ScanNote } from '../ui/scan-line.tsx';
import { GapsNote } from './gaps-note.tsx';
import { SheetPreview } from './sheet-preview.tsx';
import { useSavePdf } from './use-save-pdf.ts';
import './papers.css';

/** Why its pages bear 草稿: the check finds errors now, or found them when this was exported; `none`: they do not. */
export type DraftMark = 'none' | 'check' | 'export';

interface PrintModalProps {
  /** The service's name for the file, and how the clerk knows it. */
  readonly id: string;
  readonly name: string;
  readonly pages: number;
  readonly draft: DraftMark;
  /** What its reader will find empty. */
  readonly gaps?: readonly string[];
  readonly onClose: () => void;
}

/** What will be printed, and which pages of it; the printer itself is chosen in the system's dialog. Without a printer the same pages become a PDF. */
export function PrintModal({ id, name, pages, draft, gaps = [], onClose }: PrintModalProps) {
  const notify = useNotify();
  const savePdf = useSavePdf();
  const [part, setPart] = useState(false);
  const [first, setFirst] = useState(1);
  const [last, setLast] = useState(pages);
  const [busy, setBusy] = useState<'print' | 'save' | null>(null);
  const [trouble, setTrouble] = useState<CallError | null>(null);
  const label = name.replace(/\.pdf$/u, '');
  const wrong = part && first > last;
  const range = part ? { first, last } : null;
  const print = async (): Promise<void> => {
    setTrouble(null);
    setBusy('print');
    const reply = await call('shell.print', { id, name: label, pages: range });
    setBusy(null);
    if (!reply.ok) return setTrouble(reply.error);
    if (reply.value.printed) notify.say(`已送到打印机：${label}`);
    onClose();
  };
  const save = async (): Promise<void> => {
    setBusy('save');
    const saved = await savePdf(id, draft === 'none' ? label : `${label}（草稿）`, range);
    setBusy(null);
    if (saved) onClose();
  };
  const may = busy === null && !wrong;
  usePrintTarget({ print: () => (may ? void print() : undefined), savePdf: () => (may ? void save() : undefined) }, true);
  const saveButton = (testId: string) => (
    <Button icon={<FilePdfOutlined />} loading={busy === 'save'} disabled={wrong || busy === 'print'} onClick={() => void save()} data-testid={testId}>
      存为 PDF…
    </Button>
  );
  return (
    <Modal
      open
      width={780}
      style={{ top: 48 }}
      title={`打印：${label}`}
      onCancel={onClose}
      data-testid="print-modal"
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          {saveButton('print-save')}
          <Button type="primary" icon={<PrinterOutlined />} loading={busy === 'print'} disabled={wrong || busy === 'save'} onClick={() => void print()} data-testid="print-go">
            打印…
          </Button>
        </>
      }
    >
      <div className="print-box">
        <SheetPreview id={id} name={label} pages={pages} />
        <div className="print-choice">
          <p data-testid="print-what">
            <strong>{label}</strong>，{pages} 页
          </p>
          {pages === 1 ? null : (
            <Radio.Group
              value={part}
              onChange={(event) => setPart(event.target.value === true)}
              options={[
                { value: false, label: `全部 ${pages} 页` },
                { value: true, label: '只要其中几页' },
              ]}
            />
          )}
          {part ? (
            <>
              <Space>
                第
                <InputNumber aria-label="从第几页" min={1} max={pages} precision={0} value={first} onChange={(value) => setFirst(value ?? 1)} data-testid="print-first" />
                页到第
                <InputNumber aria-label="到第几页" min={1} max={pages} precision={0} value={last} onChange={(value) => setLast(value ?? pages)} data-testid="print-last" />
                页
              </Space>
              {wrong ? <span className="saved-trouble">起始页不能大于结束页</span> : <span className="faint">这里的第几页与左边样张下面写的一致，不是页面上印的页号。</span>}
            </>
          ) : null}
          <DraftNote draft={draft} />
          <GapsNote gaps={gaps} testId="print-gaps" />
          <ScanNote />
          {trouble === null ? (
            <p className="faint">点“打印…”后选择打印机、份数和单双面；如果问到缩放，选“实际大小”。没有打印机时点“存为 PDF…”。</p>
          ) : (
            <Alert
              type="error"
              showIcon
              role="alert"
              data-testid="print-trouble"
              title={explainError(trouble)}
              description={saveButton('trouble-save')}
              closable={{ onClose: () => setTrouble(null) }}
            />
          )}
        </div>
      </div>
    </Modal>
  );
}

function DraftNote({ draft }: { readonly draft: DraftMark }) {
  const overview = useRead('overview.read', {}, { enabled: draft === 'check' });
  if (draft === 'none') return null;
  const errors = overview.data?.errors;
  return (
    <Alert
      type="warning"
      showIcon
      data-testid="print-draft"
      title={draft === 'export' ? '每页印有“草稿”：这一版是作为草稿导出的。' : `每页印有“草稿”：核查还有${errors === undefined ? '' : ` ${errors} 处`}错误或待补。现在可以打印出来核对；处理完后再打印，就没有“草稿”字样。`}
    />
  );
}
