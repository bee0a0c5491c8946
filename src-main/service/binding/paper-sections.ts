import type { DrawnSection } from '../../binder/index.ts';
import type { DrawnPage, DrawOp, MeasureText } from '../../domain/page-drawing.ts';
import type { Steps } from '../../domain/steps.ts';
import { layoutPaperSteps } from '../../papers/index.ts';
import type { ContentsEntry, Paper, PaperProfile } from '../../papers/index.ts';

/**
 * A paper's pages as a file of its own: one section, or where it has a contents list one for each page on which a listed heading stands,
 * so that the list links to them, the outline names them, and a reader shows the numbers that are printed. Rows that name items lose
 * their links: the items lie in other files.
 */
export function* drawPaper(paper: Paper, profile: PaperProfile, measure: MeasureText, key: string, title: string): Steps<readonly DrawnSection[]> {
  const { pages, anchors } = yield* layoutPaperSteps(paper, profile, measure);
  const entries = paper.sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'contents' ? block.entries : [])));
  const chapters = groupByPage(entries, (anchor) => anchors.get(anchor)?.page);
  const [first] = chapters;
  if (first === undefined) return [{ kind: 'drawn', key, title, labelPrefix: '', pages: pages.map((page) => keepLinks(page, () => undefined)) }];
  const keys = new Map(chapters.map(({ page }) => [String(page + 1), `${key}-${page + 1}`]));
  const part = (from: number, to: number | undefined): readonly DrawnPage[] => pages.slice(from, to).map((page) => keepLinks(page, (link) => keys.get(link)));
  return [
    ...(first.page === 0 ? [] : [{ kind: 'drawn' as const, key, title, labelPrefix: '封', pages: part(0, first.page) }]),
    ...chapters.map(({ page, path, name, anchor }, index): DrawnSection => ({
      kind: 'drawn', key: `${key}-${page + 1}`, title: name, outlinePath: path, labelPrefix: '', labelFrom: anchors.get(anchor)?.number ?? 1, pages: part(page, chapters[index + 1]?.page),
    })),
  ];
}

interface Chapter {
  /** Index of its first page. */
  readonly page: number;
  readonly anchor: string;
  readonly name: string;
  /** Headings above it, the highest first. */
  readonly path: readonly string[];
}

/** The last heading of each page that has any, with those above it. */
function groupByPage(entries: readonly ContentsEntry[], pageOf: (anchor: string) => number | undefined): readonly Chapter[] {
  const chapters = new Map<number, Chapter>();
  const above: string[] = [];
  for (const { anchor, text, level } of entries) {
    const page = pageOf(anchor);
    const name = text.replaceAll('\n', ' ');
    above.length = Math.min(above.length, level - 1);
    if (page !== undefined) chapters.set(page, { page, anchor, name, path: [...above] });
    above.push(name);
  }
  return [...chapters.values()];
}

const keepLinks = (page: DrawnPage, keyOf: (link: string) => string | undefined): DrawnPage => ({
  ...page,
  ops: page.ops.flatMap((op): readonly DrawOp[] => {
    if (op.op !== 'link') return [op];
    const toItem = keyOf(op.toItem);
    return toItem === undefined ? [] : [{ ...op, toItem }];
  }),
});
