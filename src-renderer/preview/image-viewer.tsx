import { ColumnWidthOutlined, RotateRightOutlined, UnderlineOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons';
import { Alert, Button, Space } from 'antd';
import { useCallback, useMemo, useRef, useState } from 'react';
import { FindField } from './find-field.tsx';
import { FoundParts } from './found-parts.tsx';
import { mapStroke, STROKE_MM, strokesUnder, turnPoint, UNDER_TEXT_MM } from './mark-geometry.ts';
import type { PagePart, Stroke } from './mark-geometry.ts';
import { MarkLayer } from './mark-layer.tsx';
import { RecognisedText } from './recognised-text.ts';
import { useBoxSize } from './use-box-size.ts';
import { useFind } from './use-find.ts';
import type { PageFind } from './use-find.ts';
import type { ProofMarks } from './use-proof-marks.ts';

interface Natural {
  readonly width: number;
  readonly height: number;
}

/** Width of a picture on an upright A4 sheet with the binder's margins. */
const PAPER_WIDTH_MM = 170;

interface ImageViewerProps {
  /** The item whose file it is. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** Words to mark at once (arrived from a search). */
  readonly query: string;
  readonly proof: ProofMarks;
}

/** A picture to look at, as wide as the desk or in steps; rotation changes the view, never the file. */
export function ImageViewer({ id, url, title, query: given, proof }: ImageViewerProps) {
  const [query, setQuery] = useState(given);
  const recognised = useMemo(() => new RecognisedText(id), [id]);
  const [read, setRead] = useState<readonly (readonly PagePart[])[]>([]);
  const look = useCallback(
    async (page: number, words: string): Promise<PageFind> => {
      const { matches, waiting } = await recognised.find(page, words);
      setRead(matches);
      return { matches: matches.map((parts) => parts.length > 0), unread: waiting };
    },
    [recognised],
  );
  const find = useFind(1, look, query);
  const [drawing, setDrawing] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const space = useBoxSize(box);
  const [natural, setNatural] = useState<Natural | null>(null);
  const [failed, setFailed] = useState(false);
  const [factor, setFactor] = useState<number | 'fit'>('fit');
  const [turn, setTurn] = useState(0);
  const sideways = turn % 180 !== 0;
  const size = natural === null ? null : sideways ? { width: natural.height, height: natural.width } : natural;
  const fit = size === null ? 1 : Math.min(1, (space.width - 28) / size.width, (space.height - 28) / size.height);
  const scale = factor === 'fit' ? Math.max(0.01, fit) : factor;
  // On paper the picture is about as wide as the text.
  const millimetre = size === null ? 1 : (size.width * scale) / PAPER_WIDTH_MM;
  const add = (strokes: readonly Stroke[]): void => {
    if (size === null) return;
    setDrawing(false);
    proof.add(1, strokes.map((stroke) => mapStroke(stroke, (x, y) => turnPoint([x / (size.width * scale), y / (size.height * scale)], (360 - turn) % 360))));
  };
  /** Marks the words that were found; where none were, the hand draws. */
  const mark = (): void => {
    const found = drawing ? undefined : find.found[find.active];
    const parts = found === undefined || size === null ? [] : read[found.ordinal] ?? [];
    if (size === null || parts.length === 0) setDrawing(!drawing);
    else add(strokesUnder(parts, turn, { width: size.width * scale, height: size.height * scale }, UNDER_TEXT_MM * millimetre));
  };
  if (failed) return <Alert className="viewer-trouble" type="error" showIcon title="不能预览" description="这张图片读不出来，可能已损坏。请向提供单位索取完整文件后重新导入。" data-testid="preview-trouble" />;
  return (
    <div className="viewer">
      <div className="viewer-bar" role="toolbar" aria-label="预览工具">
        <Space.Compact size="small">
          <Button icon={<ZoomOutOutlined />} aria-label="缩小" onClick={() => setFactor(Math.max(0.05, scale / 1.25))} data-testid="preview-zoom-out" />
          <Button className="figures viewer-percent" title="恢复为实际大小" onClick={() => setFactor(1)}>
            {Math.round(scale * 100)}%
          </Button>
          <Button icon={<ZoomInOutlined />} aria-label="放大" onClick={() => setFactor(Math.min(8, scale * 1.25))} data-testid="preview-zoom-in" />
        </Space.Compact>
        <Space.Compact size="small">
          <Button icon={<ColumnWidthOutlined />} aria-label="整张" title="整张" aria-pressed={factor === 'fit'} type={factor === 'fit' ? 'primary' : 'default'} onClick={() => setFactor('fit')} />
          <Button icon={<RotateRightOutlined />} aria-label="旋转显示" title="旋转显示（不改变文件）" onClick={() => setTurn((turn + 90) % 360)} data-testid="preview-rotate" />
        </Space.Compact>
        {proof.mayChange ? (
          <Button size="small" icon={<UnderlineOutlined />} type={drawing ? 'primary' : 'default'} aria-pressed={drawing} title="印证标识：找到的文字下面划线，或在图上拖一条线。只印在装订本上，不改动原文件。" onClick={mark} data-testid="preview-mark">
            划红线
          </Button>
        ) : null}
        {natural === null ? null : (
          <span className="figures faint">
            {natural.width} × {natural.height} 像素
          </span>
        )}
        <FindField query={query} onQuery={setQuery} find={find} />
      </div>
      <div ref={box} className="viewer-desk viewer-desk-image" role="document" tabIndex={0} aria-label={title}>
        <div className="viewer-image" style={size === null ? { visibility: 'hidden' } : { width: size.width * scale, height: size.height * scale }}>
          <img
            src={url}
            alt={title}
            data-testid="preview-image"
            onLoad={(event) => setNatural({ width: event.currentTarget.naturalWidth, height: event.currentTarget.naturalHeight })}
            onError={() => setFailed(true)}
            style={natural === null ? {} : { width: natural.width * scale, height: natural.height * scale, transform: `translate(-50%, -50%) rotate(${turn}deg)` }}
          />
          {size === null || find.found.length === 0 ? null : <FoundParts matches={read} active={find.active} turn={turn} />}
          {size === null ? null : (
            <MarkLayer
              page={1}
              thickness={Math.max(1, STROKE_MM * millimetre)}
              drawing={drawing}
              mayChange={proof.mayChange}
              marks={proof.marks.map(({ id, note, lines }) => ({
                id,
                note,
                strokes: lines.map((line) =>
                  mapStroke(line, (u, v) => {
                    const [x, y] = turnPoint([u, v], turn);
                    return [x * size.width * scale, y * size.height * scale];
                  }),
                ),
              }))}
              onDraw={(stroke) => add([stroke])}
              onRemove={proof.remove}
            />
          )}
        </div>
      </div>
    </div>
  );
}
