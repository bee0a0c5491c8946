import { ColumnWidthOutlined, DownOutlined, EllipsisOutlined, FileOutlined, PicLeftOutlined, UnderlineOutlined, RotateRightOutlined, UpOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons';
import { Button, Dropdown, InputNumber, Space } from 'antd';
import { FindField } from './find-field.tsx';
import type { Find } from './use-find.ts';
import { NATURAL, nextZoom } from './zoom.ts';
import type { Zoom } from './zoom.ts';

interface ViewerBarProps {
  /** Where room is scarce, the tools used less stand under 更多. */
  readonly narrow: boolean;
  /** Null where no red line can be drawn. */
  readonly marking: { readonly drawing: boolean; readonly onMark: () => void } | null;
  readonly thumbnails: { readonly shown: boolean; readonly onShow: (shown: boolean) => void };
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
  readonly zoom: Zoom;
  readonly scale: number;
  readonly onZoom: (zoom: Zoom) => void;
  readonly onTurn: () => void;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly find: Find;
}

/** Page, zoom, rotation and find of the viewer. Ctrl+F goes to the find field. */
export function ViewerBar({ narrow, marking, thumbnails, page, pages, onPage, zoom, scale, onZoom, onTurn, query, onQuery, find }: ViewerBarProps) {
  return (
    <div className={`viewer-bar${narrow ? ' viewer-bar-narrow' : ''}`} role="toolbar" aria-label="预览工具">
      {narrow ? null : <Button size="small" icon={<PicLeftOutlined />} aria-label="页面缩略图" title="页面缩略图" aria-pressed={thumbnails.shown} onClick={() => thumbnails.onShow(!thumbnails.shown)} data-testid="preview-thumbnails" />}
      <Space.Compact size="small">
        <Button icon={<UpOutlined />} aria-label="上一页" disabled={page <= 1} onClick={() => onPage(page - 1)} data-testid="preview-previous" />
        <InputNumber className="viewer-page" controls={false} min={1} max={pages} value={page} aria-label="页码" onChange={(value) => (value === null ? undefined : onPage(value))} data-testid="preview-page-number" />
        <Button icon={<DownOutlined />} aria-label="下一页" disabled={page >= pages} onClick={() => onPage(page + 1)} data-testid="preview-next" />
      </Space.Compact>
      <span className="figures faint viewer-pages-count">{narrow ? `/ ${pages}` : `共 ${pages} 页`}</span>
      <Space.Compact size="small">
        <Button icon={<ZoomOutOutlined />} aria-label="缩小" onClick={() => onZoom(nextZoom(scale, -1))} data-testid="preview-zoom-out" />
        {narrow ? null : (
          <Button className="figures viewer-percent" title="恢复为实际大小" onClick={() => onZoom(1)}>
            {Math.round((scale / NATURAL) * 100)}%
          </Button>
        )}
        <Button icon={<ZoomInOutlined />} aria-label="放大" onClick={() => onZoom(nextZoom(scale, 1))} data-testid="preview-zoom-in" />
      </Space.Compact>
      {narrow ? null : (
        <Space.Compact size="small">
          <Button icon={<ColumnWidthOutlined />} aria-label="适合宽度" title="适合宽度" aria-pressed={zoom === 'width'} type={zoom === 'width' ? 'primary' : 'default'} onClick={() => onZoom('width')} />
          <Button icon={<FileOutlined />} aria-label="整页" title="整页" aria-pressed={zoom === 'page'} type={zoom === 'page' ? 'primary' : 'default'} onClick={() => onZoom('page')} />
          <Button icon={<RotateRightOutlined />} aria-label="旋转显示" title="旋转显示（不改变文件）" onClick={onTurn} data-testid="preview-rotate" />
        </Space.Compact>
      )}
      {marking === null ? null : (
        <Button
          size="small"
          icon={<UnderlineOutlined />}
          type={marking.drawing ? 'primary' : 'default'}
          aria-pressed={marking.drawing}
          aria-label="划红线"
          title="印证标识：先选中证明文字再点（或按 M）；没有选中时，在页面上拖一条线。只印在装订本上，不改动原文件。"
          // The selection must outlive the click.
          onMouseDown={(event) => event.preventDefault()}
          onClick={marking.onMark}
          data-testid="preview-mark"
        >
          {narrow ? '' : '划红线'}
        </Button>
      )}
      {narrow ? (
        <Dropdown
          trigger={['click']}
          menu={{
            selectable: true,
            selectedKeys: typeof zoom === 'string' ? [zoom] : [],
            items: [
              { key: 'width', label: '适合宽度', icon: <ColumnWidthOutlined />, onClick: () => onZoom('width') },
              { key: 'page', label: '整页', icon: <FileOutlined />, onClick: () => onZoom('page') },
              { key: 'natural', label: `实际大小（现在 ${Math.round((scale / NATURAL) * 100)}%）`, onClick: () => onZoom(1) },
              { key: 'turn', label: '旋转显示（不改变文件）', icon: <RotateRightOutlined />, onClick: onTurn },
            ],
          }}
        >
          <Button size="small" icon={<EllipsisOutlined />} aria-label="更多" title="更多：适合宽度、整页、旋转" data-testid="preview-more" />
        </Dropdown>
      ) : null}
      <FindField query={query} onQuery={onQuery} find={find} />
    </div>
  );
}
