import { AlignmentType, LineRuleType, TextRun, type IParagraphOptions, type IParagraphStyleOptions } from 'docx';
import { cleanText } from './line-breaking.ts';
import type { StyleName } from './paper.ts';
import { styleNames, type PaperProfile } from './profile.ts';

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

/** A run of text in its paragraph's style; `onNewLine` puts a line break of the same paragraph before it. */
export const textRun = (content: string, onNewLine = false): TextRun => new TextRun({ text: content, ...(onNewLine ? { break: 1 } : {}) });

/**
 * The profile's styles as styles of the document, so that the office changes one in the word processor and all its paragraphs
 * follow: exact line pitch, indents and alignment.
 */
export const documentStyles = (profile: PaperProfile): readonly IParagraphStyleOptions[] =>
  styleNames.map((name): IParagraphStyleOptions => {
    const style = profile.styles[name];
    const em = style.size + style.spacing;
    return {
      id: name,
      name,
      quickFormat: true,
      run: runLook(profile, name),
      paragraph: {
        alignment: alignments[style.align],
        spacing: { line: twipsOfPoints(style.pitch), lineRule: LineRuleType.EXACT, before: twips(style.before), after: twips(style.after) },
        indent: {
          ...(style.indent > 0 ? { firstLine: twipsOfPoints(style.indent * em) } : {}),
          ...(style.indentRight > 0 ? { right: twipsOfPoints(style.indentRight * em) } : {}),
        },
      },
    };
  });

/** What a paragraph of a style says of itself: its alignment only where it is not the style's. */
export const paragraphLook = (profile: PaperProfile, name: StyleName, align = profile.styles[name].align): Pick<IParagraphOptions, 'style' | 'alignment'> => ({
  style: name,
  ...(align === profile.styles[name].align ? {} : { alignment: alignments[align] }),
});
