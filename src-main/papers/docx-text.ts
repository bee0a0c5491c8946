import { AlignmentType, LineRuleType, TextRun, type IParagraphOptions } from 'docx';
import { cleanText } from './line-breaking.ts';
import type { StyleName } from './paper.ts';
import type { PaperProfile } from './profile.ts';

/** Twentieths of a point, as OOXML counts lengths. */
export const twips = (millimetres: number): number => Math.round((millimetres / 25.4) * 1440);
const twipsOfPoints = (points: number): number => Math.round(points * 20);

const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.BOTH,
} as const;

/** The lines that a text's own `\n` make; lines that only wrap are the word processor's business. */
export const lineBreaks = (content: string): readonly string[] => cleanText(content).split('\n');

/** Figures and Latin words, as official papers commonly have them; the same width in every word processor. */
export const latinFont = 'Times New Roman';

/** Font, size and spacing of a style, named as the standards have it for Chinese and Latin alike. */
export function runLook(profile: PaperProfile, name: StyleName): { readonly font: { readonly ascii: string; readonly hAnsi: string; readonly eastAsia: string; readonly cs: string }; readonly size: number; readonly characterSpacing: number } {
  const { font, size, spacing } = profile.styles[name];
  const family = profile.fontNames[font];
  return { font: { ascii: latinFont, hAnsi: latinFont, eastAsia: family, cs: latinFont }, size: size * 2, characterSpacing: twipsOfPoints(spacing) };
}

/** A run of text; `onNewLine` puts a line break of the same paragraph before it. */
export const textRun = (profile: PaperProfile, name: StyleName, content: string, onNewLine = false): TextRun =>
  new TextRun({ ...runLook(profile, name), text: content, ...(onNewLine ? { break: 1 } : {}) });

/**
 * Exact line pitch, indents and alignment of a style. The space that word processors put between Chinese and Latin is off, and so
 * is widow control: both would move lines away from the standard's 22 × 28.
 */
export function paragraphLook(profile: PaperProfile, name: StyleName, align = profile.styles[name].align): IParagraphOptions {
  const style = profile.styles[name];
  const em = style.size + style.spacing;
  return {
    alignment: alignments[align],
    spacing: { line: twipsOfPoints(style.pitch), lineRule: LineRuleType.EXACT, before: twips(style.before), after: twips(style.after) },
    indent: {
      ...(style.indent > 0 ? { firstLine: twipsOfPoints(style.indent * em) } : {}),
      ...(style.indentRight > 0 ? { right: twipsOfPoints(style.indentRight * em) } : {}),
    },
    widowControl: false,
  };
}
