import { Modal } from 'antd';
import type { CallOutput } from '../../src-main/contract/index.ts';
import { urlOfPaper } from '../papers/use-made-paper.ts';
import { PdfViewer } from '../preview/pdf-viewer.tsx';
import '../preview/viewer.css';

interface VolumePreviewProps {
  readonly bound: CallOutput<'binding.preview'>;
  /** Item to begin with, or null for the cover. */
  readonly item: string | null;
  readonly onClose: () => void;
}

/** A volume as it would be bound now: cover, index, stamps and red lines on every page. */
export function VolumePreview({ bound, item, onClose }: VolumePreviewProps) {
  const at = bound.items.find((candidate) => candidate.id === item)?.page ?? 1;
  return (
    <Modal open width="92vw" centered className="volume-preview" title={`${bound.name}${bound.draft ? '（草稿样）' : ''}`} footer={null} onCancel={onClose} destroyOnHidden>
      <div className="volume-preview-room" data-testid="volume-preview">
        <PdfViewer url={urlOfPaper(bound.id)} at={at} title={bound.name} />
      </div>
    </Modal>
  );
}
