import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useState } from 'react';
import { useRead } from '../api/queries.ts';
import { countCharacters } from '../ui/words.ts';
import { readRuns } from './use-find.ts';

interface Facts {
  readonly pdf: PDFDocumentProxy;
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly rotate: number;
  readonly characters: number;
  /** What is printed on it as its number, where the file says so and it is not its place in the file. */
  readonly label: string;
}

/** What the page looked at is: its paper, how it lies, and whether it holds text or is a mere picture of it. */
export function PageFacts({ pdf, page, evidence }: { readonly pdf: PDFDocumentProxy; readonly page: number; /** The item whose file it is, of which more is known than the file says. */ readonly evidence: string | null }) {
  const [facts, setFacts] = useState<Facts | null>(null);
  useEffect(() => {
    let wanted = true;
    const read = async (): Promise<void> => {
      const proxy = await pdf.getPage(page);
      const { width, height } = proxy.getViewport({ scale: 25.4 / 72 });
      const characters = countCharacters((await readRuns(pdf, page)).join(''));
      const label = (await pdf.getPageLabels())?.[page - 1] ?? '';
      if (wanted) setFacts({ pdf, page, label: label === String(page) ? '' : label, width: Math.round(width), height: Math.round(height), rotate: proxy.rotate, characters });
    };
    // A page that cannot be read says so where it should be drawn.
    read().catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [pdf, page]);
  const looked = useRead('evidence.pageText', { id: evidence ?? '', page }, { enabled: evidence !== null && facts?.characters === 0 });
  const known = facts !== null && facts.pdf === pdf && facts.page === page ? facts : null;
  return (
    <p className="viewer-facts figures" data-testid="page-facts">
      {known === null ? '' : [`第 ${page} 页`, nameLabel(known.label), namePaper(known.width, known.height), known.rotate === 0 ? '' : `文件内旋转 ${known.rotate}°`, nameText(known.characters, looked.data)].filter((part) => part !== '').join(' · ')}
    </p>
  );
}

/** `页号 6` for what is stamped, the name of a page that bears no number as it is. */
export const nameLabel = (label: string): string => (/^\d/u.test(label) ? `页号 ${label}` : label);

/** Where the page's text comes from, if it has any. */
export function nameText(characters: number, looked: { readonly recognised: boolean; readonly waiting: boolean; readonly text: string } | undefined): string {
  if (characters > 0) return `有文字 ${characters} 字`;
  if (looked?.waiting === true) return '扫描页，正在识别文字';
  const read = looked?.recognised === true ? countCharacters(looked.text) : 0;
  return read > 0 ? `扫描页，文字由识别得到（${read} 字）` : '没有文字层（扫描页或图片）';
}

const papers: readonly { readonly name: string; readonly short: number; readonly long: number }[] = [
  { name: 'A3', short: 297, long: 420 },
  { name: 'A4', short: 210, long: 297 },
  { name: 'A5', short: 148, long: 210 },
  { name: 'B5', short: 176, long: 250 },
];

/** `A4 纵向`, or the millimetres of a page of no usual paper. */
export function namePaper(width: number, height: number): string {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const paper = papers.find((candidate) => Math.abs(candidate.short - short) <= 3 && Math.abs(candidate.long - long) <= 3);
  const lies = width > height ? '横向' : '纵向';
  return paper === undefined ? `${width}×${height} 毫米` : `${paper.name} ${lies}`;
}
