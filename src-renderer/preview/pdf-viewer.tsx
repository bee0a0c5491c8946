import { useVirtualizer } from '@tanstack/react-virtual';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { Alert } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useNotify } from '../api/notify.tsx';
import { Waiting } from '../ui/page-frame.tsx';
import { urlOfPagePicture } from './evidence-url.ts';
import { linesOfParts, linesOfPassage } from './mark-passage.ts';
import type { PassageLines } from './mark-passage.ts';
import { PageFacts } from './page-facts.tsx';
import { PdfPage } from './pdf-page.tsx';
import type { DrawnPage, PageMarks } from './pdf-page.tsx';
import { Thumbnails } from './thumbnails.tsx';
import { useBoxSize } from './use-box-size.ts';
import { isBare, RecognisedText } from './recognised-text.ts';
import { findMatches } from './text-search.ts';
import { readRuns, useFind } from './use-find.ts';
import type { PageFind } from './use-find.ts';
import { useKeepPlace } from './use-keep-place.ts';
import { usePdf } from './use-pdf.ts';
import type { PageSize } from './use-pdf.ts';
import type { ProofMarks } from './use-proof-marks.ts';
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
  /** Its red lines; none where the document takes none (a paper, a bound volume). */
  readonly proof?: ProofMarks | null;
  /** The item whose file it is; null for a paper or a bound volume. */
  readonly evidence?: string | null;
  /** Hears which page is looked at. */
  readonly onPage?: (page: number) => void;
}

/** A PDF to look through: pages one below the other, zoom, rotation, find. */
export function PdfViewer({ url, at, title, query = '', proof, evidence = null, onPage }: PdfViewerProps) {
  const state = usePdf(url);
  switch (state.kind) {
    case 'reading':
      return <Waiting text="正在打开文件…" />;
    case 'trouble':
      return <Alert className="viewer-trouble" type="error" showIcon title="不能预览" description={state.text} data-testid="preview-trouble" />;
    case 'ready':
      return <Pages pdf={state.pdf} firstPage={state.firstPage} at={at} title={title} query={query} proof={proof ?? null} evidence={evidence} {...(onPage === undefined ? {} : { onPage })} />;
    default:
      return state satisfies never;
  }
}

const GAP = 14;
/** Below this many pixels the pages need the room more than their thumbnails, and the bar is short. */
const ROOM_FOR_THUMBNAILS = 720;
const THUMBNAILS_HIDDEN = 'thumbnails-hidden';
const noPages: ReadonlySet<number> = new Set();

interface PagesProps {
  readonly pdf: PDFDocumentProxy;
  readonly firstPage: PageSize;
  readonly at: number;
  readonly title: string;
  readonly query: string;
  readonly proof: ProofMarks | null;
  readonly evidence: string | null;
  readonly onPage?: (page: number) => void;
}

