import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { MadePaper } from '../../src-main/contract/index.ts';
import { useJob } from '../api/jobs.ts';
import { usePrintTarget } from '../app/print-desk.ts';
import { PrintModal } from './print-modal.tsx';

interface PrintPaperProps {
  /** As `papers.list` names them. */
  readonly kind: string;
  readonly scope: string;
  readonly name: string;
  readonly text: string;
  readonly testId: string;
  readonly size?: 'small' | 'middle';
  readonly disabled?: boolean;
  /** It is what the menu's 打印… means on this page. */
  readonly main?: boolean;
}

/** Makes a paper as it stands now and sends it to the printer by the system's dialog. */
export function PrintPaper({ kind, scope, name, text, testId, size = 'small', disabled = false, main = false }: PrintPaperProps) {
  const job = useJob();
  const [made, setMade] = useState<MadePaper | null>(null);
  const make = async (): Promise<void> => {
    const reply = await job('papers.make', `生成${name}`, (jobId) => ({ jobId, kind, scope, format: 'pdf' }));
    if (reply.ok) setMade(reply.value);
  };
  usePrintTarget({ print: () => void make(), savePdf: () => void make() }, main && !disabled);
  return (
    <>
      <Button size={size} disabled={disabled} icon={<PrinterOutlined />} onClick={() => void make()} data-testid={testId}>
        {text}
      </Button>
      {made === null ? null : <PrintModal id={made.id} name={name} pages={made.pages} draft={made.draft ? 'check' : 'none'} gaps={made.gaps} onClose={() => setMade(null)} />}
    </>
  );
}
