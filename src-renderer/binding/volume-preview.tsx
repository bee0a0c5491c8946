import { EditOutlined, FilePdfOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Modal, Space } from 'antd';
import { useState } from 'react';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { useNavigation } from '../app/navigation.tsx';
import { usePrintTarget } from '../app/print-desk.ts';
import { PrintModal } from '../papers/print-modal.tsx';
import { urlOfPaper } from '../papers/use-made-paper.ts';
import { useSavePdf } from '../papers/use-save-pdf.ts';
import { PdfViewer } from '../preview/pdf-viewer.tsx';
import '../preview/viewer.css';

interface VolumePreviewProps {
  readonly bound: CallOutput<'binding.preview'>;
  /** Page of the file to begin with, from 1. */
  readonly at: number;
  /** The clerk leaves for an item's own page, and means to come back to this page of the volume. */
  readonly onLeave: (page: number) => void;
  readonly onClose: () => void;
}

/** A volume as it would be bound now: cover, index, stamps and red lines on every page; to be printed or saved as it is. */
export function VolumePreview({ bound, at, onLeave, onClose }: VolumePreviewProps) {
  const { go } = useNavigation();
  const [printing, setPrinting] = useState(false);
  const savePdf = useSavePdf();
  const save = (): void => void savePdf(bound.id, bound.name, null);
  usePrintTarget({ print: () => setPrinting(true), savePdf: save }, true);
  const [page, setPage] = useState(at);
  // The item whose pages are looked at; none at the volume's own papers.
  const seen = bound.items.find((candidate) => candidate.page <= page && page < candidate.page + candidate.pages);
  const describe = ({ id, page: first }: { readonly id: string; readonly page: number }): void => {
    onLeave(page);
    go({ page: 'preview', id, at: page - first + 1 });
  };
  const title = (
    <div className="volume-preview-head">
      <span>
        {bound.name}
        {bound.draft ? '（草稿样）' : ''}
      </span>
      <Space size="small">
        <Button size="small" icon={<EditOutlined />} disabled={seen === undefined} title={seen === undefined ? '翻到一件材料的页后可以改它的著录' : '打开这一页所属材料的原件，改题名、文号、日期等'} onClick={() => (seen === undefined ? undefined : describe(seen))} data-testid="volume-describe">
          著录…
        </Button>
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
        <PdfViewer url={urlOfPaper(bound.id)} at={at} title={bound.name} onPage={setPage} />
      </div>
      {printing ? <PrintModal id={bound.id} name={bound.name} pages={bound.pages} draft={bound.draft ? 'check' : 'none'} onClose={() => setPrinting(false)} /> : null}
    </Modal>
  );
}
