import { FilePdfOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Modal, Space } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { usePrintTarget } from '../app/print-desk.ts';
import { PrintModal } from '../papers/print-modal.tsx';
import { urlOfPaper } from '../papers/use-made-paper.ts';
import { useSavePdf } from '../papers/use-save-pdf.ts';
import { PdfViewer } from '../preview/pdf-viewer.tsx';
import '../preview/viewer.css';

interface VolumePreviewProps {
  readonly bound: CallOutput<'binding.preview'>;
  /** Item to begin with, or null for the cover. */
  readonly item: string | null;
  readonly onClose: () => void;
}

/** A volume as it would be bound now: cover, index, stamps and red lines on every page; to be printed or saved as it is. */
export function VolumePreview({ bound, item, onClose }: VolumePreviewProps) {
  const [printing, setPrinting] = useState(false);
  const savePdf = useSavePdf();
  const save = (): void => void savePdf(bound.id, bound.name, null);
  usePrintTarget({ print: () => setPrinting(true), savePdf: save }, true);
  const at = bound.items.find((candidate) => candidate.id === item)?.page ?? 1;
  const title = (
    <div className="volume-preview-head">
      <span>
        {bound.name}
        {bound.draft ? '（草稿样）' : ''}
      </span>
      <Space size="small">
        <Button size="small" icon={<PrinterOutlined />} onClick={() => setPrinting(true)} data-testid="volume-print">
          打印…
        </Button>
        <Button size="small" icon={<FilePdfOutlined />} onClick={save} data-testid="volume-save">
          存为 PDF…
        </Button>
      </Space>
    </div>
  );
  return (
    <Modal open width="92vw" centered className="volume-preview" title={title} footer={null} onCancel={onClose} destroyOnHidden>
      <div className="volume-preview-room" data-testid="volume-preview">
        <PdfViewer url={urlOfPaper(bound.id)} at={at} title={bound.name} />
      </div>
      {printing ? <PrintModal id={bound.id} name={bound.name} pages={bound.pages} draft={bound.draft ? 'check' : 'none'} onClose={() => setPrinting(false)} /> : null}
    </Modal>
  );
}
