import { useEffect, useRef, useState } from 'react';
import { useRead } from '../api/queries.ts';
import { urlOfEvidence } from '../preview/evidence-url.ts';
import { openPdf } from '../preview/pdf-source.ts';

interface PagePictureProps {
  readonly id: string;
  /** From 1. */
  readonly page: number;
  /** CSS pixels. */
  readonly width: number;
}

/** What a page looks like, small: the picture itself, or the page drawn by pdf.js. Nothing where it cannot be shown. */
export function PagePicture({ id, page, width }: PagePictureProps) {
  const item = useRead('evidence.read', { id });
  const shownAs = item.data?.shownAs ?? 'none';
  if (shownAs === 'picture') return <img className="page-picture" src={urlOfEvidence(id)} alt="" style={{ maxWidth: width }} data-testid="page-picture" data-state="drawn" />;
  if (shownAs === 'pdf') return <DrawnPage key={`${id}:${page}`} url={urlOfEvidence(id)} page={page} width={width} />;
  return null;
}

function DrawnPage({ url, page, width }: { readonly url: string; readonly page: number; readonly width: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<'drawing' | 'drawn' | 'failed'>('drawing');
  useEffect(() => {
    const target = canvas.current;
    if (target === null) return undefined;
    let wanted = true;
    let close = (): void => undefined;
    const draw = async (): Promise<void> => {
      const task = await openPdf(url, () => setState('failed'));
      const destroy = (): void => void task.destroy();
      close = () => void task.promise.then(destroy, destroy);
      if (!wanted) return close();
      const pdf = await task.promise;
      const proxy = await pdf.getPage(Math.min(page, pdf.numPages));
      const viewport = proxy.getViewport({ scale: (width * window.devicePixelRatio) / proxy.getViewport({ scale: 1 }).width });
      if (!wanted) return;
      target.width = Math.floor(viewport.width);
      target.height = Math.floor(viewport.height);
      await proxy.render({ canvas: target, viewport }).promise;
      if (wanted) setState('drawn');
    };
    // A page that cannot be drawn leaves its place blank: opening it says why.
    draw().catch(() => setState('failed'));
    return () => {
      wanted = false;
      close();
    };
  }, [url, page, width]);
  return state === 'failed' ? null : <canvas ref={canvas} className="page-picture" style={{ width }} data-testid="page-picture" data-state={state} aria-hidden="true" />;
}
