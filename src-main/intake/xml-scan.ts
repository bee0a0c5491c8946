/** Parts of an XML document in reading order. Attribute values and text have their entities resolved. */
export type XmlPart =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: ReadonlyMap<string, string>; readonly empty: boolean }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

/** The document declares types or entities of its own: office files never do, entity bombs and file thieves must. */
export class XmlForbidden extends Error {}
/** The document is not well-formed where it matters. */
export class XmlDamaged extends Error {}

const predefined: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const resolve = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/giu, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        if (name !== undefined) return predefined[name] ?? whole;
        return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
      })
    : text;

/**
 * Walks through an XML text without building a tree. Names lose their prefix (`w:p` → `p`). No document type is accepted, so
 * nothing can expand or be fetched. Throws `XmlForbidden` and `XmlDamaged`.
 */
export function* scanXml(xml: string): Generator<XmlPart> {
  let at = 0;
  let depth = 0;
  while (at < xml.length) {
    const open = xml.indexOf('<', at);
    if (open !== at) {
      const text = xml.slice(at, open === -1 ? xml.length : open);
      if (depth > 0) yield { kind: 'text', text: resolve(text) };
      if (open === -1) return;
    }
    if (xml.startsWith('<!--', open)) at = after(xml, '-->', open);
    else if (xml.startsWith('<![CDATA[', open)) {
      at = after(xml, ']]>', open);
      yield { kind: 'text', text: xml.slice(open + 9, at - 3) };
    } else if (xml.startsWith('<?', open)) at = after(xml, '?>', open);
    else if (xml.startsWith('<!', open)) throw new XmlForbidden('document type');
    else if (xml.startsWith('</', open)) {
      at = after(xml, '>', open);
      depth -= 1;
      yield { kind: 'close', name: localName(xml.slice(open + 2, at - 1).trim()) };
    } else {
      at = endOfTag(xml, open);
      const empty = xml[at - 2] === '/';
      const inner = xml.slice(open + 1, at - (empty ? 2 : 1));
      const name = /^[^\s/>]+/u.exec(inner)?.[0] ?? '';
      if (name === '') throw new XmlDamaged('tag without a name');
      if (!empty) depth += 1;
      if (depth > 1000) throw new XmlDamaged('nested too deeply');
      yield { kind: 'open', name: localName(name), attributes: readAttributes(inner.slice(name.length)), empty };
      if (empty) yield { kind: 'close', name: localName(name) };
    }
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from);
  if (at === -1) throw new XmlDamaged(`no ${mark}`);
  return at + mark.length;
}

/** Position behind the tag's `>`; one inside quotes does not count. */
function endOfTag(xml: string, from: number): number {
  let quote = '';
  for (let at = from + 1; at < xml.length; at += 1) {
    const character = xml[at];
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
  }
  throw new XmlDamaged('unfinished tag');
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const match of text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu)) attributes.set(localName(match[1] ?? ''), resolve(match[2] ?? match[3] ?? ''));
  return attributes;
}

/** Text of XML bytes: UTF-8 unless a byte order mark or the declaration says otherwise. */
export function decodeXml(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const declared = /encoding=["']([\w-]+)["']/u.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 200)))?.[1]?.toLowerCase() ?? 'utf-8';
  return new TextDecoder(/^(gb2312|gbk|gb18030)$/u.test(declared) ? 'gb18030' : 'utf-8').decode(bytes);
}
