import { Button } from 'antd';
import { useProofMarks } from './use-proof-marks.ts';

/** Red lines of an item by page, each with the way to it and the way to take it off. */
export function MarkList({ id, onShow }: { readonly id: string; readonly onShow: (page: number) => void }) {
  const { marks, mayChange, remove } = useProofMarks(id);
  if (marks.length === 0) return <p className="faint">还没有。选中能证明指标的文字，点“划红线”；只印在装订本上，原文件不改动。</p>;
  return (
    <ul className="mark-list" data-testid="mark-list">
      {marks.map((mark) => (
        <li key={mark.id}>
          <Button size="small" type="link" onClick={() => onShow(mark.page)}>
            第 {mark.page} 页
          </Button>
          <span className="faint">{mark.note === '' ? `${mark.lines.length} 条红线` : mark.note}</span>
          <Button size="small" type="text" disabled={!mayChange} aria-label={`去掉第 ${mark.page} 页的红线`} onClick={() => remove(mark.id)}>
            去掉
          </Button>
        </li>
      ))}
    </ul>
  );
}
