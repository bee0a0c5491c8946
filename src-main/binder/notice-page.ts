import { A4, type DrawnPage } from '../domain/page-drawing.ts';
import type { BindError } from './bind-error.ts';
import type { SourceItem } from './bind-plan.ts';

/** The page that stands for a source which could not be bound, where the caller brings no page of its own. */
export function noticePage(item: SourceItem, error: BindError): DrawnPage {
  const name = item.path.split(/[\\/]/).pop() ?? item.path;
  const lines = ['此处材料未能装订', `题名：${item.title}`, `文件：${name}`, `原因：${error.code}`];
  return {
    width: A4.width,
    height: A4.height,
    ops: [
      { op: 'rect', x: 25, y: 70, w: 160, h: 60, stroke: [0.6, 0, 0], strokeWidth: 0.5 },
      ...lines.map((text, i) => ({ op: 'text' as const, x: 32, y: 84 + i * 12, text: text.slice(0, 60), font: i === 0 ? ('hei' as const) : ('song' as const), size: i === 0 ? 18 : 12 })),
    ],
  };
}
