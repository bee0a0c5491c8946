import { PrinterOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { paperFormatSchema } from '../../src-main/contract/index.ts';
import type { MadePaper, PaperFormat } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import { useJob } from '../api/jobs.ts';
import { useNotify } from '../api/notify.tsx';
import { usePrintTarget } from '../app/print-desk.ts';
import { ScanNote } from '../ui/scan-line.tsx';
import { PrintModal } from './print-modal.tsx';
import type { PaperKindView } from './purposes.ts';
import { useChoosePath } from './use-save-pdf.ts';

interface PaperActionsProps {
  readonly kind: PaperKindView;
  readonly scope: string;
  /** The PDF that is shown; undefined while it is being made. */
  readonly made: MadePaper | undefined;
  readonly generated: boolean;
}

/** Print, save in each of its forms, open elsewhere. */
export function PaperActions({ kind, scope, made, generated }: PaperActionsProps) {
  const job = useJob();
  const notify = useNotify();
  const choosePath = useChoosePath();
  const [printing, setPrinting] = useState(false);
  const save = async (format: PaperFormat): Promise<void> => {
    const path = await choosePath(made?.name ?? kind.name, format);
    if (path === null) return;
    const reply = await job('papers.make', `生成${kind.name}`, (jobId) => ({ jobId, kind: kind.kind, scope, format, out: path, generated }));
    if (reply.ok) notify.saved(reply.value.path);
  };
  const open = async (): Promise<void> => {
    if (made === undefined) return;
    const reply = await call('shell.openPaper', { id: made.id });
    if (!reply.ok) notify.trouble(reply.error);
  };
  const asPdf = kind.formats.includes('pdf');
  usePrintTarget({ print: () => setPrinting(true), savePdf: () => void save('pdf') }, asPdf && made !== undefined);
  return (
    <Space wrap>
      <Button type="primary" icon={<PrinterOutlined />} disabled={made === undefined} onClick={() => setPrinting(true)} data-testid="paper-print">
        打印…
      </Button>
      {paperFormatSchema.options.filter((format) => kind.formats.includes(format)).map((format) => (
        <Button key={format} onClick={() => void save(format)} data-testid={`paper-save-${format}`}>
          存为 {format.toUpperCase()}…
        </Button>
      ))}
      <Button type="text" disabled={made === undefined} onClick={() => void open()} data-testid="paper-open">
        用其他程序打开
      </Button>
      <ScanNote />
      {printing && made !== undefined ? <PrintModal id={made.id} name={made.name} pages={made.pages} draft={made.draft ? 'check' : 'none'} gaps={made.gaps} onClose={() => setPrinting(false)} /> : null}
    </Space>
  );
}
