import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef, useState } from 'react';

interface MiniatureProps {
  readonly pdf: PDFDocumentProxy;
  readonly page: number;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** One page drawn small; blank where it cannot be drawn. */
export function Miniature({ pdf, page, width, height }: MiniatureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const target = canvas.current;
    if (target === null) return undefined;
    let cancel = (): void => undefined;
    let wanted = true;
    const draw = async (): Promise<void> => {
      const proxy = await pdf.getPage(page);
      const natural = proxy.getViewport({ scale: 1 });
      const viewport = proxy.getViewport({ scale: (width * window.devicePixelRatio) / natural.width });
      if (!wanted) return;
      target.width = Math.floor(viewport.width);
      target.height = Math.floor(viewport.height);
      const task = proxy.render({ canvas: target, viewport });
      cancel = () => task.cancel();
      await task.promise;
      if (wanted) setDrawn(true);
    };
    // A page that cannot be drawn stays blank here; the large view says why.
    draw().catch(() => undefined);
    return () => {
      wanted = false;
      cancel();
    };
  }, [pdf, page, width]);
  return <canvas ref={canvas} className="thumbnail-sheet" style={{ width, height }} data-state={drawn ? 'drawn' : 'drawing'} aria-hidden="true" />;
}
