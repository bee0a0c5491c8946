import { useVirtualizer } from '@tanstack/react-virtual';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef } from 'react';
import { Miniature } from './miniature.tsx';
import type { PageSize } from './use-pdf.ts';

const WIDTH = 96;
const FRAME = 34;

interface ThumbnailsProps {
  readonly pdf: PDFDocumentProxy;
  readonly page: number;
  readonly sizeOf: (page: number) => PageSize;
  readonly marked: ReadonlySet<number>;
  readonly onPage: (page: number) => void;
}

/** Every page small, for finding one by its looks; only those in sight are drawn. */
export function Thumbnails({ pdf, page, sizeOf, marked, onPage }: ThumbnailsProps) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: pdf.numPages,
    getScrollElement: () => box.current,
    estimateSize: (index) => heightOf(sizeOf(index + 1)) + FRAME,
    overscan: 2,
  });
  const { scrollToIndex, measure } = rows;
  useEffect(() => measure(), [measure, sizeOf]);
  useEffect(() => scrollToIndex(page - 1, { align: 'auto' }), [page, scrollToIndex]);
  return (
    <nav ref={box} className="thumbnails" aria-label="页面缩略图" data-testid="thumbnails">
      <div className="viewer-pages" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const number = row.index + 1;
          return (
            <button
              key={row.key}
              type="button"
              className="plain-button thumbnail"
              style={{ transform: `translateY(${row.start}px)`, height: row.size }}
              aria-current={number === page ? 'page' : undefined}
              aria-label={`第 ${number} 页${marked.has(number) ? '，有印证标识' : ''}`}
              onClick={() => onPage(number)}
              data-testid="thumbnail"
            >
              <Miniature pdf={pdf} page={number} width={WIDTH} height={heightOf(sizeOf(number))} />
              <span className="figures">
                {number}
                {marked.has(number) ? <span className="thumbnail-mark" /> : null}
              </span>
            </button>
          );
        })}
      </div>
    </nav>
  );
}

const heightOf = (size: PageSize): number => Math.min(220, Math.round((WIDTH * size.height) / size.width));
