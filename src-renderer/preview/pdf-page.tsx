import { TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PageViewport, PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef, useState } from 'react';
import type { ProofMarkView } from '../../src-main/contract/index.ts';
import { markMatches } from './highlights.ts';
import { mapStroke, STROKE_MM } from './mark-geometry.ts';
import type { PagePart, Stroke } from './mark-geometry.ts';
import { MarkLayer } from './mark-layer.tsx';
import { FoundParts } from './found-parts.tsx';
import { isBare } from './recognised-text.ts';
import type { RecognisedText } from './recognised-text.ts';
import { findMatches } from './text-search.ts';
import type { PageSize } from './use-pdf.ts';

/** A canvas above this many pixels costs more than it shows. */
const MOST_PIXELS = 16_000_000;
export const POINTS_PER_MM = 72 / 25.4;

/** A page that is drawn: what is needed to find the place of a passage on it. */
export interface DrawnPage {
  readonly element: HTMLElement;
  readonly viewport: PageViewport;
  readonly text: TextLayer;
}

/** The two point by point translations of pdf.js, which answers plain arrays. */
const toPage = (viewport: PageViewport, x: number, y: number): readonly [number, number] => {
  const [pageX = 0, pageY = 0] = viewport.convertToPdfPoint(x, y);
  return [Number(pageX), Number(pageY)];
};
const toScreen = (viewport: PageViewport, x: number, y: number): readonly [number, number] => {
  const [screenX = 0, screenY = 0] = viewport.convertToViewportPoint(x, y);
  return [Number(screenX), Number(screenY)];
};

/** A stroke on the shown page in the page's own user space, whatever its rotation and crop. */
export const strokeToPage = (viewport: PageViewport, stroke: Stroke): Stroke => mapStroke(stroke, (x, y) => toPage(viewport, x, y));

export interface PageMarks {
  readonly marks: readonly ProofMarkView[];
  readonly drawing: boolean;
  readonly mayChange: boolean;
  readonly onDraw: (page: number, lines: readonly Stroke[]) => void;
  readonly onRemove: (id: string) => void;
}

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
  /** Hears of a page that is drawn, and with null of one that is gone. */
  readonly onDrawn: (page: number, drawn: DrawnPage | null) => void;
  /** What recognition read of the item's scans; null where the document is no item. */
  readonly recognised: RecognisedText | null;
  /** Red lines over the page; null where the document takes none. */
  readonly marking: PageMarks | null;
  /** Address of a small picture of the page, seen until it is drawn; null where there is none. */
  readonly meanwhile: string | null;
}

interface ReadFind {
  readonly query: string;
  readonly matches: readonly (readonly PagePart[])[];
}

/** One page, drawn sharp for the screen, with its text above it for selecting and finding, and the red lines above that. */
export function PdfPage({ pdf, page, scale, turn, query, activeMatch, onSize, onDrawn, recognised, marking, meanwhile }: PdfPageProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const [layer, setLayer] = useState<TextLayer | null>(null);
  const [viewport, setViewport] = useState<PageViewport | null>(null);
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
      const view = proxy.getViewport({ scale, rotation });
      const density = Math.min(window.devicePixelRatio, Math.sqrt(MOST_PIXELS / (view.width * view.height)));
      const canvas = document.createElement('canvas');
      canvas.width = Math.floor(view.width * density);
      canvas.height = Math.floor(view.height * density);
      const task = proxy.render({ canvas, viewport: view, transform: [density, 0, 0, density, 0, 0] });
      cancel = () => task.cancel();
      await task.promise;
      const text = document.createElement('div');
      text.className = 'textLayer';
      const textLayer = new TextLayer({ textContentSource: await proxy.getTextContent(), container: text, viewport: view });
      await textLayer.render();
      if (!wanted) return;
      box.replaceChildren(canvas, text);
      setLayer(textLayer);
      setViewport(view);
      setState('drawn');
      onDrawn(page, { element: box, viewport: view, text: textLayer });
    };
    draw().catch((error: unknown) => {
      if (wanted && !(error instanceof Error && error.name === 'RenderingCancelledException')) setState('failed');
    });
    return () => {
      wanted = false;
      cancel();
      onDrawn(page, null);
    };
  }, [pdf, page, scale, turn, onSize, onDrawn]);

  useEffect(() => {
    if (layer === null) return undefined;
    const matches = findMatches(layer.textContentItemsStr, query);
    return markMatches(layer.textDivs, matches, activeMatch);
  }, [layer, query, activeMatch]);

  const [read, setRead] = useState<ReadFind>({ query: '', matches: [] });
  useEffect(() => {
    if (recognised === null || layer === null || query.trim() === '' || !isBare(layer.textContentItemsStr) || findMatches(layer.textContentItemsStr, query).length > 0) return undefined;
    let wanted = true;
    void recognised.find(page, query).then(({ matches }) => (wanted ? setRead({ query, matches }) : undefined));
    return () => {
      wanted = false;
    };
  }, [recognised, layer, page, query]);

  return (
    <div className="pdf-page" style={{ '--total-scale-factor': scale, '--scale-round-x': '1px', '--scale-round-y': '1px', ...(state !== 'drawing' || meanwhile === null || turn !== 0 ? {} : { backgroundImage: `url("${meanwhile}")` }) }} data-testid="preview-page" data-page={page} data-state={state}>
      <div ref={sheet} className="pdf-sheet" />
      {state === 'drawn' && read.query === query && read.matches.length > 0 ? <FoundParts matches={read.matches} active={activeMatch} turn={turn} /> : null}
      {marking === null || viewport === null ? null : (
        <MarkLayer
          page={page}
          thickness={STROKE_MM * POINTS_PER_MM * scale}
          drawing={marking.drawing}
          mayChange={marking.mayChange}
          marks={marking.marks.filter((mark) => mark.page === page).map(({ id, note, lines }) => ({ id, note, strokes: lines.map((line) => mapStroke(line, (x, y) => toScreen(viewport, x, y))) }))}
          onDraw={(stroke) => marking.onDraw(page, [strokeToPage(viewport, stroke)])}
          onRemove={marking.onRemove}
        />
      )}
      {state === 'failed' ? <p className="pdf-page-trouble">第 {page} 页画不出来，可能已损坏。</p> : null}
    </div>
  );
}
