import { childOf, childrenOf, type XmlElement } from '../ofd/xml-tree.ts';
import { plainParagraph, type FlowParagraph, type FlowRun } from './flow-model.ts';

export type RunLook = Omit<FlowRun, 'kind' | 'text'>;
export type ParagraphLook = Omit<FlowParagraph, 'kind' | 'pieces'>;

/** Measures in OOXML are twentieths of a point, font sizes half points. */
export const points = (twentieths: string | undefined): number | undefined => {
  const value = Number(twentieths);
  return twentieths === undefined || !Number.isFinite(value) ? undefined : value / 20;
};
export const valOf = (element: XmlElement | undefined, name: string): string | undefined => childOf(element, name)?.attributes.get('val');
/** A switch that stands without a value is on. */
const isOn = (element: XmlElement | undefined, name: string): boolean | undefined => {
  const child = childOf(element, name);
  return child === undefined ? undefined : !['0', 'false', 'off', 'none'].includes(child.attributes.get('val') ?? '1');
};

interface Style {
  readonly paragraph: XmlElement | undefined;
  readonly run: XmlElement | undefined;
  readonly basedOn: string;
}

/** Named styles of a DOCX with what they are based on. */
export class DocxStyles {
  readonly #styles = new Map<string, Style>();
  readonly #plainRun: RunLook;
  readonly #plainParagraph: ParagraphLook;
  readonly #usual: string;

  constructor(root: XmlElement | undefined) {
    let usual = '';
    for (const style of childrenOf(root, 'style')) {
      const id = style.attributes.get('styleId') ?? '';
      this.#styles.set(id, { paragraph: childOf(style, 'pPr'), run: childOf(style, 'rPr'), basedOn: valOf(style, 'basedOn') ?? '' });
      if (style.attributes.get('type') === 'paragraph' && style.attributes.get('default') === '1') usual = id;
    }
    this.#usual = usual;
    const defaults = childOf(root, 'docDefaults');
    this.#plainRun = applyRun({ font: '宋体', size: 10.5, bold: false, underline: false, colour: '#000000' }, childOf(childOf(defaults, 'rPrDefault'), 'rPr'));
    const { kind: _kind, pieces: _pieces, ...paragraph } = plainParagraph;
    this.#plainParagraph = applyParagraph({ ...paragraph, line: { rule: 'times', value: 1 } }, childOf(childOf(defaults, 'pPrDefault'), 'pPr'), 10.5);
  }

  /** Looks of a paragraph and of its runs, from defaults through styles to what stands at the paragraph itself. */
  look(properties: XmlElement | undefined): { readonly paragraph: ParagraphLook; readonly run: RunLook } {
    const chain = this.#chain(valOf(properties, 'pStyle') ?? this.#usual);
    const run = chain.reduce((look, style) => applyRun(look, style.run), this.#plainRun);
    const paragraph = [...chain.map((style) => style.paragraph), properties].reduce((look, element) => applyParagraph(look, element, run.size), this.#plainParagraph);
    return { paragraph, run };
  }

  run(base: RunLook, properties: XmlElement | undefined): RunLook {
    const styled = this.#chain(valOf(properties, 'rStyle') ?? '').reduce((look, style) => applyRun(look, style.run), base);
    return applyRun(styled, properties);
  }

  /** The style and its ancestors, the eldest first. */
  #chain(id: string): readonly Style[] {
    const chain: Style[] = [];
    for (let style = this.#styles.get(id); style !== undefined && chain.length < 20; style = this.#styles.get(style.basedOn)) chain.unshift(style);
    return chain;
  }
}

function applyRun(look: RunLook, properties: XmlElement | undefined): RunLook {
  if (properties === undefined) return look;
  const fonts = childOf(properties, 'rFonts')?.attributes;
  const size = Number(valOf(properties, 'sz') ?? Number.NaN) / 2;
  const colour = valOf(properties, 'color') ?? '';
  return {
    font: fonts?.get('eastAsia') ?? fonts?.get('ascii') ?? look.font,
    size: size >= 1 && size <= 200 ? size : look.size,
    bold: isOn(properties, 'b') ?? look.bold,
    underline: isOn(properties, 'u') ?? look.underline,
    colour: /^[0-9a-f]{6}$/iu.test(colour) ? `#${colour}` : colour === 'auto' ? '#000000' : look.colour,
  };
}

const aligns: Readonly<Record<string, FlowParagraph['align']>> = { left: 'left', start: 'left', center: 'center', right: 'right', end: 'right', both: 'both', distribute: 'both' };

function applyParagraph(look: ParagraphLook, properties: XmlElement | undefined, size: number): ParagraphLook {
  if (properties === undefined) return look;
  const indent = childOf(properties, 'ind')?.attributes;
  const spacing = childOf(properties, 'spacing')?.attributes;
  // Indents may be given in hundredths of a character, which then count before points.
  const chars = (name: string): number | undefined => {
    const value = Number(indent?.get(name) ?? Number.NaN);
    return Number.isFinite(value) && value !== 0 ? (value / 100) * size : undefined;
  };
  const first = chars('firstLineChars') ?? points(indent?.get('firstLine')) ?? negative(chars('hangingChars') ?? points(indent?.get('hanging')));
  const line = Number(spacing?.get('line') ?? Number.NaN);
  const rule = spacing?.get('lineRule') ?? 'auto';
  return {
    align: aligns[valOf(properties, 'jc') ?? ''] ?? look.align,
    left: chars('leftChars') ?? points(indent?.get('left') ?? indent?.get('start')) ?? look.left,
    right: chars('rightChars') ?? points(indent?.get('right') ?? indent?.get('end')) ?? look.right,
    first: first ?? look.first,
    before: points(spacing?.get('before')) ?? look.before,
    after: points(spacing?.get('after')) ?? look.after,
    line: Number.isFinite(line) && line > 0 ? (rule === 'auto' ? { rule: 'times', value: line / 240 } : { rule: rule === 'exact' ? 'exactly' : 'least', value: line / 20 }) : look.line,
    breakBefore: isOn(properties, 'pageBreakBefore') ?? look.breakBefore,
  };
}

const negative = (value: number | undefined): number | undefined => (value === undefined ? undefined : -value);
