import { Alert } from 'antd';
import type { EvidenceView } from '../../src-main/contract/index.ts';
import { fileKindWords, integrityWords } from '../ui/words.ts';
import { urlOfEvidence } from './evidence-url.ts';
import { ImageViewer } from './image-viewer.tsx';
import { PdfViewer } from './pdf-viewer.tsx';
import { useProofMarks } from './use-proof-marks.ts';
import './viewer.css';

interface EvidenceViewerProps {
  readonly evidence: Pick<EvidenceView, 'id' | 'fileKind' | 'shownAs' | 'title' | 'integrity'>;
  readonly at?: number;
  readonly query?: string;
  readonly onPage?: (page: number) => void;
}

/** Shows an item's file by the means its kind needs, or says plainly that it cannot be shown. */
export function EvidenceViewer({ evidence, at = 1, query = '', onPage }: EvidenceViewerProps) {
  const proof = useProofMarks(evidence.id);
  const url = urlOfEvidence(evidence.id);
  if (evidence.integrity !== 'ok' && evidence.integrity !== 'changed') {
    return <Alert className="viewer-trouble" type="error" showIcon title={integrityWords[evidence.integrity]} description="请向提供单位索取完整、不加密的文件后重新导入；原文件仍保存在档案库中。" data-testid="preview-trouble" />;
  }
  if (evidence.shownAs === 'pdf') return <PdfViewer key={evidence.id} url={url} at={at} title={evidence.title} query={query} proof={proof} evidence={evidence.id} {...(onPage === undefined ? {} : { onPage })} />;
  if (evidence.shownAs === 'picture') return <ImageViewer key={evidence.id} id={evidence.id} url={url} title={evidence.title} query={query} proof={proof} />;
  return <Alert className="viewer-trouble" type="info" showIcon title={`${fileKindWords[evidence.fileKind]} 文件不能直接预览`} description="原文件已保存在档案库中。需要预览和装订时，请转换为PDF、JPEG或PNG后再导入。" data-testid="preview-trouble" />;
}
