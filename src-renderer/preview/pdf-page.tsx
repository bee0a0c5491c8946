import { TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef, useState } from 'react';
import { markMatches } from './highlights.ts';
import { findMatches } from './text-search.ts';
import type { PageSize } from './use-pdf.ts';

/** A canvas above this many pixels costs more than it shows. */
const MOST_PIXELS = 16_000_000;

interface PdfPageProps {
  readonly pdf: PDFDocumentProxy;
  /** From 1. */
  readonly page: number;
  readonly scale: number;
  /** Added to the page's own rotation: 0, 90, 180, 270. */
  readonly turn: number;
  readonly query: string;
  /** Which match of this page is the one looked at, or null. */
  readonly activeMatch: number | null;
  readonly onSize: (page: number, size: PageSize) => void;
}

/** One page, drawn sharp for the screen, with its text above it for selecting and finding. */
export function PdfPage({ pdf, page, scale, turn, query, activeMatch, onSize }: PdfPageProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const [layer, setLayer] = useState<TextLayer | null>(null);
  const [state, setState] = useState<'drawing' | 'drawn' | 'failed'>('drawing');

  useEffect(() => {
    const box = sheet.current;
    if (box === null) return undefined;
    let wanted = true;
    let cancel = (): void => undefined;
    const draw = async (): Promise<void> => {
      const proxy = await pdf.getPage(page);
      if (!wanted) return;
      const rotation = (proxy.rotate + turn) % 360;
      const natural = proxy.getViewport({ scale: 1 });
      onSize(page, { width: natural.width, height: natural.height });
      const viewport = proxy.getViewport({ scale, rotation });
      const density = Math.min(window.devicePixelRatio, Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height)));
      const canvas = document.createElement('canvas');
      canvas.width = Math.floor(viewport.width * density);
      canvas.height = Math.floor(viewport.height * density);
      const task = proxy.render({ canvas, viewport, transform: [density, 0, 0, density, 0, 0] });
      cancel = () => task.cancel();
      await task.promise;
      const text = document.createElement('div');
      text.className = 'textLayer';
      const textLayer = new TextLayer({ textContentSource: await proxy.getTextContent(), container: text, viewport });
      await textLayer.render();
      if (!wanted) return;
      box.replaceChildren(canvas, text);
      setLayer(textLayer);
      setState('drawn');
    };
    draw().catch((error: unknown) => {
      if (wanted && !(error instanceof Error && error.name === 'RenderingCancelledException')) setState('failed');
    });
    return () => {
      wanted = false;
      cancel();
    };
  }, [pdf, page, scale, turn, onSize]);

  useEffect(() => {
    if (layer === null) return undefined;
    const matches = findMatches(layer.textContentItemsStr, query);
    return markMatches(layer.textDivs, matches, activeMatch);
  }, [layer, query, activeMatch]);

  return (
    <div className="pdf-page" style={{ '--total-scale-factor': scale, '--scale-round-x': '1px', '--scale-round-y': '1px' }} data-testid="preview-page" data-page={page} data-state={state}>
      <div ref={sheet} className="pdf-sheet" />
      {state === 'failed' ? <p className="pdf-page-trouble">第 {page} 页画不出来，可能已损坏。</p> : null}
    </div>
  );
}
