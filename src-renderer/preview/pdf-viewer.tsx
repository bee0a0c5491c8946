import { useVirtualizer } from '@tanstack/react-virtual';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { Alert } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Waiting } from '../ui/page-frame.tsx';
import { PdfPage } from './pdf-page.tsx';
import { useBoxSize } from './use-box-size.ts';
import { useFind } from './use-find.ts';
import { usePdf } from './use-pdf.ts';
import type { PageSize } from './use-pdf.ts';
import { ViewerBar } from './viewer-bar.tsx';
import { nextZoom, scaleOf } from './zoom.ts';
import type { Zoom } from './zoom.ts';

interface PdfViewerProps {
  readonly url: string;
  /** Page to show first, from 1. */
  readonly at: number;
  readonly title: string;
  /** Words to mark at once (arrived from a search). */
  readonly query?: string;
}

/** A PDF to look through: pages one below the other, zoom, rotation, find. */
export function PdfViewer({ url, at, title, query = '' }: PdfViewerProps) {
  const state = usePdf(url);
  switch (state.kind) {
    case 'reading':
      return <Waiting text="正在打开文件…" />;
    case 'trouble':
      return <Alert className="viewer-trouble" type="error" showIcon title="不能预览" description={state.text} data-testid="preview-trouble" />;
    case 'ready':
      return <Pages pdf={state.pdf} firstPage={state.firstPage} at={at} title={title} query={query} />;
    default:
      return state satisfies never;
  }
}

const GAP = 14;

interface PagesProps {
  readonly pdf: PDFDocumentProxy;
  readonly firstPage: PageSize;
  readonly at: number;
  readonly title: string;
  readonly query: string;
}

function Pages({ pdf, firstPage, at, title, query: given }: PagesProps) {
  const box = useRef<HTMLDivElement>(null);
  const space = useBoxSize(box);
  const [zoom, setZoom] = useState<Zoom>('width');
  const [turn, setTurn] = useState(0);
  const [query, setQuery] = useState(given);
  const [sizes, setSizes] = useState<ReadonlyMap<number, PageSize>>(new Map());
  const find = useFind(pdf, query);

  const sideways = turn % 180 !== 0;
  const sizeOf = useCallback(
    (page: number): PageSize => {
      const size = sizes.get(page) ?? firstPage;
      return sideways ? { width: size.height, height: size.width } : size;
    },
    [sizes, firstPage, sideways],
  );
  const scale = scaleOf(zoom, sizeOf(1), { width: space.width - 2 * GAP, height: space.height - 2 * GAP });
  const learnSize = useCallback((page: number, size: PageSize) => {
    setSizes((known) => {
      const before = known.get(page);
      return before?.width === size.width && before.height === size.height ? known : new Map(known).set(page, size);
    });
  }, []);

  const rows = useVirtualizer({
    count: pdf.numPages,
    getScrollElement: () => box.current,
    estimateSize: (index) => Math.floor(sizeOf(index + 1).height * scale) + GAP,
    overscan: 1,
    paddingStart: GAP,
    enabled: space.width > 0,
  });
  const { measure, scrollToIndex } = rows;
  useEffect(() => measure(), [measure, scale, sizes, sideways]);

  const middle = (rows.scrollOffset ?? 0) + space.height / 2;
  const shown = rows.getVirtualItems().find((row) => row.end >= middle) ?? rows.getVirtualItems().at(-1);
  const page = (shown?.index ?? 0) + 1;
  const showPage = useCallback((wanted: number) => scrollToIndex(Math.min(pdf.numPages, Math.max(1, wanted)) - 1, { align: 'start' }), [pdf, scrollToIndex]);

  const ready = space.width > 0;
  useEffect(() => {
    if (ready && at > 1) showPage(at);
  }, [ready, at, showPage]);

  const target = find.found[find.active];
  const targetPage = target?.page;
  useEffect(() => {
    if (targetPage !== undefined) scrollToIndex(targetPage - 1, { align: 'auto' });
  }, [targetPage, scrollToIndex]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      showPage(page + step);
    } else if (event.key === '+' || event.key === '=') setZoom(nextZoom(scale, 1));
    else if (event.key === '-') setZoom(nextZoom(scale, -1));
  };

  return (
    <div className="viewer">
      <ViewerBar page={page} pages={pdf.numPages} onPage={showPage} zoom={zoom} scale={scale} onZoom={setZoom} onTurn={() => setTurn((turn + 90) % 360)} query={query} onQuery={setQuery} find={find} />
      {/* The pages hold no buttons of their own: the box takes the arrow and page keys. */}
      <div ref={box} className="viewer-desk" role="document" tabIndex={0} aria-label={`${title}，共 ${pdf.numPages} 页`} onKeyDown={onKeyDown}>
        <div className="viewer-pages" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const { width, height } = sizeOf(row.index + 1);
            return (
              <div key={row.index} className="viewer-row" style={{ transform: `translateY(${row.start}px)`, width: Math.max(space.width, Math.floor(width * scale) + 2 * GAP) }}>
                <div className="viewer-sheet" style={{ width: Math.floor(width * scale), height: Math.floor(height * scale) }}>
                  <PdfPage pdf={pdf} page={row.index + 1} scale={scale} turn={turn} query={query} activeMatch={target?.page === row.index + 1 ? target.ordinal : null} onSize={learnSize} />
                </div>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
