import { scanXml, XmlDamaged } from '../xml-scan.ts';

/** An element with its children; names without prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const mostElements = 2_000_000;

interface Growing extends XmlElement {
  readonly children: Growing[];
  text: string;
}

/** Root element of an XML text. Throws `XmlDamaged` and `XmlForbidden`. */
export function readXmlTree(xml: string): XmlElement {
  const open: Growing[] = [];
  let root: Growing | undefined;
  let count = 0;
  for (const part of scanXml(xml)) {
    if (part.kind === 'open') {
      count += 1;
      if (count > mostElements) throw new XmlDamaged('too many elements');
      const element: Growing = { name: part.name, attributes: part.attributes, children: [], text: '' };
      if (root === undefined) root = element;
      else open.at(-1)?.children.push(element);
      open.push(element);
    } else if (part.kind === 'close') open.pop();
    else {
      const current = open.at(-1);
      if (current !== undefined) current.text += part.text;
    }
  }
  if (root === undefined) throw new XmlDamaged('no element');
  return root;
}

export const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined => element?.children.find((child) => child.name === name);
export const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] => element?.children.filter((child) => child.name === name) ?? [];
/** An attribute, or a child's text of that name: OFD writers use either for some values. */
export const valueOf = (element: XmlElement | undefined, name: string): string | undefined => element?.attributes.get(name) ?? childOf(element, name)?.text.trim();
/** Numbers parted by white space; what is no number is left out. */
export const numbersOf = (text: string | undefined): readonly number[] => (text ?? '').trim().split(/[\s,]+/u).filter((part) => part !== '').map(Number).filter((value) => Number.isFinite(value));
