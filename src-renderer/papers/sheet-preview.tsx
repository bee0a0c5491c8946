import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { Miniature } from '../preview/miniature.tsx';
import { namePaper } from '../preview/page-facts.tsx';
import { usePdf } from '../preview/use-pdf.ts';
import { Waiting } from '../ui/page-frame.tsx';
import { urlOfPaper } from './use-made-paper.ts';

/** Pixels: large enough to read a title, and small enough for the box's buttons to be in sight on a screen of 768 lines, at 150 % as well. */
const roomNow = (): { readonly width: number; readonly height: number } => ({ width: 340, height: Math.max(180, Math.min(430, window.innerHeight - 290)) });
const MM_PER_POINT = 25.4 / 72;

/** What will come out of the printer, page by page, and the paper it takes. */
export function SheetPreview({ id, name, pages }: { readonly id: string; readonly name: string; readonly pages: number }) {
  const state = usePdf(urlOfPaper(id));
  const [page, setPage] = useState(1);
  if (state.kind === 'reading') return <div className="sheet-preview"><Waiting text="正在生成样张…" /></div>;
  if (state.kind === 'trouble') return <p className="sheet-preview faint">{state.text}</p>;
  const { width, height } = state.firstPage;
  const paper = namePaper(Math.round(width * MM_PER_POINT), Math.round(height * MM_PER_POINT));
  const room = roomNow();
  const scale = Math.min(room.width / width, room.height / height);
  return (
    <figure className="sheet-preview" data-testid="sheet-preview">
      <Miniature key={page} pdf={state.pdf} page={page} width={Math.round(width * scale)} height={Math.round(height * scale)} />
      <figcaption className="figures">
        {pages === 1 ? null : (
          <Space size={4}>
            <Button size="small" type="text" icon={<LeftOutlined />} aria-label="上一页" disabled={page <= 1} onClick={() => setPage(page - 1)} />
            第 {page} 页
            <Button size="small" type="text" icon={<RightOutlined />} aria-label="下一页" disabled={page >= pages} onClick={() => setPage(page + 1)} />
          </Space>
        )}
        <span className="visually-hidden">{name}的样张</span>
        {paper.startsWith('A4') ? <span className="faint">{paper}</span> : <strong data-testid="sheet-paper">用 {paper} 纸</strong>}
      </figcaption>
    </figure>
  );
}
