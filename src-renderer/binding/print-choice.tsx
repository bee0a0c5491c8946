import { FilePdfOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useJob } from '../api/jobs.ts';
import { useNavigation } from '../app/navigation.tsx';
import type { PrintAct } from '../app/print-desk.ts';
import { PrintModal } from '../papers/print-modal.tsx';
import type { DraftMark } from '../papers/print-modal.tsx';
import { useSavePdf } from '../papers/use-save-pdf.ts';
import { ScanNote } from '../ui/scan-line.tsx';

type Volume = CallOutput<'binding.plan'>['volumes'][number];

interface Printable {
  readonly id: string;
  readonly name: string;
  readonly pages: number;
  readonly draft: DraftMark;
  readonly gaps?: readonly string[];
}

interface Entry {
  readonly key: string;
  readonly name: string;
  readonly says: string;
  /** Makes it as it stands now; null where that failed, which was said. */
  make(): Promise<Printable | null>;
}

/** What of a volume can go to paper, each with 打印… and 存为 PDF…; what else there is stands in 文书. */
export function PrintChoice({ volume, onClose }: { readonly volume: Volume; readonly onClose: () => void }) {
  const job = useJob();
  const savePdf = useSavePdf();
  const { go } = useNavigation();
  const [printing, setPrinting] = useState<Printable | null>(null);
  const paper = (kind: string, scope: string, name: string, says: string): Entry => ({
    key: kind,
    name,
    says,
    make: async () => {
      const reply = await job('papers.make', `生成${name}`, (jobId) => ({ jobId, kind, scope, format: 'pdf' }));
      return reply.ok ? { id: reply.value.id, name: scope === '' ? name : `第${volume.no}卷${name}`, pages: reply.value.pages, draft: reply.value.draft ? 'check' : 'none', gaps: reply.value.gaps } : null;
    },
  });
  const scope = String(volume.no);
  const entries: readonly Entry[] = [
    paper('volume-index', scope, '卷内目录', '题名、责任者、日期和页号'),
    paper('cover', scope, '案卷封面', '一张'),
    paper('closing-note', scope, '卷内备考表', '一张'),
    {
      key: 'volume',
      name: '整卷',
      says: `封面、目录、隔页、材料和备考表，材料 ${volume.pages} 页`,
      make: async () => {
        const reply = await job('binding.preview', `装订第${volume.no}卷`, (jobId) => ({ jobId, volume: volume.no }));
        return reply.ok ? { id: reply.value.id, name: reply.value.name, pages: reply.value.pages, draft: reply.value.draft ? 'check' : 'none' } : null;
      },
    },
    paper('spine', '', '盒脊', '全部档案盒，按实际大小'),
  ];
  const act = async (entry: Entry, wanted: PrintAct): Promise<void> => {
    const made = await entry.make();
    if (made === null) return;
    if (wanted === 'print') setPrinting(made);
    else await savePdf(made.id, made.name, null);
  };
  return (
    <Modal
      open
      width={620}
      title={`打印什么？（第${volume.no}卷 ${volume.title}）`}
      onCancel={onClose}
      footer={
        <Button type="link" onClick={() => go({ page: 'papers' })} data-testid="print-more">
          更多文书…
        </Button>
      }
    >
      <ul className="print-entries" data-testid="print-choice">
        {entries.map((entry) => (
          <li key={entry.key} data-testid={`print-entry-${entry.key}`}>
            <span>
              <strong>{entry.name}</strong>
              <small className="faint">{entry.says}</small>
            </span>
            <Button size="small" icon={<PrinterOutlined />} onClick={() => void act(entry, 'print')}>
              打印…
            </Button>
            <Button size="small" icon={<FilePdfOutlined />} onClick={() => void act(entry, 'savePdf')}>
              存为 PDF…
            </Button>
          </li>
        ))}
      </ul>
      <ScanNote />
      {printing === null ? null : <PrintModal {...printing} onClose={() => setPrinting(null)} />}
    </Modal>
  );
}
