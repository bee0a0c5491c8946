import { MM_PER_POINT, type DrawnPage } from '../domain/page-drawing.ts';
import type { BindPlan } from './bind-plan.ts';
import { ContentPainter } from './drawn-content.ts';
import { drawStamps, type PageStamps } from './page-stamps.ts';
import type { PageGeometry } from './page-tree.ts';
import { formatNumber } from './serialize.ts';
import type { VolumeParts } from './volume-parts.ts';

/** Gives the page object that a link's target begins with; null where there is none. */
export type FindTarget = (target: string) => number | null;

/** Writes an authored page as object `number`. */
export function writeDrawnPage(plan: BindPlan, parts: VolumeParts, page: DrawnPage, number: number, parent: number, stamps: PageStamps, findTarget: FindTarget): void {
  const media = { x1: 0, y1: 0, x2: page.width / MM_PER_POINT, y2: page.height / MM_PER_POINT };
  const geometry: PageGeometry = { media, crop: media, rotate: 0, userUnit: 1 };
  const painter = new ContentPainter(parts.fontBook, page.height);
  painter.drawOps(page.ops);
  const drawn = drawStamps(plan, stamps, geometry, parts.fontBook, 'Cd');
  const contents = parts.writeContent(painter.text + drawn.text);
  const added = parts.stampResources(new Set([...painter.usedFonts, ...drawn.fonts]), drawn.opacity, 'Cd');
  let resources = '';
  for (const [category, entries] of added) resources += `/${category}<<${[...entries].map(([name, value]) => `/${name} ${value}`).join('')}>>`;
  const links = linkAnnotations(page, findTarget);
  parts.volume.writeObject(
    number,
    `<</Type/Page/Parent ${parent} 0 R/MediaBox[0 0 ${formatNumber(media.x2)} ${formatNumber(media.y2)}]/Resources<<${resources}>>/Contents ${contents} 0 R${links === '' ? '' : `/Annots[${links}]`}>>`,
  );
}

function linkAnnotations(page: DrawnPage, findTarget: FindTarget): string {
  let text = '';
  for (const op of page.ops) {
    if (op.op !== 'link') continue;
    const target = findTarget(op.toItem);
    if (target === null) continue;
    const rect = [op.x, page.height - op.y - op.h, op.x + op.w, page.height - op.y].map((value) => formatNumber(value / MM_PER_POINT)).join(' ');
    text += `<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[${rect}]/Dest[${target} 0 R/XYZ null null null]>>`;
  }
  return text;
}
