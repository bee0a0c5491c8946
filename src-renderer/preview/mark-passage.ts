import { rangeOf } from './highlights.ts';
import { joinLines, strokeUnder, strokesUnder, UNDER_TEXT_MM } from './mark-geometry.ts';
import type { Box, PagePart, Stroke } from './mark-geometry.ts';
import { POINTS_PER_MM, strokeToPage } from './pdf-page.tsx';
import type { DrawnPage } from './pdf-page.tsx';
import { findMatches } from './text-search.ts';
import type { Found } from './use-find.ts';

/** Red lines for one page, in its own user space. */
export interface PassageLines {
  readonly page: number;
  readonly lines: readonly Stroke[];
}

/** The text that is selected, if any of it lies on a page; else the match that is being looked at. */
export function linesOfPassage(pages: ReadonlyMap<number, DrawnPage>, query: string, match: Found | undefined): readonly PassageLines[] {
  const selection = window.getSelection();
  const selected = selection === null || selection.isCollapsed || selection.rangeCount === 0 ? [] : linesOfRange(pages, selection.getRangeAt(0));
  if (selected.length > 0) return selected;
  const drawn = match === undefined ? undefined : pages.get(match.page);
  const place = match === undefined || drawn === undefined ? undefined : findMatches(drawn.text.textContentItemsStr, query)[match.ordinal];
  const range = place === undefined || drawn === undefined ? null : rangeOf(drawn.text.textDivs, place);
  return range === null ? [] : linesOfRange(pages, range);
}

/** Words that recognition found on a picture: a line under each of their parts, as the page is turned on the screen. */
export const linesOfParts = ({ viewport }: DrawnPage, parts: readonly PagePart[], turn: number): readonly Stroke[] =>
  strokesUnder(parts, turn, viewport, UNDER_TEXT_MM * POINTS_PER_MM * viewport.scale).map((stroke) => strokeToPage(viewport, stroke));

function linesOfRange(pages: ReadonlyMap<number, DrawnPage>, range: Range): readonly PassageLines[] {
  return [...pages].flatMap(([page, { element, viewport }]): PassageLines[] => {
    if (!range.intersectsNode(element)) return [];
    const origin = element.getBoundingClientRect();
    const pieces = [...textPieces(element, range)].flatMap((piece) => [...piece.getClientRects()]).map(({ left, top, right, bottom }): Box => ({ left: left - origin.left, top: top - origin.top, right: right - origin.left, bottom: bottom - origin.top }));
    const gap = UNDER_TEXT_MM * POINTS_PER_MM * viewport.scale;
    const lines = joinLines(pieces).map((line) => strokeToPage(viewport, strokeUnder(line, gap)));
    return lines.length === 0 ? [] : [{ page, lines }];
  });
}

/** Each stretch of text of `element` that the range covers: boxes around whole lines are no text. */
function* textPieces(element: HTMLElement, range: Range): Generator<Range> {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text) || !range.intersectsNode(node) || node.data.trim() === '') continue;
    const piece = new Range();
    piece.setStart(node, node === range.startContainer ? range.startOffset : 0);
    piece.setEnd(node, node === range.endContainer ? range.endOffset : node.length);
    if (!piece.collapsed) yield piece;
  }
}