function Pages({ pdf, firstPage, at, title, query: given, proof, evidence, onPage }: PagesProps) {
  const viewer = useRef<HTMLDivElement>(null);
  const whole = useBoxSize(viewer);
  const box = useRef<HTMLDivElement>(null);
  const space = useBoxSize(box);
  const notify = useNotify();
  const [small, setSmall] = useState(() => localStorage.getItem(THUMBNAILS_HIDDEN) === null);
  const [drawing, setDrawing] = useState(false);
  const drawn = useRef(new Map<number, DrawnPage>());
  const onDrawn = useCallback((page: number, what: DrawnPage | null) => {
    if (what === null) drawn.current.delete(page);
    else drawn.current.set(page, what);
  }, []);
  const [zoom, setZoom] = useState<Zoom>('width');
  const [turn, setTurn] = useState(0);
  const [query, setQuery] = useState(given);
  const [sizes, setSizes] = useState<ReadonlyMap<number, PageSize>>(new Map());
  const recognised = useMemo(() => (evidence === null ? null : new RecognisedText(evidence)), [evidence]);
  const look = useCallback(
    async (on: number, words: string): Promise<PageFind> => {
      const runs = await readRuns(pdf, on);
      const own = findMatches(runs, words);
      if (own.length > 0 || recognised === null || !isBare(runs)) return { matches: own.map(() => true), unread: false };
      const { matches, waiting } = await recognised.find(on, words);
      return { matches: matches.map((parts) => parts.length > 0), unread: waiting };
    },
    [pdf, recognised],
  );
  const find = useFind(pdf.numPages, look, query);

  const sideways = turn % 180 !== 0;
  const sizeOf = useCallback(
    (page: number): PageSize => {
      const size = sizes.get(page) ?? firstPage;
      return sideways ? { width: size.height, height: size.width } : size;
    },
    [sizes, firstPage, sideways],
  );
  const sizeOfUpright = useCallback((page: number): PageSize => sizes.get(page) ?? firstPage, [sizes, firstPage]);
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
  useEffect(() => measure(), [measure, sizes]);

  const middle = (rows.scrollOffset ?? 0) + space.height / 2;
  const shown = rows.getVirtualItems().find((row) => row.end >= middle) ?? rows.getVirtualItems().at(-1);
  // Until the pages have moved to the one that was asked for, that one is told, not the first.
  const [moved, setMoved] = useState(at <= 1);
  if (!moved && (rows.scrollOffset ?? 0) > 0) setMoved(true);
  const page = moved ? (shown?.index ?? 0) + 1 : Math.min(at, pdf.numPages);
  const part = shown === undefined ? 0 : Math.min(1, Math.max(0, (middle - shown.start) / shown.size));
  useKeepPlace(rows, `${scale}:${sideways}`, { page, part, whole: zoom === 'page' }, space.height);
  const showPage = useCallback((wanted: number) => scrollToIndex(Math.min(pdf.numPages, Math.max(1, wanted)) - 1, { align: 'start' }), [pdf, scrollToIndex]);

  useEffect(() => onPage?.(page), [onPage, page]);
  const ready = space.width > 0;
  useEffect(() => {
    if (ready && at > 1) showPage(at);
  }, [ready, at, showPage]);

  const target = find.found[find.active];
  const targetPage = target?.page;
  useEffect(() => {
    if (targetPage !== undefined) scrollToIndex(targetPage - 1, { align: 'auto' });
  }, [targetPage, scrollToIndex]);

  const mayMark = proof !== null && proof.mayChange;
  const add = proof?.add;
  const remove = proof?.remove;
  const marking = useMemo<PageMarks | null>(
    () =>
      proof === null || add === undefined || remove === undefined
        ? null
        : {
            marks: proof.marks,
            drawing,
            mayChange: proof.mayChange,
            onRemove: remove,
            onDraw: (on, lines) => {
              setDrawing(false);
              add(on, lines);
            },
          },
    [proof, add, remove, drawing],
  );
  /** Lines under words that recognition found on the page that is looked at. */
  const linesOfFound = async (): Promise<readonly PassageLines[]> => {
    const sheet = target === undefined ? undefined : drawn.current.get(target.page);
    if (target === undefined || sheet === undefined || recognised === null) return [];
    const { matches } = await recognised.find(target.page, query);
    const lines = linesOfParts(sheet, matches[target.ordinal] ?? [], turn);
    return lines.length === 0 ? [] : [{ page: target.page, lines }];
  };
  /** Marks what is selected or found; where nothing is, the hand draws. */
  const mark = async (): Promise<void> => {
    if (proof === null || !proof.mayChange) return;
    if (drawing) return setDrawing(false);
    const written = linesOfPassage(drawn.current, query, target);
    const passage = written.length > 0 ? written : await linesOfFound();
    if (passage.length === 0) return setDrawing(true);
    for (const { page: on, lines } of passage) proof.add(on, lines);
    window.getSelection()?.removeAllRanges();
    notify.say('已划红线；撤销按 Ctrl+Z');
  };
  const showSmall = (shown: boolean): void => {
    if (shown) localStorage.removeItem(THUMBNAILS_HIDDEN);
    else localStorage.setItem(THUMBNAILS_HIDDEN, 'yes');
    setSmall(shown);
  };
  const markedPages = useMemo(() => (proof === null ? noPages : new Set(proof.marks.map(({ page: on }) => on))), [proof]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      showPage(page + step);
    } else if (event.key.toLowerCase() === 'm' && !event.ctrlKey && !event.altKey && !event.metaKey) void mark();
    else if (event.key === 'Escape' && drawing) setDrawing(false);
    else if (event.key === '+' || event.key === '=') setZoom(nextZoom(scale, 1));
    else if (event.key === '-') setZoom(nextZoom(scale, -1));
  };

  return (
    <div className="viewer" ref={viewer}>
      <ViewerBar
        narrow={whole.width > 0 && whole.width < ROOM_FOR_THUMBNAILS}
        marking={mayMark ? { drawing, onMark: () => void mark() } : null}
        thumbnails={{ shown: small, onShow: showSmall }}
        page={page}
        pages={pdf.numPages}
        onPage={showPage}
        zoom={zoom}
        scale={scale}
        onZoom={setZoom}
        onTurn={() => setTurn((turn + 90) % 360)}
        query={query}
        onQuery={setQuery}
        find={find}
      />
      <div className="viewer-room">
        {drawing ? <p className="viewer-hint" role="status">在页面上按住鼠标拖一条线；按 Esc 取消。也可以先选中文字再点“划红线”。</p> : null}
        {target?.placed === false ? <p className="viewer-hint viewer-hint-plain" role="status">第 {target.page} 页是扫描件，文字由识别得到，不能标出位置。</p> : null}
        {small && whole.width >= ROOM_FOR_THUMBNAILS ? <Thumbnails pdf={pdf} page={page} sizeOf={sizeOfUpright} marked={markedPages} onPage={showPage} /> : null}
        {/* The pages hold no buttons of their own: the box takes the arrow and page keys. */}
        <div ref={box} className="viewer-desk" role="document" tabIndex={0} aria-label={`${title}，共 ${pdf.numPages} 页`} onKeyDown={onKeyDown}>
          <div className="viewer-pages" style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map((row) => {
              const { width, height } = sizeOf(row.index + 1);
              return (
                <div key={row.index} className="viewer-row" style={{ transform: `translateY(${row.start}px)`, width: Math.max(space.width, Math.floor(width * scale) + 2 * GAP) }}>
                  <div className="viewer-sheet" style={{ width: Math.floor(width * scale), height: Math.floor(height * scale) }}>
                    <PdfPage pdf={pdf} page={row.index + 1} scale={scale} turn={turn} query={query} activeMatch={target?.page === row.index + 1 ? target.ordinal : null} onSize={learnSize} onDrawn={onDrawn} recognised={recognised} marking={marking} meanwhile={evidence === null || row.index > 0 ? null : urlOfPagePicture(evidence, 1)} />
                  </div>
                </div>
              );
            })}
          </div>
        </div>
      </div>
      <PageFacts pdf={pdf} page={page} evidence={evidence} />
    </div>
  );
}
